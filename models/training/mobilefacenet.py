"""MobileFaceNet (Chen et al. 2018, arXiv:1804.07573) for small faces, grey or in colour, and its start from a published one that tells people apart.

The published network takes faces of 112 pixels in colour (BGR; in RGB it knows less). A face of 56 is here as if it were enlarged to 112: enlarging and the stem's
convolution of stride 2 are linear, and one after the other they are one convolution of stride 1 on the small face. Nothing is enlarged.
"""
import hashlib
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import nn
import torch.nn.functional as F

from network import FixedPReLU, Normalise
from restore import in_order, parameters

PACKAGE = "faceplugin-face-recognition-js@0.0.1"
NETWORK = "package/model/fr_feature.onnx"
SHA256 = "87aacdfe57510db2af90c0251df680e8eec88f122ee94712121d09bcaaaf3581"
DEVIATION = 0.47   # of the published network's pixels in [-1, 1] (as of ImageNet's), for one deviation of a normalised face

# [3, 3]: how much of each pixel in the small face is in three neighbours of the one enlarged to twice its size, bilinearly.
ENLARGED = torch.tensor([
    [0.75, 0.25, 0],
    [0.25, 0.75, 0],
    [0, 0.75, 0.25]])

STEM = 40    # channels

# Channels inside and after a block, and its stride. The published network is wider inside (128, 256, 512), and 64 in the stem, but all
# other channels there are zero: what its training had no use for. Multiples of 8 are fastest.
BLOCKS = ((120, 64, 2), (112, 64, 1), (112, 64, 1), (104, 64, 1), (96, 64, 1),
          (248, 128, 2), (144, 128, 1), (104, 128, 1), (96, 128, 1), (88, 128, 1), (112, 128, 1), (112, 128, 1),
          (456, 128, 2), (144, 128, 1), (112, 128, 1))
TINY = 1e-6  # Weights below are zero. Among them are denormal numbers, with which a processor takes eight times as long.


@dataclass(frozen=True)
class MobileFaceNetConfig:
    """What a configuration file says under `mobilefacenet`."""

    dropout: float = 0.2     # before the linear layer
    frozen: int = 0          # so many of the first layers and blocks stay as they are, which saves a third of the time


class Block(nn.Module):
    """Pointwise, depthwise, pointwise convolution; beside them the identity where the shape stays."""

    def __init__(self, inputs, inside, outputs, stride):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(inputs, inside, 1), FixedPReLU(inside),
            nn.Conv2d(inside, inside, 3, stride, 1, groups=inside), FixedPReLU(inside),
            nn.Conv2d(inside, outputs, 1))
        self.shortcut = stride == 1 and inputs == outputs

    def forward(self, x):
        y = self.layers(x)
        return x + y if self.shortcut else y


class MobileFaceNet(nn.Module):
    """Faces [N, C, H, W] in [-1, 1] -> logits [N, classes]; the published network's layers up to its last features' means."""

    memory_format = torch.channels_last

    def __init__(self, classes, config=MobileFaceNetConfig(), channels=1):
        super().__init__()
        self.frozen = config.frozen
        self.normalise = Normalise(channels)
        layers = [nn.Conv2d(channels, STEM, 3, 1, 1), FixedPReLU(STEM), nn.Conv2d(STEM, STEM, 3, 1, 1, groups=STEM), FixedPReLU(STEM)]
        channels = STEM
        for inside, outputs, stride in BLOCKS:
            layers.append(Block(channels, inside, outputs, stride))
            channels = outputs
        self.features = nn.Sequential(*layers, nn.Conv2d(channels, 512, 1), FixedPReLU(512))
        self.dropout = nn.Dropout(config.dropout)
        self.classifier = nn.Linear(512, classes)

    def forward(self, x):
        with torch.set_grad_enabled(torch.is_grad_enabled() and not (self.frozen and self.training)):
            x = self.features[:self.frozen](self.normalise(x))
        return self.classifier(self.dropout(F.adaptive_avg_pool2d(self.features[self.frozen:](x), 1).flatten(1)))


def start_from_published(network, faces, source=None):
    """Fills the features of a MobileFaceNet; the classifier stays fresh.

    faces [N, C, S, S] in [-1, 1]: the means of the last features get a deviation of 1 on them; source: [weight, bias] of each convolution
    and [slopes] of each PReLU in their order, as the package has them where it is left out.
    """
    layers = in_order(network, faces[:1], (nn.Conv2d, FixedPReLU))
    kept = torch.arange(faces.shape[1])
    with torch.no_grad():
        for index, (layer, (weight, *bias)) in enumerate(zip(layers, source or parameters(fetched()))):
            if isinstance(layer, FixedPReLU):
                layer.slopes.copy_(weight.flatten()[kept].clamp(max=1))   # a single channel, in the stem, has more
                continue
            if index == 0:
                weight = stem(weight, faces.shape[1])
            if layer.groups == 1:
                weight = weight[:, kept]
                kept = largest(weight, layer.out_channels)
            layer.weight.copy_(weight[kept])
            layer.bias.copy_(bias[0][kept])
            for values in (layer.weight, layer.bias):
                values[values.abs() < TINY] = 0
        features = network.eval().features(network.normalise(faces)).mean((2, 3))
        last = network.features[-2]
        deviation = features.std(0)
        deviation = deviation.clamp(min=0.01 * deviation.mean())   # of a channel that hardly changes
        last.weight.div_(deviation.view(-1, 1, 1, 1))
        last.bias.div_(deviation)
    return network


def largest(weight, count):
    """The places of the output channels with the largest weights [outputs, inputs, k, k], in their order; the others must be zero."""
    sizes = weight.abs().amax((1, 2, 3))
    places = sizes.argsort(descending=True)
    if (sizes[places[count:]] > TINY).any():
        raise ValueError(f"{PACKAGE} has more than {count} channels that are not zero in a layer: it is another version.")
    return places[:count].sort().values


def stem(weight, channels):
    """The stem's weight for colour faces [64, 3, 3, 3] of stride 2 as one for normalised faces of half the size, of stride 1, in grey or in colour."""
    weight = weight.sum(1, keepdim=True) if channels == 1 else weight
    return ENLARGED.T @ (weight * DEVIATION) @ ENLARGED


def fetched():
    """The package's network, fetched by npm into the folder for temporary files."""
    path = Path(tempfile.gettempdir()) / "face_attributes_mobilefacenet" / "fr_feature.onnx"
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        packed = subprocess.run(["npm", "pack", PACKAGE], cwd=path.parent, check=True, capture_output=True, text=True).stdout.split()[-1]
        with tarfile.open(path.parent / packed) as package:
            path.write_bytes(package.extractfile(NETWORK).read())
    if hashlib.sha256(path.read_bytes()).hexdigest() != SHA256:
        raise ValueError(f"{path} is not {NETWORK} of {PACKAGE}: delete it, so that it is fetched again.")
    return path
