#!/usr/bin/env python3
"""Makes the small networks of the tests and records what PyTorch says to fixed pictures.

Run in this folder with Debian's python3-torch and python3-onnx; writes <name>.onnx, <name>.yaml, <name>.expected.csv.
A network's answer to noise means nothing; what counts is that the program gives the same one.
"""
import hashlib

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper
from torch import nn

MANIFEST = """\
name: {name}
kind: attributes
model: {name}.onnx
sha256: {sha256}
input: {{name: face, height: {height}, width: {width}, channels: {channels}, range: [{low}, {high}], margin: 0}}
heads:
- attribute: {attribute}
  output: {{name: {output}, kind: {output}}}
  labels: [{labels}]
  temperature: {temperature}
  unknown_below: 0.25
"""

TWO_HEADS = """\
name: two_heads
kind: attributes
model: two_heads.onnx
sha256: {sha256}
input: {{name: face, height: 32, width: 32, channels: rgb, range: [-1.0, 1.0], margin: 0}}
heads:
- attribute: gender
  output: {{name: gender, kind: probabilities}}
  labels: [female, male]
  unknown_below: 0.25
- attribute: age
  output: {{name: age, kind: logits}}
  labels: ['0', '20', '40', '60', '80']
  values: [0, 20, 40, 60, 80]
  temperature: 1.5
  unknown_above: 17
explanation: {{model: two_heads_explained.onnx, sha256: {explained_sha256}}}
"""


def picture(index, height, width, channels):
    """A picture of stripes and ramps, Height x Width x channels uint8; the tests make the same one."""
    y, x, c = np.meshgrid(np.arange(height), np.arange(width), np.arange(channels), indexing="ij")
    return ((x * (3 + index) + y * 5 + c * 71 + (x * y) // (index + 2) * 7) % 256).astype(np.uint8)


def sha256_of(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def layers_for(height, width, planes, answers, scale):
    features = 8 * (-(-height // 6) // 2) * (-(-width // 6) // 2)
    layers = [
        nn.Conv2d(planes, 6, 5, stride=3, padding=2), nn.ReLU(),
        nn.Conv2d(6, 8, 3, stride=2, padding=1), nn.ReLU(),
        nn.MaxPool2d(2, stride=2), nn.Flatten(), nn.Linear(features, answers),
    ]
    # Far from even answers, so that a wrong input shows.
    layers[-1].bias.data *= 0
    layers[-1].weight.data *= scale
    return layers


def input_of(index, height, width, planes, low, high):
    pixels = torch.from_numpy(picture(index, height, width, planes)).permute(2, 0, 1).unsqueeze(0)
    return low + pixels * ((high - low) / 255)


def write_row(file, values):
    file.write(",".join(f"{value:.8f}" for value in values.tolist()) + "\n")


def make(name, attribute, seed, height, width, channels, low, high, labels, output, temperature, scale):
    torch.manual_seed(seed)
    planes = 1 if channels == "gray" else 3
    layers = layers_for(height, width, planes, len(labels), scale)
    network = nn.Sequential(*layers, *([nn.Softmax(dim=1)] if output == "probabilities" else [])).eval()

    torch.onnx.export(
        network, torch.zeros(1, planes, height, width), f"{name}.onnx", opset_version=13,
        input_names=["face"], output_names=[output], dynamic_axes={"face": {0: "batch"}, output: {0: "batch"}})
    with open(f"{name}.yaml", "w") as file:
        file.write(MANIFEST.format(
            name=name, attribute=attribute, sha256=sha256_of(f"{name}.onnx"), height=height, width=width,
            channels=channels, low=low, high=high, output=output, labels=", ".join(labels), temperature=temperature))

    with open(f"{name}.expected.csv", "w") as file:
        for index in range(5):
            answer = network(input_of(index, height, width, planes, low, high))
            if output == "logits":
                answer = torch.softmax(answer / temperature, dim=1)
            write_row(file, answer[0])


class TwoHeads(nn.Module):
    """Probabilities of one attribute and logits of another, from the same features."""

    def __init__(self):
        super().__init__()
        *trunk, head = layers_for(32, 32, 3, 7, 12)
        self.trunk, self.head = nn.Sequential(*trunk), head

    def forward(self, face):
        answers = self.head(self.trunk(face))
        return torch.softmax(answers[:, :2], dim=1), answers[:, 2:]


def make_two_heads(seed):
    """Its rows: the probabilities of both heads, then the second's mean and standard deviation."""
    torch.manual_seed(seed)
    network = TwoHeads().eval()
    torch.onnx.export(
        network, torch.zeros(1, 3, 32, 32), "two_heads.onnx", opset_version=13, input_names=["face"],
        output_names=["gender", "age"], dynamic_axes={name: {0: "batch"} for name in ["face", "gender", "age"]})
    make_explained()
    with open("two_heads.yaml", "w") as file:
        file.write(TWO_HEADS.format(
            sha256=sha256_of("two_heads.onnx"), explained_sha256=sha256_of("two_heads_explained.onnx")))

    years = torch.arange(0.0, 81.0, 20.0)
    with open("two_heads.expected.csv", "w") as file:
        for index in range(5):
            gender, age = network(input_of(index, 32, 32, 3, -1.0, 1.0))
            age = torch.softmax(age / 1.5, dim=1)
            mean = (age * years).sum()
            deviation = (age * (years - mean) ** 2).sum().sqrt()
            write_row(file, torch.cat([gender[0], age[0], mean[None], deviation[None]]))


def make_explained():
    """A graph with the inputs and outputs of one that explains, whose every value is the target that it was asked for."""
    names = ["guided_gradient", "gradient", "class_activation"]
    shape = ["batch", 3, 32, 32]
    nodes = [
        helper.make_node("Mul", ["face", "zero"], ["zeros"]),
        helper.make_node("Cast", ["target"], ["number"], to=TensorProto.FLOAT),
        *(helper.make_node("Add", ["zeros", "number"], [name]) for name in names),
    ]
    graph = helper.make_graph(
        nodes, "explained",
        [helper.make_tensor_value_info("face", TensorProto.FLOAT, shape),
         helper.make_tensor_value_info("target", TensorProto.INT64, ["batch"])],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name in names],
        [helper.make_tensor("zero", TensorProto.FLOAT, [], [0.0])])
    onnx.save(
        helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=7), "two_heads_explained.onnx")


def make_as_exporters_do(name):
    """Two more files of a network: for one face at a time only, and with its weights in a file beside it."""
    manifest = open(f"{name}.yaml").read()

    def save(variant, model, **options):
        onnx.save(model, f"{variant}.onnx", **options)
        with open(f"{variant}.yaml", "w") as file:
            file.write(manifest.replace(name, variant).replace(sha256_of(f"{name}.onnx"), sha256_of(f"{variant}.onnx")))

    model = onnx.load(f"{name}.onnx")
    for tensor in [*model.graph.input, *model.graph.output]:
        tensor.type.tensor_type.shape.dim[0].dim_value = 1
    save("one_at_a_time", model)
    save("weights_beside", onnx.load(f"{name}.onnx"), save_as_external_data=True, location="weights_beside.data", size_threshold=0)


make("gray_probabilities", "emotion", 3, 48, 48, "gray", -1.0, 1.0,
     ["angry", "disgust", "fear", "happy", "sad", "surprise", "neutral"], "probabilities", 1.0, 12)
make("rgb_logits", "gender", 5, 32, 32, "rgb", 0.0, 1.0, ["female", "male"], "logits", 2.5, 12)
make_two_heads(7)
make_as_exporters_do("rgb_logits")
