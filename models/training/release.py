"""A trained network as a model: ONNX file, graph that explains, manifest, and a card with what `evaluate` measures of it."""
import torch
import yaml

import calibrate
import card
import compact
import evaluate
import export
import plots
from learn import predict
from data import channels_of, shape_of
from network import multiply_adds, parameter_count
from tasks import to_input, to_pictures
from worse import worse


def release(config, options, task, network, epochs, faces):
    """Exports a network and reports on it into options.out. epochs: of each of its networks the one that is kept, and of how many;
    faces: how many they learned from, all of the task where that isn't known."""
    options.out.mkdir(parents=True, exist_ok=True)
    name, shape, heads = config["name"], shape_of(config), task.heads
    parameters = parameter_count(network)
    if config.get("float16"):
        network = compact.rounded(network)
    logits = {name: predict(network, both(faces)).double() for name, (faces, _) in task.selection.items()}
    chosen = [choose(logits, task, index, config) for index in range(len(heads))]
    temperatures = [head["temperature"] for head in chosen]
    onnx, explained = (options.out / f"{name}{suffix}.onnx" for suffix in ("", "_explained"))
    report = {
        "config": config, "heads": heads, "chosen": chosen, "epochs": epochs, "training_faces": faces or len(task.patches),
        "parameters": parameters, "multiply_adds": multiply_adds(network, shape),
        "sha256": export.export_onnx(network, heads, shape, onnx, config.get("float16", False)),
        "explanation_sha256": export.export_explanation(network, heads, shape, temperatures, explained, config.get("float16", False)),
        "bytes": onnx.stat().st_size,
    }
    path = options.out / f"{name}.yaml"
    path.write_text(manifest(report))
    if options.recorded:
        export.record(network, heads, shape, name, report["sha256"], temperatures, options.recorded / f"{name}.json")
    figures, measured = evaluate.measure(path, options.data, "selection" if options.selection_only else "test")
    path.write_text(manifest(report, figures))
    pictures = plots.draw(figures, options.out / "figures")
    (options.out / f"{name}.md").write_text(card.write(report, measured, pictures))
    print(f"{onnx}: {report['parameters']} parameters")


def both(faces):
    """Faces [N, C, S, S] in [-1, 1] as they are, and then again made worse: [2 N, C, S, S]."""
    return torch.cat([faces, to_input(worse(to_pictures(faces)))])


def choose(logits, task, index, config):
    """What calibrate.py chooses for a head on all its selection faces together, and how many of which these are.

    logits: of all heads, of `both` the selection faces, by selection set.
    """
    head, part = task.heads[index], task.parts[index]
    sets = {name: known[head.attribute].repeat(2) for name, (_, known) in task.selection.items() if head.attribute in known}
    banded = {name: (logits[name][:, part].numpy(), targets.double().repeat(2, 1).numpy())
              for name, (attribute, targets) in task.bands.items() if attribute == head.attribute}
    chosen = calibrate.choose(head, torch.cat([logits[name][:, part] for name in sets]).numpy(), torch.cat(list(sets.values())).numpy(),
                              config["unknown_risk"][head.attribute], banded.values())
    return {**chosen, "sets": {name: len(labels) // 2 for name, labels in sets.items()}, "banded": list(banded)}


def headline(figures):
    """The manifest's metrics: the first figures of each head on each test set."""
    metrics = {}
    for head in figures["heads"]:
        rows = {}
        for found in head["age"]:
            rows[found["set"]] = {"mean_absolute_error": round(found["mean_absolute_error"], 3), "n": found["n"]}
        for found in head["categorical"]:
            values = found["headline"]
            rows.setdefault(found["set"], {}).update(
                accuracy=round(values["accuracy"], 4), balanced=round(values["balanced_accuracy"], 4),
                calibration_error=round(values["expected_calibration_error"], 4), n=values["n"])
        metrics[head["attribute"]] = rows
    return {figures["split"]: metrics}


def manifest(report, figures=None):
    """The YAML that the node reads."""
    config, name = report["config"], report["config"]["name"]
    return yaml.safe_dump({
        "name": name,
        "kind": "attributes",
        "model": f"{name}.onnx",
        "sha256": report["sha256"],
        "input": {"name": "face", "height": config["size"], "width": config["size"], "channels": channels_of(config),
                  "range": [-1.0, 1.0], "margin": config["margin"]},
        "heads": [head_of(head, chosen) for head, chosen in zip(report["heads"], report["chosen"])],
        "explanation": {"model": f"{name}_explained.onnx", "sha256": report["explanation_sha256"]},
        "description": config["description"],
        "licence": config["licence"],
        "parameters": report["parameters"],
        **({"metrics": headline(figures)} if figures else {}),
    }, sort_keys=False, default_flow_style=None, width=120, allow_unicode=True)


def head_of(head, chosen):
    """A head's part of the manifest."""
    return {
        "attribute": head.attribute,
        "output": {"name": head.attribute, "kind": "logits"},
        "labels": list(head.labels),
        **({"values": list(head.values)} if head.numeric else {}),
        "temperature": chosen["temperature"],
        **{key: chosen[key] for key in ("unknown_below", "unknown_above") if key in chosen},
    }
