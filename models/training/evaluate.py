"""Measures a trained network and writes the model: ONNX file, manifest, model card."""
import numpy as np
import yaml

import card
import crops
import data
import export
import metrics
from learn import TrainingConfig, predict
from network import build, multiply_adds, parameter_count
from tasks import to_input


def release(config, options, task, folder):
    """Exports the best epoch of the run in `folder` and reports on it into options.out."""
    network, state = export.load(build(config, task.labels), folder)
    options.out.mkdir(parents=True, exist_ok=True)
    name = config["name"]
    onnx = options.out / f"{name}.onnx"
    sha256 = export.export_onnx(network, config["size"], onnx)

    chosen = choose(network, task, config["unknown_risk"])
    explanation = options.out / f"{name}_explained.onnx"
    explanation_sha256 = export.export_explanation(network, config["size"], chosen["temperature"], explanation)
    tests = {} if options.selection_only else TESTS[config["attribute"]](network, config, options, chosen["temperature"])
    report = {
        "name": name, "config": config, "labels": task.labels, "sha256": sha256,
        "explanation_sha256": explanation_sha256, "epoch": state["epoch"],
        "epochs": TrainingConfig.from_dict(config["training"]).epochs,
        "bytes": onnx.stat().st_size, "parameters": parameter_count(network),
        "multiply_adds": multiply_adds(network, config["size"]), "training_faces": len(task.patches),
        "chosen": chosen, "tests": tests,
    }
    (options.out / f"{name}.yaml").write_text(manifest(report))
    (options.out / f"{name}.md").write_text(card.write(report))
    if options.recorded:
        export.record(network, config["size"], name, task.labels, sha256, chosen["temperature"],
                      options.recorded / f"{name}.json")
    print(f"{onnx}: {report['parameters']} parameters, epoch {state['epoch']}, selection {state['score']:.4f}")


def logits_of(network, faces):
    return predict(network, faces).double().numpy()


def choose(network, task, risk):
    """Temperature and threshold, chosen on all selection faces together, with what they do there."""
    sets = {name: (logits_of(network, faces), labels.numpy()) for name, (faces, labels) in task.selection.items()}
    logits = np.concatenate([part for part, _ in sets.values()])
    labels = np.concatenate([part for _, part in sets.values()])
    temperature = metrics.fit_temperature(logits, labels)
    probabilities = metrics.softmax(logits, temperature)
    threshold = metrics.choose_threshold(probabilities, labels, risk)
    errors, coverage = metrics.risk_coverage(probabilities, labels, threshold)
    return {
        "temperature": temperature,
        "unknown_below": threshold,
        "risk": errors,
        "coverage": coverage,
        "calibration_error_before": metrics.calibration_error(metrics.softmax(logits), labels),
        "calibration_error": metrics.calibration_error(probabilities, labels),
        "accuracy": {name: metrics.accuracy(part, truth) for name, (part, truth) in sets.items()},
        "count": {name: len(truth) for name, (_, truth) in sets.items()},
        "curve": curve(probabilities, labels),
    }


def curve(probabilities, labels):
    """Rows (threshold, coverage, accuracy of the answers) of the risk-coverage curve."""
    rows = []
    for threshold in (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        errors, coverage = metrics.risk_coverage(probabilities, labels, threshold)
        if coverage < 1 or threshold == 0:
            rows.append((threshold, coverage, 1 - errors))
    return rows


def group(probabilities, labels, mask):
    """Accuracy and size of a part of a test set."""
    return {"accuracy": metrics.accuracy(probabilities[mask], labels[mask]), "n": int(mask.sum())}


def measure_emotion(network, config, options, temperature):
    """FER-2013 PrivateTest, as it is and without the pictures that are in the training part too."""
    faces = data.fer2013(options.data)
    faces = faces.where(faces["usage"] == "PrivateTest")
    labels = faces["label"]
    probabilities = metrics.softmax(logits_of(network, to_input(faces.pictures)), temperature)
    matrix = metrics.confusion(probabilities, labels)
    unique = ~faces["duplicate"]
    return {"FER-2013 PrivateTest": {
        **group(probabilities, labels, np.ones(len(labels), bool)),
        "de-duplicated": group(probabilities, labels, unique),
        "balanced": float(metrics.recall(matrix).mean()),
        "calibration_error": metrics.calibration_error(probabilities, labels),
        "confusion": matrix.tolist(),
        "curve": curve(probabilities, labels),
    }}


def measure_gender(network, config, options, temperature):
    """FairFace val by group, UTKFace's test part, MTFL's test rows with and without glasses."""
    def answers(name, faces, kept=None):
        boxes, found = crops.cached_boxes(options.cache, name, faces.pictures)
        if kept is not None:
            boxes, found, faces = boxes[kept], found[kept], faces.where(kept)
        pictures = crops.crop_all(faces.pictures, boxes, config["margin"], config["size"])
        return faces, found, metrics.softmax(logits_of(network, to_input(pictures)), temperature)

    def summary(faces, found, probabilities):
        labels = faces["label"]
        matrix = metrics.confusion(probabilities, labels)
        return {
            **group(probabilities, labels, np.ones(len(labels), bool)),
            "balanced": float(metrics.recall(matrix).mean()),
            "calibration_error": metrics.calibration_error(probabilities, labels),
            "box found": group(probabilities, labels, found),
            "median box": group(probabilities, labels, ~found),
            "confusion": matrix.tolist(),
        }

    fairface, found, probabilities = answers("FairFace val", data.fairface(options.data, "val"))
    labels = fairface["label"]
    result = {"FairFace val": summary(fairface, found, probabilities)}
    groups = {f"{race}, {data.GENDERS[gender]}": group(probabilities, labels, (fairface["race"] == race) & (labels == gender))
              for race in sorted(set(fairface["race"])) for gender in (0, 1)}
    result["FairFace val"]["groups"] = groups
    result["FairFace val"]["worst"] = min(groups, key=lambda name: groups[name]["accuracy"])
    result["FairFace val"]["group_mean"] = float(np.mean([values["accuracy"] for values in groups.values()]))
    result["FairFace val"]["ages"] = {age: group(probabilities, labels, fairface["age"] == age)
                                      for age in sorted(set(fairface["age"]), key=first_year)}
    result["FairFace val"]["curve"] = curve(probabilities, labels)

    faces = data.utkface(options.data)
    utkface, found, probabilities = answers("UTKFace", faces, data.hash_part("UTKFace", faces["row"]) == "test")
    result["UTKFace test part"] = summary(utkface, found, probabilities)

    faces = data.mtfl(options.data)
    mtfl, found, probabilities = answers("MTFL test", faces.where(data.is_mtfl_test(faces["row"])))
    result["MTFL test rows"] = summary(mtfl, found, probabilities)
    for name, mask in (("with glasses", mtfl["glasses"]), ("without glasses", ~mtfl["glasses"])):
        result["MTFL test rows"][name] = group(probabilities, mtfl["label"], mask)
    return result


def first_year(age):
    """For sorting FairFace's age bands: '3-9' -> 3, 'more than 70' -> 70."""
    return int("".join(c if c.isdigit() else " " for c in age).split()[0])


TESTS = {"emotion": measure_emotion, "gender": measure_gender}


def rounded(value):
    return round(value, 4) if isinstance(value, float) else value


def manifest(report):
    """The YAML that the node reads: every key of it is needed."""
    config, chosen = report["config"], report["chosen"]
    figures = {}
    for name, test in report["tests"].items():
        figures[name] = {key: rounded(test[key]) for key in ("accuracy", "n", "balanced", "calibration_error")}
        for part, values in test.items():
            if isinstance(values, dict) and "accuracy" in values:
                figures[name][part] = {key: rounded(value) for key, value in values.items()}
    for name, value in chosen["accuracy"].items():
        figures[f"{name} (selection)"] = {"accuracy": rounded(value), "n": chosen["count"][name]}
    return yaml.safe_dump({
        "name": report["name"],
        "attribute": config["attribute"],
        "model": f"{report['name']}.onnx",
        "sha256": report["sha256"],
        "input": {"name": "face", "height": config["size"], "width": config["size"], "channels": "gray",
                  "range": [-1.0, 1.0], "margin": config["margin"]},
        "output": {"name": "logits", "kind": "logits"},
        "labels": report["labels"],
        "temperature": chosen["temperature"],
        "unknown_below": chosen["unknown_below"],
        "explanation": {"model": f"{report['name']}_explained.onnx", "sha256": report["explanation_sha256"]},
        "description": config["description"],
        "licence": config["licence"],
        "parameters": report["parameters"],
        "metrics": figures,
    }, sort_keys=False, default_flow_style=None, width=120, allow_unicode=True)
