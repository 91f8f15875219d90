"""The model card: prose from the configuration file, what was chosen, and what `evaluate` measured."""
from data import shape_of


def percent(value):
    return f"{100 * value:.1f}%"


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows])


def write(report, measured, pictures):
    """The whole card as Markdown. measured: the text of `evaluate`; pictures: {attribute: path}."""
    config = report["config"]
    return "\n\n".join([
        f"# {config['name']}",
        "<!-- Written by models/training/card.py from measured figures: change that or the configuration, not this. -->",
        config["description"],
        "## What it is", what_it_is(report),
        "## Intended use", config["intended_use"].strip(),
        "## Misuse", config["misuse"].strip(),
        "## Data and terms", config["data"].strip(),
        "## How it was chosen", how_chosen(report),
        "## Measured",
        *(f"![Confusion, calibration and risk against coverage of {attribute}]({path.parent.name}/{path.name})"
          for attribute, path in pictures.items()),
        under_measured(measured),
        "## Limits", config["limits"].strip(),
        "## Make it again", reproduce(config),
    ]) + "\n"


def under_measured(text):
    """The text of `evaluate` as parts of a section: without its title, its headings one level deeper."""
    lines = text.strip().split("\n")[1:]
    return "\n".join("#" + line if line.startswith("#") else line for line in lines).strip()


def what_it_is(report):
    config = report["config"]
    channels, height, width = shape_of(config)
    colour = "grey" if channels == 1 else "blue, green and red"
    return table(["", ""], [
        ["input", f"`face`: float32 [N, {channels}, {height}, {width}], {colour}, -1 black to 1 white"],
        ["crop", f"square round the face detector's box, margin {config['margin']} of its side on each side; "
                 "trained for the boxes of OpenCV's frontal-face Haar cascade"],
        *([f"output `{head.attribute}`", f"float32 [N, {len(head)}], logits of {described(head)}"] for head in report["heads"]),
        ["network", config.get("architecture", "mini-Xception (Arriaga et al. 2017) with squeeze-and-excitation")],
        ["parameters", f"{report['parameters']:,}"],
        ["multiply-adds for one face", f"{report['multiply_adds'] / 1e6:.1f} million"],
        ["explanation", f"`{config['name']}_explained.onnx`: inputs `face` and `target` [N] (int64: which label, counted over those of "
                        "all outputs); outputs the probabilities and, for the target, `guided_gradient` (Springenberg et al. 2015), "
                        f"`gradient` [N, {channels}, {height}, {width}] and `class_activation` (Grad-CAM)"],
        ["file", f"{report['bytes']:,} bytes, SHA-256 `{report['sha256']}`"],
    ])


def described(head):
    if head.numeric:
        return (f"{head.labels[0]}, {head.labels[1]}, ... {head.labels[-1]} years; their mean by the probabilities is the age, their "
                "standard deviation how sure it is")
    return ", ".join(head.labels)


def how_chosen(report):
    """Epoch, temperatures and thresholds, all by the selection faces."""
    config = report["config"]
    kept = [f"{epoch} of {total}" for epoch, total in report["epochs"]]
    if len(kept) == 1:
        kept = f"The kept weights are the moving average after epoch {kept[0]}."
    else:
        kept = f"It is the mean of the logits of {len(kept)} networks; kept of each is the moving average, after the epochs {', '.join(kept)}."
    if blend := config.get("training", {}).get("blend"):
        kept += (f" {percent(blend)} of them are those from before the last phase "
                 "(Wortsman et al. 2022, arXiv:2109.01903).")
    return "\n\n".join([
        f"Trained on {report['training_faces']:,} faces. Everything was chosen on the selection split, which the network never learned "
        f"from and which is not reported as its accuracy. {kept}",
        *(calibration(head, chosen) for head, chosen in zip(report["heads"], report["chosen"]))])


def calibration(head, chosen):
    sets = " and ".join(f"{name} (n = {count:,})" for name, count in chosen["sets"].items())
    sets += "".join(f" (the temperature also on the bands of {name})" for name in chosen.get("banded", []))
    scaled = (f"**{head.attribute}**, on {sets}, as they are and once more each in the dark, blurred, compressed or small: the logits are divided by a temperature of {chosen['temperature']:.2f}, which gives "
              "the least negative log likelihood")
    if head.numeric:
        return (f"{scaled}; mean absolute error {chosen['mean_absolute_error']:.1f} years. The age is unknown above a standard deviation "
                f"of {chosen['unknown_above']:.1f} years: there {percent(chosen['coverage'])} of the faces get an answer, and "
                f"{percent(chosen['risk'])} of the answers are more than ten years off.")
    return (f"{scaled}: expected calibration error {chosen['calibration_error_before']:.3f} before, {chosen['calibration_error']:.3f} "
            f"after. `unknown` below {chosen['unknown_below']:.2f}: there {percent(chosen['coverage'])} of the faces get an answer, and "
            f"{percent(chosen['risk'])} of the answers are wrong.")


def reproduce(config):
    return (f"```\npython3 models/training/train.py {config['name']} --data DIR --out models\n```\n\n"
            "`DIR` is the data folder described in `training/README.md`. The run is seeded, but processors and PyTorch versions "
            "round differently, and the released file was made in steps that `training/EXPERIMENTS.md` tells: expect figures near these, not the same.")
