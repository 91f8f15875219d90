#!/usr/bin/env python3
"""The model card of what `evaluate situations` measured: its report from standard input or a file, the prose from situation.yaml.

    python3 models/training/situations/card.py report.md > models/situation.md
    python3 models/training/situations/card.py report.md situation_small > models/situation_small.md
"""
import sys
from pathlib import Path

import yaml

HERE = Path(__file__).resolve().parent


def write(config, manifest, report, sizes):
    """The card as Markdown. report: the text of `evaluate`; sizes: {file: bytes}."""
    card = config["card"]
    body = "\n".join("#" + line if line.startswith("#") else line for line in report.strip().split("\n")[1:]).strip()
    files = "; ".join(f"`{name}` {size:,} bytes" for name, size in sizes.items())
    danger, sentence = manifest["danger"], manifest["sentence"]
    return "\n\n".join([
        f"# {config['name']}",
        "<!-- Written by models/training/situations/card.py from measured figures: change that or situation.yaml, not this. -->",
        config["description"].strip(),
        "**It is no safety device.** " + card["safety"].strip(),
        "## What it is",
        f"| | |\n| --- | --- |\n| input | float32 [N, 3, 224, 224], blue, green, red, 0 to 255: the whole picture, squeezed |\n"
        f"| sentence | at most {sentence['length']} words of {len(sentence['vocabulary']) - 2:,}; greedy or beam search |\n"
        f"| danger | {', '.join(danger['categories'])}; softmax at a temperature of {danger['temperature']}; none below a probability of "
        f"{danger['none_below']}, danger from {danger['danger_from']}, `unknown` between |\n"
        f"| parameters | {manifest['parameters']:,} |\n| files | {files} |\n"
        "| explanation | where the decoder looked for each word; for danger the class activation map, which is Grad-CAM here |",
        "## Intended use", card["intended_use"].strip(),
        "## Misuse", card["misuse"].strip(),
        "## Data and terms", card["data"].strip(),
        "## Measured", card["measured"].strip(), body,
        "## Limits", card["limits"].strip(),
        "## Make it again",
        "```\npython3 models/training/situations/train.py --data DIR --pictures FLICKR8K --more MORE\n```\n\n"
        "The run is seeded, but processors and PyTorch versions round differently, and the released files were made in steps that the README there "
        "tells: expect figures near these, not the same.",
    ]) + "\n"


def main():
    report = Path(sys.argv[1]).read_text() if len(sys.argv) > 1 else sys.stdin.read()
    config = yaml.safe_load((HERE / "situation.yaml").read_text())
    if sys.argv[2:] == [config["small"]["name"]]:
        config |= config["small"]
    models = HERE.parent.parent
    manifest = yaml.safe_load((models / f"{config['name']}.yaml").read_text())
    sizes = {file: (models / file).stat().st_size for file in (manifest["model"], manifest["sentence"]["model"])}
    sys.stdout.write(write(config, manifest, report, sizes))


if __name__ == "__main__":
    main()
