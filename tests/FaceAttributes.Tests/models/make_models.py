#!/usr/bin/env python3
"""Makes the two small networks of the tests and records what PyTorch says to fixed pictures.

Run in this folder with Debian's python3-torch and python3-onnx; writes <name>.onnx, <name>.yaml, <name>.expected.csv.
A network's answer to noise means nothing; what counts is that the program gives the same one.
"""
import hashlib

import numpy as np
import torch
from torch import nn

MANIFEST = """\
name: {name}
attribute: {attribute}
model: {name}.onnx
sha256: {sha256}
input: {{name: face, height: {height}, width: {width}, channels: {channels}, range: [{low}, {high}], margin: 0}}
output: {{name: {output}, kind: {output}}}
labels: [{labels}]
temperature: {temperature}
unknown_below: 0.25
"""


def picture(index, height, width, channels):
    """A picture of stripes and ramps, Height x Width x channels uint8; the tests make the same one."""
    y, x, c = np.meshgrid(np.arange(height), np.arange(width), np.arange(channels), indexing="ij")
    return ((x * (3 + index) + y * 5 + c * 71 + (x * y) // (index + 2) * 7) % 256).astype(np.uint8)


def make(name, attribute, seed, height, width, channels, low, high, labels, output, temperature, scale):
    torch.manual_seed(seed)
    planes = 1 if channels == "gray" else 3
    features = 8 * (-(-height // 6) // 2) * (-(-width // 6) // 2)
    layers = [
        nn.Conv2d(planes, 6, 5, stride=3, padding=2), nn.ReLU(),
        nn.Conv2d(6, 8, 3, stride=2, padding=1), nn.ReLU(),
        nn.MaxPool2d(2, stride=2), nn.Flatten(), nn.Linear(features, len(labels)),
    ]
    # Far from even answers, so that a wrong input shows.
    layers[-1].bias.data *= 0
    layers[-1].weight.data *= scale
    network = nn.Sequential(*layers, *([nn.Softmax(dim=1)] if output == "probabilities" else [])).eval()

    torch.onnx.export(
        network, torch.zeros(1, planes, height, width), f"{name}.onnx", opset_version=13,
        input_names=["face"], output_names=[output], dynamic_axes={"face": {0: "batch"}, output: {0: "batch"}})
    with open(f"{name}.onnx", "rb") as file:
        sha256 = hashlib.sha256(file.read()).hexdigest()
    with open(f"{name}.yaml", "w") as file:
        file.write(MANIFEST.format(
            name=name, attribute=attribute, sha256=sha256, height=height, width=width, channels=channels, low=low,
            high=high, output=output, labels=", ".join(labels), temperature=temperature))

    with open(f"{name}.expected.csv", "w") as file:
        for index in range(5):
            pixels = torch.from_numpy(picture(index, height, width, planes)).permute(2, 0, 1).unsqueeze(0)
            answer = network(low + pixels * ((high - low) / 255))
            if output == "logits":
                answer = torch.softmax(answer / temperature, dim=1)
            file.write(",".join(f"{value:.8f}" for value in answer[0].tolist()) + "\n")


make("gray_probabilities", "emotion", 3, 48, 48, "gray", -1.0, 1.0,
     ["angry", "disgust", "fear", "happy", "sad", "surprise", "neutral"], "probabilities", 1.0, 12)
make("rgb_logits", "gender", 5, 32, 32, "rgb", 0.0, 1.0, ["female", "male"], "logits", 2.5, 12)
