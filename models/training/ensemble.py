"""Networks as other ones: several as the mean of their logits, one for faces of another shape than it sees."""
import torch
from torch import nn
import torch.nn.functional as F

from augment import luma


class Ensemble(nn.Module):
    """Faces [N, C, H, W] in [-1, 1] -> the mean of the members' logits [N, columns]."""

    memory_format = torch.channels_last

    def __init__(self, members):
        super().__init__()
        self.members = nn.ModuleList(members)

    def forward(self, x):
        first, *others = (member(x) for member in self.members)
        return sum(others, first) / len(self.members)


class Adapted(nn.Module):
    """A network of faces of another shape [C, H, W] than those that are shown to it."""

    def __init__(self, network, shape):
        super().__init__()
        self.network, self.shape = network, shape
        self.memory_format = network.memory_format

    def forward(self, faces):
        return self.network(as_shape(faces, self.shape))


def as_shape(faces, shape):
    """Faces [N, C, H, W] as a network of another shape is to see them: grey repeated in each channel, or colours as their luma; resized."""
    channels, *size = shape
    if faces.shape[1] != channels:
        faces = faces.expand(-1, channels, -1, -1) if faces.shape[1] == 1 else luma(faces)
    return faces if list(faces.shape[2:]) == size else F.interpolate(faces, size=size, mode="bilinear", align_corners=False)
