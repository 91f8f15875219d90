"""ResNet-18 as the NuGet package Microsoft.ML.DnnImageFeaturizer.ResNet18 has it, in PyTorch.

Its batch normalisation is folded into the convolutions, and so it stays while they are fine-tuned.
"""
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import nn

PACKAGE = "Microsoft.ML.DnnImageFeaturizer.ResNet18"
VERSION = "0.23.1"
NETWORK = "tools/DnnImageModels/ResNet18Onnx/ResNet18.onnx"
PREPROCESSING = "tools/DnnImageModels/ResNetPrepOnnx/ResNetPreprocess.onnx"
CHANNELS = (64, 128, 256, 512)
BLOCKS = (2, 2, 2, 3)  # as it is in the package, with a third block at the top


class Block(nn.Module):
    """Two 3x3 convolutions beside a shortcut."""

    def __init__(self, inside, outside, stride):
        super().__init__()
        self.first = nn.Conv2d(inside, outside, 3, stride, 1)
        self.second = nn.Conv2d(outside, outside, 3, 1, 1)
        self.shortcut = nn.Conv2d(inside, outside, 1, stride) if stride != 1 or inside != outside else nn.Identity()

    def forward(self, image):
        inner = self.second(torch.relu(self.first(image)))
        return torch.relu(inner + self.shortcut(image))


def stage(number):
    """Stage 1 to 4."""
    inside, outside = CHANNELS[max(number - 2, 0)], CHANNELS[number - 1]
    first = Block(inside, outside, 1 if number == 1 else 2)
    return nn.Sequential(first, *(Block(outside, outside, 1) for _ in range(BLOCKS[number - 1] - 1)))


class Trunk(nn.Module):
    """Pixels to the grid before the last stage: BGR 0 ... 255 [N, 3, 224, 224] to [N, 256, 14, 14]."""

    GRID = (256, 14, 14)

    def __init__(self):
        super().__init__()
        self.mean = nn.Parameter(torch.zeros(1, 3, 224, 224), requires_grad=False)
        self.stem = nn.Conv2d(3, 64, 7, 2, 3)
        self.pool = nn.MaxPool2d(3, 2, 1)
        self.stages = nn.Sequential(stage(1), stage(2), stage(3))

    def forward(self, pixels):
        return self.stages(self.pool(torch.relu(self.stem(pixels - self.mean))))


class ResNet18(nn.Module):
    """The whole: pixels to the grid before the pooling, [N, 512, 7, 7]."""

    def __init__(self):
        super().__init__()
        self.trunk = Trunk()
        self.top = stage(4)

    def forward(self, pixels):
        return self.top(self.trunk(pixels))


def find_package():
    """The package's folder where the .NET SDK keeps packages, fetched by it where it is missing."""
    import subprocess
    import tempfile
    folder = Path.home() / ".nuget/packages" / PACKAGE.lower() / VERSION
    if not folder.is_dir():
        with tempfile.TemporaryDirectory() as place:
            (Path(place) / "fetch.csproj").write_text(
                '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>'
                f'<ItemGroup><PackageReference Include="{PACKAGE}" Version="{VERSION}" /></ItemGroup></Project>')
            subprocess.run(["dotnet", "restore", place], check=True)
    return folder


def read(folder=None):
    """The package's network as a ResNet18."""
    folder = Path(folder or find_package())
    network = ResNet18()
    convolutions = list(folded(onnx.load(str(folder / NETWORK))))
    with torch.no_grad():
        for convolution, (weight, bias) in zip(in_order(network), convolutions, strict=True):
            convolution.weight.copy_(torch.from_numpy(weight))
            convolution.bias.copy_(torch.from_numpy(bias))
        network.trunk.mean.copy_(torch.from_numpy(mean_image(onnx.load(str(folder / PREPROCESSING)))))
    return network.eval()


def in_order(network):
    """The convolutions, the shortcut's after the two that it bridges."""
    return [module for module in network.modules() if isinstance(module, nn.Conv2d)]


def folded(model):
    """Weights and biases of each convolution with the batch normalisation that follows it, as `in_order` has them."""
    values = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
    normalised = {node.input[0]: node for node in model.graph.node if node.op_type == "BatchNormalization"}
    found = []
    for node in model.graph.node:
        if node.op_type != "Conv":
            continue
        weight = values[node.input[1]]
        norm = normalised[node.output[0]]
        scale, shift, mean, variance = (values[name] for name in norm.input[1:5])
        epsilon = next((a.f for a in norm.attribute if a.name == "epsilon"), 1e-5)
        factor = scale / np.sqrt(variance + epsilon)
        found.append((node, (weight * factor[:, None, None, None]).astype(np.float32), (shift - mean * factor).astype(np.float32)))
    return [(weight, bias) for _, weight, bias in sort_blocks(found)]


def sort_blocks(found):
    """First, second, shortcut: a 1x1 convolution goes behind the two 3x3 ones of its block, wherever the file has it."""
    main = [entry for entry in found if entry[1].shape[-1] != 1]
    shortcuts = {entry[1].shape[0]: entry for entry in found if entry[1].shape[-1] == 1}
    result = []
    for entry in main:
        result.append(entry)
        outside, inside = entry[1].shape[:2]
        previous = result[-2][1].shape if len(result) > 1 else None
        if outside in shortcuts and previous is not None and previous[0] == outside and previous[1] == outside // 2 and inside == outside:
            result.append(shortcuts.pop(outside))
    return result


def mean_image(model):
    """What the package's preprocessing subtracts: BGR [1, 3, 224, 224]."""
    for tensor in model.graph.initializer:
        value = numpy_helper.to_array(tensor)
        if value.size == 3 * 224 * 224:
            return value.reshape(1, 3, 224, 224)
    raise ValueError("The package's preprocessing has no mean image: it is another version.")
