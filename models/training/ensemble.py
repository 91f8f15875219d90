"""Several networks as one: the mean of their logits for the heads that they share."""
import torch
from torch import nn

from heads import columns_of


class Ensemble(nn.Module):
    """Faces [N, 1, H, W] in [-1, 1] -> the mean of the members' logits [N, columns]."""

    memory_format = torch.channels_last

    def __init__(self, members, columns):
        """columns: for each member, which of its logits count."""
        super().__init__()
        self.members = nn.ModuleList(members)
        self.columns = list(columns)

    def forward(self, x):
        first, *others = (member(x)[:, part] for member, part in zip(self.members, self.columns))
        return sum(others, first) / len(self.members)


def ensemble(models, attribute):
    """Of networks with their heads, [(network, heads)], for one attribute."""
    return Ensemble([network for network, _ in models], [columns_of(attribute, heads) for _, heads in models])
