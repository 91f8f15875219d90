"""The start from ImageNet: the first stages of a published ResNet-18 (situations/resnet.py) as features of a network for faces.

A face of 48 pixels is small for a network that halves its picture twice before its first block. It is as if the face were enlarged to
96: enlarging and the stem's convolution of stride 2 are linear, and one after the other they are one convolution of 5x5 pixels and
stride 1 on the small face. Nothing is enlarged.
"""
import importlib.util
from pathlib import Path

import torch
from torch import nn

from restore import in_order, unfold

GREY_LEVELS = 60.0   # of ImageNet's pictures, for one deviation of a normalised face

# [5, 7]: how much of each pixel in the small face is in seven neighbours of the one enlarged to twice its size, bilinearly.
ENLARGED = torch.tensor([
    [0.75, 0.25, 0, 0, 0, 0, 0],
    [0.25, 0.75, 0.75, 0.25, 0, 0, 0],
    [0, 0, 0.25, 0.75, 0.75, 0.25, 0],
    [0, 0, 0, 0, 0.25, 0.75, 0.75],
    [0, 0, 0, 0, 0, 0, 0.25]])


def published():
    """situations/resnet.py: as a module by its path, since the two folders have modules of the same names."""
    path = Path(__file__).parent / "situations" / "resnet.py"
    spec = importlib.util.spec_from_file_location("situations_resnet", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def start_from_imagenet(network, faces, source=None):
    """Fills the features of a network whose stages are a ResNet-18's first ones; the classifier stays fresh.

    faces [N, 1, S, S] in [-1, 1]: give the batch norms' statistics; source: (weight, bias) of each convolution, as the package has
    them where it is left out.
    """
    if source is None:
        resnet = published()
        source = [(layer.weight, layer.bias) for layer in resnet.in_order(resnet.read())]
    layers = in_order(network, faces[:1], (nn.Conv2d, nn.BatchNorm2d))
    convolutions, norms = layers[::2], layers[1::2]
    network.eval()
    with torch.no_grad():
        for index, (convolution, norm, (weight, bias)) in enumerate(zip(convolutions, norms, source)):
            if index == 0:
                weight = grey(weight, convolution.kernel_size[0])
            if weight.shape != convolution.weight.shape:
                raise ValueError(f"Convolution {index} of the network is {list(convolution.weight.shape)}, ResNet-18's is {list(weight.shape)}: "
                                 "its stages must be [64, 1], [64, 1], [128, 2], [128, 1], ...")
            convolution.weight.copy_(weight)
            unfold(norm, convolution, bias, network, faces)
    return network


def grey(weight, kernel):
    """The stem's weight for BGR pixels [64, 3, 7, 7] as one for normalised grey faces, of a kernel of 7 (stride 2) or 5 (stride 1)."""
    weight = weight.sum(1, keepdim=True) * GREY_LEVELS
    return ENLARGED @ weight @ ENLARGED.T if kernel == 5 else weight
