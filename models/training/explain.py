"""Why a network answers what it answers: gradients of a class with respect to the face, as a graph of their own.

The backward pass is written out in layers that ONNX has, so that the node explains itself with ONNX Runtime alone:
guided back-propagation (Springenberg et al. 2015, arXiv:1412.6806), the plain gradient (Simonyan et al. 2014,
arXiv:1312.6034) and Grad-CAM (Selvaraju et al. 2017, arXiv:1610.02391).
"""
import copy
from unittest import mock

import torch
from torch import nn
import torch.nn.functional as F
from torch.nn.utils.fusion import fuse_conv_bn_eval

from ensemble import Ensemble
from mobilefacenet import Block
from network import FixedPReLU, Normalise, SqueezeExcitation, Stage

OUTPUTS = ["probabilities", "guided_gradient", "gradient", "class_activation"]


class Explained(nn.Module):
    """Faces [N, C, H, W] and a label each [N] (int64, counted over the labels of all heads) -> OUTPUTS.

    probabilities [N, labels]: of each head, side by side; guided_gradient and gradient [N, C, H, W]: of the label's logit
    with respect to the face; class_activation [N, h, w]: Grad-CAM on the last features, not negative.
    """

    def __init__(self, network, parts, temperatures):
        """parts: each head's columns of the logits; temperatures: each head's."""
        super().__init__()
        network = copy.deepcopy(network).eval()
        members = list(network.members) if isinstance(network, Ensemble) else [network]
        self.features = nn.ModuleList(nn.Sequential(member.normalise, fused(member.features)) for member in members)
        self.classifiers = nn.ModuleList(member.classifier for member in members)
        self.parts, self.temperatures = list(parts), list(temperatures)

    def forward(self, face, target):
        logits, guided, plain, activation = (sum(outputs) for outputs in zip(*self.of_members(face, target)))
        probabilities = torch.cat([torch.softmax(logits[:, part] / temperature, 1)
                                   for part, temperature in zip(self.parts, self.temperatures)], 1)
        return probabilities, guided, plain, F.relu(activation)

    def of_members(self, face, target):
        """What each network of an ensemble adds to the outputs."""
        count = len(self.features)
        for member, classifier in zip(self.features, self.classifiers):
            features, backward = forward(member, face)
            logits = classifier(features.mean((2, 3))) / count
            # The logit is linear in the features' means: its gradient there is the label's row of the weights.
            gradient = classifier.weight[target] / (features.shape[2] * features.shape[3] * count)
            gradient = gradient[:, :, None, None]
            start = gradient.expand_as(features)
            yield logits, backward(start, True), backward(start, False), (gradient * features).sum(1)


def fused(module):
    """The module with each batch norm folded into the convolution before it."""
    children = list(module.named_children())
    for (name, child), (next_name, following) in zip(children, children[1:] + [(None, None)]):
        if isinstance(child, nn.Conv2d) and isinstance(following, nn.BatchNorm2d):
            setattr(module, name, fuse_conv_bn_eval(child, following))
            setattr(module, next_name, nn.Identity())
    for child in module.children():
        fused(child)
    return module


def forward(module, x):
    """The module's output, and its backward pass: (gradient of the output, guided) -> gradient of the input."""
    for kind, rule in RULES.items():
        if isinstance(module, kind):
            return rule(module, x)
    raise TypeError(f"explain.py does not know how to go back through {type(module).__name__}: add a rule for it.")


def chain(modules, x):
    steps = []
    for module in modules:
        x, backward = forward(module, x)
        steps.append(backward)

    def backward(gradient, guided):
        for step in reversed(steps):
            gradient = step(gradient, guided)
        return gradient

    return x, backward


def identity(_, x):
    return x, lambda gradient, guided: gradient


def convolution(module, x):
    size = x.shape[2:]

    def backward(gradient, guided):
        missing = [int(size[i]) - ((int(gradient.shape[2 + i]) - 1) * module.stride[i] - 2 * module.padding[i]
                                   + module.kernel_size[i]) for i in (0, 1)]
        return F.conv_transpose2d(gradient, module.weight, None, module.stride, module.padding, missing, module.groups)

    return module(x), backward


def relu(_, x):
    y = F.relu(x)

    def backward(gradient, guided):
        # Guided: what speaks against the class is held back in every layer, not only in the first.
        return (F.relu(gradient) if guided else gradient) * (x > 0).to(x.dtype)

    return y, backward


def fixed_prelu(module, x):
    slopes = module.slopes.view(1, -1, 1, 1)

    def backward(gradient, guided):
        # Guided: as relu does where x is above 0; below, what little goes through is held back in the same way.
        return (F.relu(gradient) if guided else gradient) * torch.where(x > 0, torch.ones_like(slopes), slopes)

    return module(x), backward


def max_pool(module, x):
    """Windows that overlap: the gradient goes to the first of the greatest pixels of each window."""
    kernel, stride, padding = module.kernel_size, module.stride, module.padding
    y = module(x)
    height, width = int(x.shape[2]), int(x.shape[3])
    rows, columns = int(y.shape[2]), int(y.shape[3])
    padded = F.pad(x, [padding, padding + stride, padding, padding + stride], value=-1e30)
    windows = torch.stack([padded[:, :, i:i + stride * rows:stride, j:j + stride * columns:stride]
                           for i in range(kernel) for j in range(kernel)], 2)
    places = torch.arange(kernel * kernel).view(1, 1, -1, 1, 1)
    chosen = (windows.argmax(2, keepdim=True) == places).to(x.dtype)
    spread = torch.eye(kernel * kernel).view(kernel * kernel, 1, kernel, kernel)
    missing = [size - ((count - 1) * stride - 2 * padding + kernel) for size, count in ((height, rows), (width, columns))]

    def backward(gradient, guided):
        parts = (chosen * gradient[:, :, None]).reshape(-1, kernel * kernel, rows, columns)
        whole = F.conv_transpose2d(parts, spread, None, stride, padding, missing)
        return whole.reshape(-1, x.shape[1], height, width)

    return y, backward


def squeeze_excitation(module, x):
    means = x.mean((2, 3), keepdim=True)
    squeezed, back_down = forward(module.down, means)
    active, back_relu = relu(None, squeezed)
    excited, back_up = forward(module.up, active)
    gate = torch.sigmoid(excited)
    area = int(x.shape[2]) * int(x.shape[3])

    def backward(gradient, guided):
        through_gate = (gradient * x).sum((2, 3), keepdim=True) * gate * (1 - gate)
        through_means = back_down(back_relu(back_up(through_gate, guided), guided), guided) / area
        return gradient * gate + through_means

    return x * gate, backward


def stage(module, x):
    y, back = chain([module.first, nn.ReLU(), module.second, module.pool, module.gate], x)
    shortcut, back_shortcut = forward(module.shortcut, x)
    y, back_relu = relu(None, y + shortcut)

    def backward(gradient, guided):
        gradient = back_relu(gradient, guided)
        return back(gradient, guided) + back_shortcut(gradient, guided)

    return y, backward


def block(module, x):
    y, back = chain(module.layers, x)
    if not module.shortcut:
        return y, back
    return x + y, lambda gradient, guided: gradient + back(gradient, guided)


def normalise(module, x):
    centred = x - x.mean((1, 2, 3), keepdim=True)
    deviation = (centred.square().mean((1, 2, 3), keepdim=True) + module.eps).sqrt()
    y = centred / deviation

    def backward(gradient, guided):
        along = (gradient * y).mean((1, 2, 3), keepdim=True)
        return (gradient - gradient.mean((1, 2, 3), keepdim=True) - y * along) / deviation

    return y, backward


# Stage, Block and SqueezeExcitation before the containers that they are made of.
RULES = {
    Normalise: normalise,
    Stage: stage,
    Block: block,
    SqueezeExcitation: squeeze_excitation,
    nn.Sequential: chain,
    nn.Identity: identity,
    nn.Conv2d: convolution,
    nn.ReLU: relu,
    FixedPReLU: fixed_prelu,
    nn.MaxPool2d: max_pool,
}


class GuidedRelu(torch.autograd.Function):
    """As Springenberg et al. define it: only gradients above 0 go back, and only where the input was above 0."""

    @staticmethod
    def forward(context, x):
        context.save_for_backward(x)
        return x.clamp(min=0)

    @staticmethod
    def backward(context, gradient):
        x, = context.saved_tensors
        return gradient.clamp(min=0) * (x > 0)


class GuidedPReLU(torch.autograd.Function):
    """The same for a ReLU with slopes below 0."""

    @staticmethod
    def forward(context, x, slopes):
        slopes = slopes.view(1, -1, 1, 1)
        context.save_for_backward(x, slopes)
        return torch.where(x > 0, x, slopes * x)

    @staticmethod
    def backward(context, gradient):
        x, slopes = context.saved_tensors
        return gradient.clamp(min=0) * torch.where(x > 0, torch.ones_like(slopes), slopes), None


def gradient_of(network, face, target, guided):
    """The same gradients by PyTorch's autograd, to check the graph against: [N, C, H, W]."""
    relu_of_kind = (lambda x, inplace=False: GuidedRelu.apply(x)) if guided else F.relu
    prelu_of_kind = (lambda layer, x: GuidedPReLU.apply(x, layer.slopes)) if guided else FixedPReLU.forward
    face = face.clone().requires_grad_()
    with mock.patch.object(F, "relu", relu_of_kind), mock.patch.object(FixedPReLU, "forward", prelu_of_kind):
        logits = network(face)
    return torch.autograd.grad(logits.gather(1, target[:, None]).sum(), face)[0]
