"""Several networks as one: the mean of their logits."""
import torch
from torch import nn
import torch.nn.functional as F

from augment import LUMA


class Ensemble(nn.Module):
    """Faces [N, C, H, W] in [-1, 1] -> the mean of the members' logits [N, columns]."""

    memory_format = torch.channels_last

    def __init__(self, members):
        super().__init__()
        self.members = nn.ModuleList(members)

    def forward(self, x):
        first, *others = (member(x) for member in self.members)
        return sum(others, first) / len(self.members)


class AsShape(nn.Module):
    """Faces as a network of another shape [C, H, W] is to see them: grey repeated in each channel, or colours as their luma; resized."""

    def __init__(self, shape):
        super().__init__()
        self.shape = tuple(shape)

    def forward(self, faces):
        channels, *size = self.shape
        if faces.shape[1] != channels:
            faces = faces.expand(-1, channels, -1, -1) if faces.shape[1] == 1 else sum(faces[:, i:i + 1] * share for i, share in enumerate(LUMA.flatten().tolist()))
        if list(faces.shape[2:]) == size:
            return faces
        rows, columns = (resampling(int(given), new).to(faces.device) for given, new in zip(faces.shape[2:], size))
        return (faces.transpose(2, 3) @ rows.T).transpose(2, 3) @ columns.T


def resampling(given, new):
    """[new, given]: what bilinear resizing does to a row or a column."""
    return F.interpolate(torch.eye(given).unsqueeze(0), size=new, mode="linear", align_corners=False)[0].T


class Adapted(nn.Module):
    """A network of faces of another shape [C, H, W] than those that are shown to it."""

    def __init__(self, network, shape):
        super().__init__()
        self.before, self.network = AsShape(shape), network
        self.memory_format = network.memory_format

    def forward(self, faces):
        return self.network(self.before(faces))
