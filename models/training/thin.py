"""A faster mini-Xception from a trained one of the same layers: with fewer gates, and with the channels of its stages that matter most.

Whether stages pool or have a stride makes no difference to their weights. What is lost comes back with training.
"""
import copy

import torch
from torch import nn
import torch.nn.functional as F

from network import Plain, SqueezeExcitation, Stage


@torch.no_grad()
def fill(network, other, faces):
    """Fills `network` from `other`; what they do to faces [N, 1, S, S] tells what matters. Of a gate that the network lacks its mean is taken. Of
    channels those are kept whose standard deviation, times the norm of the weights that read them, is greatest. The classifier stays fresh, but where
    both are asked for the same."""
    other = copy.deepcopy(other).eval()
    if any(isinstance(layer, Stage) and isinstance(layer.first, Plain) for layer in other.features):
        raise ValueError("A network of plain convolutions starts only from one with the same stages.")
    inside, outside = look(other, network, faces)
    stages = [(own, given) for own, given in zip(network.features, other.features, strict=True) if isinstance(own, Stage)]
    chosen = choose([given for _, given in stages], [own for own, _ in stages], outside, other.classifier)
    for own, given in zip(network.features, other.features):
        if not isinstance(own, Stage):
            own.load_state_dict(given.state_dict())
    kept = torch.arange(stages[0][0].first[0].in_channels)
    for index, (own, given) in enumerate(stages):
        if type(own.shortcut) is not type(given.shortcut):
            raise ValueError(f"Stage {index} has a convolution as its shortcut in one of the networks only: give it as many channels as come in, or not.")
        within = most(deviation(inside[index]) * reads(given.second), len(own.second[0].weight))
        take_separable(own.first, given.first, within, kept)
        take_separable(own.second, given.second, chosen[index], within)
        if not isinstance(own.shortcut, nn.Identity):
            take(own.shortcut[0], given.shortcut[0], chosen[index], kept)
            take(own.shortcut[1], given.shortcut[1], chosen[index])
        if isinstance(own.gate, SqueezeExcitation):
            hidden = most(norms(given.gate.down.weight, 0) * norms(given.gate.up.weight, 1), len(own.gate.down.weight))
            take(own.gate.down, given.gate.down, hidden, chosen[index])
            take(own.gate.up, given.gate.up, chosen[index], hidden)
        kept = chosen[index]
    if len(network.classifier.weight) == len(other.classifier.weight):
        take(network.classifier, other.classifier, torch.arange(len(other.classifier.weight)), kept)


def look(other, network, faces):
    """What comes out of the first half of each stage and of each stage. Gates that the network lacks are taken out on the way."""
    x, inside, outside = other.normalise(faces), [], []
    for own, layer in zip(network.features, other.features, strict=True):
        after = layer(x)
        if isinstance(layer, Stage):
            inside.append(F.relu(layer.first(x)))
            outside.append(after)
            if isinstance(own.gate, nn.Identity) and isinstance(layer.gate, SqueezeExcitation):
                layer.without_gate(x)
        x = after
    return inside, outside


def choose(given, own, outside, classifier):
    """Of each stage the channels to keep. Stages whose shortcut changes nothing have the channels of the one before."""
    matters, starts = [], []
    for index, stage in enumerate(given):
        if index + 1 < len(given):
            reader = reads(given[index + 1].first)
            if not isinstance(given[index + 1].shortcut, nn.Identity):
                reader = torch.hypot(reader, norms(given[index + 1].shortcut[0].weight, 1))
        else:
            reader = norms(classifier.weight, 1)
        matter = deviation(outside[index]) * reader
        matter = matter / matter.mean()
        if starts and isinstance(stage.shortcut, nn.Identity):
            matters[starts[-1]] += matter
            starts.append(starts[-1])
        else:
            starts.append(index)
        matters.append(matter)
    return [most(matters[start], len(stage.second[1].weight)) for start, stage in zip(starts, own)]


def deviation(x):
    """[C]: of each channel of [N, C, H, W]."""
    return x.std((0, 2, 3))


def norms(weight, axis):
    """The norms of a weight's parts along its output (0) or input (1) channels."""
    return weight.transpose(0, axis).flatten(1).norm(dim=1)


def reads(separable):
    """[C]: how strongly each channel is read."""
    return norms(separable[0].weight, 0) * norms(separable[1].weight, 1)


def most(matter, count):
    """The places of so many of the greatest, in their order."""
    return matter.topk(count).indices.sort().values


def take_separable(own, given, outputs, inputs):
    take(own[0], given[0], inputs)
    take(own[1], given[1], outputs, inputs)
    take(own[2], given[2], outputs)


def take(own, given, outputs, inputs=None):
    """The weights of a layer for some of its outputs and inputs."""
    for name, value in given.state_dict().items():
        if value.dim():
            value = value[outputs]
        if inputs is not None and name == "weight":
            value = value[:, inputs]
        own.state_dict()[name].copy_(value)
