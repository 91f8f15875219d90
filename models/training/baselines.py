"""The two networks of face_classification (Arriaga et al. 2017, arXiv:1710.07557), to train by the same recipe and compare with.

Both take faces [N, 1, H, W] in [-1, 1] and give logits [N, classes], as `network.MiniXception` does.
"""
import torch
from torch import nn
import torch.nn.functional as F


class OriginalMiniXception(nn.Module):
    """58,423 parameters for 7 classes at 64x64: a stem of 8 channels at full size, four residual stages, no linear layer."""

    # Debian 12's PyTorch crashes on depthwise convolutions of 8 channels in channels_last.
    memory_format = torch.contiguous_format

    def __init__(self, classes):
        super().__init__()
        layers = [nn.Conv2d(1, 8, 3, bias=False), nn.BatchNorm2d(8), nn.ReLU(),
                  nn.Conv2d(8, 8, 3, bias=False), nn.BatchNorm2d(8), nn.ReLU()]
        channels = 8
        for width in (16, 32, 64, 128):
            layers.append(_OriginalStage(channels, width))
            channels = width
        self.features = nn.Sequential(*layers, nn.Conv2d(channels, classes, 3, padding=1))

    def forward(self, x):
        return self.features(x).mean((2, 3))


class _OriginalStage(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.shortcut = nn.Sequential(nn.Conv2d(inputs, outputs, 1, 2, bias=False), nn.BatchNorm2d(outputs))
        self.main = nn.Sequential(*_separable(inputs, outputs), nn.ReLU(), *_separable(outputs, outputs), nn.MaxPool2d(3, 2, 1))

    def forward(self, x):
        return self.shortcut(x) + self.main(x)


def _separable(inputs, outputs):
    return (nn.Conv2d(inputs, inputs, 3, padding=1, groups=inputs, bias=False), nn.Conv2d(inputs, outputs, 1, bias=False),
            nn.BatchNorm2d(outputs))


class SequentialCnn(nn.Module):
    """About 640,000 parameters: pairs of plain convolutions from 7x7 to 3x3, averages between them, no linear layer."""

    memory_format = torch.channels_last

    def __init__(self, classes):
        super().__init__()
        layers, channels = [], 1
        for width, kernel in ((16, 7), (32, 5), (64, 3), (128, 3)):
            layers += [nn.Conv2d(channels, width, kernel, padding=kernel // 2), nn.BatchNorm2d(width),
                       nn.Conv2d(width, width, kernel, padding=kernel // 2), nn.BatchNorm2d(width), nn.ReLU(),
                       nn.AvgPool2d(2, ceil_mode=True), nn.Dropout(0.5)]
            channels = width
        self.features = nn.Sequential(*layers, nn.Conv2d(128, 256, 3, padding=1), nn.BatchNorm2d(256),
                                      nn.Conv2d(256, classes, 3, padding=1))

    def forward(self, x):
        return F.adaptive_avg_pool2d(self.features(x), 1).flatten(1)


BASELINES = {"mini_xception": OriginalMiniXception, "sequential_cnn": SequentialCnn}
