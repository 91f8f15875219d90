"""What a network can be asked: one head for each attribute, all heads side by side in one vector of logits."""
from dataclasses import dataclass

import numpy as np

AGE_STEP = 5                                     # years between two nodes of the age head
AGE_NODES = list(range(0, 101, AGE_STEP))


@dataclass(frozen=True)
class Head:
    """An attribute with its labels; a numeric one says which number each label stands for."""

    attribute: str
    labels: tuple
    values: tuple = None

    def __len__(self):
        return len(self.labels)

    @property
    def numeric(self):
        return self.values is not None


HEADS = {head.attribute: head for head in (
    Head("emotion", ("angry", "disgust", "fear", "happy", "sad", "surprise", "neutral")),
    Head("gender", ("female", "male")),
    Head("age", tuple(map(str, AGE_NODES)), tuple(map(float, AGE_NODES))),
)}


def slices(heads):
    """Where each head's logits lie in the network's output."""
    start = 0
    for head in heads:
        yield slice(start, start + len(head))
        start += len(head)


def columns_of(attribute, heads):
    """Where the logits of one of the heads lie."""
    return dict(zip((head.attribute for head in heads), slices(heads)))[attribute]


def years(ages):
    """Ages [N] in years -> targets [N, nodes]: shared between the two nodes beside the age, so that their mean is the age."""
    place = np.clip(np.asarray(ages, np.float32), 0, AGE_NODES[-1]) / AGE_STEP
    low = np.minimum(place.astype(int), len(AGE_NODES) - 2)
    targets = np.zeros((len(place), len(AGE_NODES)), np.float32)
    rows = np.arange(len(place))
    targets[rows, low] = 1 - (place - low)
    targets[rows, low + 1] = place - low
    return targets


# FairFace's bands of age in years; the last is open.
AGE_BANDS = ("0-2", "3-9", "10-19", "20-29", "30-39", "40-49", "50-59", "60-69", "more than 70")


def band_shares():
    """[bands, nodes]: the share of each node's hat function (as wide as a step on both sides) that lies in each band."""
    starts = [0, 3, 10, 20, 30, 40, 50, 60, 70, np.inf]
    below = np.array([[_hat_below(node, start) for node in AGE_NODES] for start in starts])
    shares = np.diff(below, axis=0)
    return (shares / shares.sum(0)).astype(np.float32)   # Nobody is younger than the first node: half of its hat


def _hat_below(node, x):
    """The share of a node's hat function that lies below x."""
    t = np.clip((x - node) / AGE_STEP, -1, 1)
    return 0.5 + t - np.sign(t) * t * t / 2


def bands(names):
    """FairFace's band names [N] -> membership [N, nodes]: what share of each node the band holds; not a distribution."""
    return band_shares()[[AGE_BANDS.index(name) for name in names]]
