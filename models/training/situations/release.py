"""The manifest that the robot reads, of networks that were exported."""
import yaml

import words


def manifest(report):
    """report: what train.py collected."""
    config = report["config"]
    name = config["name"]
    return yaml.safe_dump({
        "name": name,
        "kind": "situation",
        "model": f"{name}.onnx",
        "sha256": report["encoder_sha256"],
        "input": {"name": "image", "height": 224, "width": 224, "channels": "bgr", "range": [0.0, 255.0]},
        "sentence": {
            "model": report.get("decoder", f"{name}_decoder.onnx"),
            "sha256": report["decoder_sha256"],
            "hidden": config["captions"]["network"]["hidden"],
            "grid": 7,
            "length": config["captions"]["length"],
            "start": words.SPECIAL[words.END],
            "end": words.SPECIAL[words.END],
            "unknown": words.SPECIAL[words.UNKNOWN],
            "vocabulary": report["vocabulary"],
        },
        "danger": {
            "categories": report["categories"],
            "temperature": report["temperature"],
            "none_below": report["none_below"],
            "danger_from": report["danger_from"],
        },
        "description": config["description"],
        "licence": config["licence"],
        "parameters": report["parameters"],
    }, sort_keys=False, default_flow_style=None, width=120, allow_unicode=True)
