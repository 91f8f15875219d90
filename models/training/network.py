"""The network: a mini-Xception (Arriaga et al. 2017, arXiv:1710.07557) for faces, grey or in colour.

A short stem of plain convolutions, then residual stages of two depthwise-separable convolutions each, with an optional
squeeze-and-excitation gate (Hu et al. 2018, arXiv:1709.01507). Global average pooling and one linear layer give the
logits. Against the original: the stem halves the picture early, so that the stages are wide where they are cheap.
"""
from dataclasses import dataclass

import torch
from torch import nn
import torch.nn.functional as F


@dataclass(frozen=True)
class NetworkConfig:
    """What a configuration file says under `network`. A layer is [channels, stride]."""

    stem: tuple = ((16, 1), (32, 2))             # plain convolutions
    stages: tuple = ((64, 2), (88, 2), (88, 1))  # residual stages
    squeeze: object = 8                          # reduction of the squeeze-and-excitation gate, of all stages or [of each]; 0: no gate
    dropout: float = 0.2                         # before the linear layer
    normalise: bool = True                       # each face to mean 0 and deviation 1 first: light and exposure don't matter
    plain: bool = False                          # stages of plain 3x3 convolutions: many times the parameters
    pool: bool = True                            # separable stages halve the picture by max pooling; else by their last convolution's stride, which is faster

    @staticmethod
    def from_dict(values):
        return NetworkConfig(**{k: tuple(map(tuple, v)) if k in ("stem", "stages") else v for k, v in values.items()})

    @property
    def squeezes(self):
        """Of each stage."""
        return [self.squeeze] * len(self.stages) if isinstance(self.squeeze, int) else self.squeeze


def conv_bn(inputs, outputs, kernel, stride=1):
    """Convolution without bias, then batch norm; the two become one convolution in the exported graph."""
    return [nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False), nn.BatchNorm2d(outputs)]


class Separable(nn.Sequential):
    """Depthwise 3x3, pointwise 1x1, batch norm."""

    def __init__(self, inputs, outputs, stride=1):
        super().__init__(nn.Conv2d(inputs, inputs, 3, stride, 1, groups=inputs, bias=False), *conv_bn(inputs, outputs, 1))


class Plain(nn.Sequential):
    """3x3 convolution, batch norm."""

    def __init__(self, inputs, outputs, stride=1):
        super().__init__(*conv_bn(inputs, outputs, 3, stride))


class SqueezeExcitation(nn.Module):
    """Scales each channel by a gate computed from all channels' means."""

    def __init__(self, channels, reduction):
        super().__init__()
        self.down = nn.Conv2d(channels, channels // reduction, 1)
        self.up = nn.Conv2d(channels // reduction, channels, 1)

    def gate(self, x):
        """[N, C, 1, 1], from 0 to 1."""
        return torch.sigmoid(self.up(F.relu(self.down(F.adaptive_avg_pool2d(x, 1)))))

    def forward(self, x):
        return x * self.gate(x)


class Stage(nn.Module):
    """relu(gate(pool(separable(relu(separable(x))))) + shortcut(x)); no pooling where the stride is 1.

    Without pooling the second convolution has the stride; of plain convolutions it is the first.
    """

    def __init__(self, inputs, outputs, stride, squeeze, plain=False, pool=True):
        super().__init__()
        self.first = Plain(inputs, outputs, stride) if plain else Separable(inputs, outputs)
        self.second = Plain(outputs, outputs) if plain else Separable(outputs, outputs, 1 if pool else stride)
        self.pool = nn.MaxPool2d(3, stride, padding=1) if stride > 1 and pool and not plain else nn.Identity()
        self.gate = SqueezeExcitation(outputs, squeeze) if squeeze else nn.Identity()
        same = stride == 1 and inputs == outputs
        self.shortcut = nn.Identity() if same else nn.Sequential(*conv_bn(inputs, outputs, 1, stride))

    def inner(self, x):
        """What the gate gets."""
        return self.pool(self.second(F.relu(self.first(x), inplace=True)))

    def forward(self, x):
        return F.relu(self.gate(self.inner(x)) + self.shortcut(x), inplace=True)

    def without_gate(self, x):
        """The same stage without its gate, which becomes its mean over what comes in [N, C, H, W]: a scale of its last batch norm."""
        norm, mean = self.second[-1], self.gate.gate(self.inner(x)).mean((0, 2, 3))
        norm.weight.mul_(mean)
        norm.bias.mul_(mean)
        self.gate = nn.Identity()


class Normalise(nn.InstanceNorm2d):
    """Each face to a mean of 0 and a standard deviation of 1, over all its channels together; a plain wall stays near 0."""

    def __init__(self, channels=1):
        super().__init__(1, eps=1e-3)
        self.channels = channels

    def forward(self, face):
        if self.channels == 1:
            return super().forward(face)
        _, channels, height, width = map(int, face.shape)     # numbers, so that the exported graph doesn't compute them
        one_below_the_other = face.reshape(-1, channels * height, width).unsqueeze(1)
        return super().forward(one_below_the_other).reshape(-1, channels, height, width)


class FixedPReLU(nn.Module):
    """Below zero each channel is multiplied by a slope of its own, of at most 1, which doesn't learn.

    Written as a maximum, since ONNX Runtime 1.31.1 takes three times as long for its PRelu.
    """

    def __init__(self, channels):
        super().__init__()
        self.register_buffer("slopes", torch.full((channels,), 0.25))

    def forward(self, x):
        if self.training:
            return Sloped.apply(x, self.slopes.to(x.dtype).view(1, -1, 1, 1))
        return torch.maximum(x, self.slopes.to(x.dtype).view(1, -1, 1, 1) * x)


class Sloped(torch.autograd.Function):
    """Parametric ReLU of steps that PyTorch has fast in half precision: a fifth of the time of its own."""

    @staticmethod
    def forward(context, x, slopes):
        context.save_for_backward(x, slopes)
        above = torch.relu(x)
        return torch.sub(x, above).mul_(slopes).add_(above)

    @staticmethod
    def backward(context, gradient):
        x, slopes = context.saved_tensors
        above = torch.ops.aten.threshold_backward(gradient, x, 0)
        return torch.sub(gradient, above).mul_(slopes).add_(above), None


class MiniXception(nn.Module):
    """Faces [N, C, H, W] in [-1, 1] -> logits [N, classes]."""

    memory_format = torch.channels_last     # twice as fast in training as the default

    def __init__(self, classes, config=NetworkConfig(), channels=1):
        super().__init__()
        self.normalise = Normalise(channels) if config.normalise else nn.Identity()
        layers = []
        for width, stride in config.stem:
            layers += [*conv_bn(channels, width, 3, stride), nn.ReLU(inplace=True)]
            channels = width
        for (width, stride), squeeze in zip(config.stages, config.squeezes, strict=True):
            layers.append(Stage(channels, width, stride, squeeze, config.plain, config.pool))
            channels = width
        self.features = nn.Sequential(*layers)
        self.dropout = nn.Dropout(config.dropout)
        self.classifier = nn.Linear(channels, classes)

    def forward(self, x):
        features = self.features(self.normalise(x))
        return self.classifier(self.dropout(F.adaptive_avg_pool2d(features, 1).flatten(1)))


def parameter_count(network):
    """Learnt numbers, batch-norm scales and shifts included."""
    return sum(p.numel() for p in network.parameters())


def multiply_adds(network, shape):
    """Multiply-adds of all convolutions and linear layers for one face [C, H, W]."""
    total = 0

    def count(module, _inputs, output):
        nonlocal total
        positions = output[0, 0].numel() if isinstance(module, nn.Conv2d) else 1
        total += positions * module.weight.numel()

    layers = [m for m in network.modules() if isinstance(m, (nn.Conv2d, nn.Linear))]
    hooks = [layer.register_forward_hook(count) for layer in layers]
    training = network.training
    with torch.no_grad():
        network.eval()(torch.zeros(1, *shape))
    network.train(training)
    for hook in hooks:
        hook.remove()
    return total
