"""The model card, written from the measured report; its prose comes from the configuration file."""


def percent(value):
    return f"{100 * value:.1f}%"


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows])


def write(report):
    """The whole card as Markdown."""
    config = report["config"]
    parts = [
        f"# {report['name']}",
        "<!-- Written by models/training/evaluate.py from measured figures: change that or the configuration, not this. -->",
        config["description"],
        "## What it is",
        what_it_is(report),
        "## Intended use", config["intended_use"].strip(),
        "## Misuse", config["misuse"].strip(),
        "## Data and terms", config["data"].strip(),
        "## How it was chosen", how_chosen(report),
    ]
    if report["tests"]:
        parts.append("## Measured")
        parts += [section for name, test in report["tests"].items() for section in measured(name, test, report)]
    else:
        parts += ["## Measured", "Not yet on the test splits: this is an interim model."]
    parts += ["## Limits", config["limits"].strip(), "## Make it again", reproduce(report)]
    return "\n\n".join(parts) + "\n"


def what_it_is(report):
    config = report["config"]
    return table(["", ""], [
        ["input", f"`face`: float32 [N, 1, {config['size']}, {config['size']}], grey, -1 black to 1 white"],
        ["crop", f"square round the face detector's box, margin {config['margin']} of its side on each side; "
                 "trained for the boxes of OpenCV's frontal-face Haar cascade"],
        ["output", "`logits`: float32 [N, %d]: %s" % (len(report["labels"]), ", ".join(report["labels"]))],
        ["network", "mini-Xception (Arriaga et al. 2017) with squeeze-and-excitation"],
        ["parameters", f"{report['parameters']:,}"],
        ["multiply-adds for one face", f"{report['multiply_adds'] / 1e6:.1f} million"],
        ["explanation", f"`{report['name']}_explained.onnx`: inputs `face` and `target` [N] (int64, which label); outputs the "
                        "probabilities and, for the target, `guided_gradient` (Springenberg et al. 2015), `gradient` [N, 1, "
                        f"{config['size']}, {config['size']}] and `class_activation` (Grad-CAM)"],
        ["file", f"{report['bytes']:,} bytes, SHA-256 `{report['sha256']}`"],
    ])


def how_chosen(report):
    chosen = report["chosen"]
    accuracies = ", ".join(f"{name} {percent(value)} (n = {chosen['count'][name]})"
                           for name, value in chosen["accuracy"].items())
    return "\n\n".join([
        f"Trained on {report['training_faces']:,} faces. Everything was chosen on the selection split, which the network "
        f"never learned from and which is not reported as its accuracy: {accuracies}. The kept weights are the moving "
        f"average after epoch {report['epoch']} of {report['epochs']}.",
        f"Calibration: the logits are divided by a temperature of {chosen['temperature']:.2f}, which gives the least "
        f"negative log likelihood on the selection split. Expected calibration error (15 bins) there: "
        f"{chosen['calibration_error_before']:.3f} before, {chosen['calibration_error']:.3f} after.",
        f"`unknown` below {chosen['unknown_below']:.2f}: the smallest threshold at which at most "
        f"{percent(report['config']['unknown_risk'])} of the answers on the selection split are wrong, as long as 80% of "
        f"the faces still get an answer. There it answers {percent(chosen['coverage'])} of the faces and "
        f"{percent(chosen['risk'])} of the answers are wrong:",
        curve_table(chosen["curve"]),
    ])


def curve_table(rows):
    return table(["confidence at least", "faces answered", "answers right"],
                 [[f"{threshold:.1f}", percent(coverage), percent(right)] for threshold, coverage, right in rows])


def measured(name, test, report):
    """The sections of one test set."""
    labels = report["labels"]
    yield f"### {name}"
    rows = [["accuracy", percent(test["accuracy"]), test["n"]],
            ["balanced accuracy (mean over classes)", percent(test["balanced"]), test["n"]]]
    rows += [[part, percent(values["accuracy"]), values["n"]] for part, values in test.items()
             if isinstance(values, dict) and "accuracy" in values]
    if "worst" in test:
        worst = test["groups"][test["worst"]]
        rows += [["mean of the groups", percent(test["group_mean"]), len(test["groups"])],
                 [f"worst group: {test['worst']}", percent(worst["accuracy"]), worst["n"]],
                 ["worst group against the mean of the groups",
                  f"{100 * (worst['accuracy'] - test['group_mean']):+.1f} points", ""]]
    rows.append(["expected calibration error (15 bins)", f"{test['calibration_error']:.3f}", test["n"]])
    yield table(["", "", "n"], rows)
    yield "Rows: the true class; columns: the answer, in percent of the row."
    yield table(["", *labels, "n"], [
        [label, *(f"**{percent(count / sum(row))}**" if column == index else percent(count / sum(row))
                  for column, count in enumerate(row)), sum(row)]
        for index, (label, row) in enumerate(zip(labels, test["confusion"]))])
    for title, part in (("group", "groups"), ("age", "ages")):
        if part in test:
            yield table([title, "accuracy", "n"],
                        [[key, percent(values["accuracy"]), values["n"]] for key, values in test[part].items()])
    if "curve" in test:
        yield "Answering only when confident:"
        yield curve_table(test["curve"])


def reproduce(report):
    return (f"```\npython3 models/training/train.py {report['name']} --data DIR --out models\n```\n\n"
            "`DIR` is the data folder described in `training/README.md`. The run is seeded, but processors and PyTorch versions "
            "round differently: expect figures near these, not the same.")
