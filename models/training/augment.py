"""Augmentation of whole batches on tensors: what a robot's camera and detector vary.

Training faces are stored as patches: the nominal crop in the middle and CONTEXT times its side round it, so that
shifting, scaling and turning the crop shows what was really there.
"""
from dataclasses import asdict, dataclass
from math import log1p, pi

import cv2
import numpy as np
import torch
import torch.nn.functional as F

CONTEXT = 1.5


@dataclass(frozen=True)
class AugmentConfig:
    """What a configuration file says under `augment`. Lengths are fractions of the crop's side; ± ranges, uniform."""

    shift: float = 0.1          # detector jitter, each axis
    scale: float = 0.12         # detector jitter, ratio (e.g. 0.12: 1/1.12 to 1.12)
    rotation: float = 12.0      # degrees
    stretch: float = 0.05       # aspect ratio
    contrast: float = 0.4       # ratio 1 - c to 1 + c
    brightness: float = 0.3     # of the range [-1, 1]
    gamma: float = 0.5          # exponent 2^-g to 2^g
    cutout: float = 0.3         # probability of a hidden square
    cutout_side: float = 0.33   # its greatest side
    soften: float = 0.15        # probability of a low-resolution face
    noise: float = 0.04         # greatest standard deviation of pixel noise
    jpeg: float = 0.15          # probability of a face that was compressed hard

    def scaled(self, factor):
        """All ranges and probabilities times a factor."""
        return AugmentConfig(**{name: value * factor for name, value in asdict(self).items()})


def uniform(count, low, high, generator):
    return torch.rand(count, generator=generator) * (high - low) + low


def spread(count, size, generator):
    """Uniform in [-size, size]."""
    return uniform(count, -size, size, generator)


def sample_crops(patches, size, config, generator):
    """Patches [N, P, P] uint8 -> jittered, turned, mirrored crops [N, 1, size, size] in [-1, 1]."""
    count, side = len(patches), patches.shape[1]
    zoom = torch.exp(spread(count, 1, generator) * log1p(config.scale)) * (side / CONTEXT / size)
    stretch = torch.exp(spread(count, config.stretch, generator))
    mirror = torch.where(torch.rand(count, generator=generator) < 0.5, -1.0, 1.0)
    angle = spread(count, config.rotation * pi / 180, generator)
    cos, sin = torch.cos(angle) * zoom, torch.sin(angle) * zoom
    turn = torch.stack([cos * mirror * stretch, -sin, sin * mirror * stretch, cos], 1).view(count, 2, 2)
    shift = torch.stack([spread(count, config.shift * side / CONTEXT, generator) for _ in range(2)], 1)
    # A crop's pixel c comes from turn * (c - its centre) + (the patch's centre + shift).
    offset = (side - 1) / 2 + shift - turn.sum(2) * (size - 1) / 2
    maps = torch.cat([turn, offset.unsqueeze(2)], 2).numpy()
    crops = np.stack([
        cv2.warpAffine(patch, matrix, (size, size), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
                       borderMode=cv2.BORDER_REPLICATE)
        for patch, matrix in zip(patches.numpy(), maps)])
    return torch.from_numpy(crops).unsqueeze(1).float() / 127.5 - 1


def light(faces, config, generator):
    """Gamma, contrast and brightness of each face."""
    column = (len(faces), 1, 1, 1)
    gamma = torch.exp2(spread(len(faces), config.gamma, generator)).view(column)
    faces = ((faces + 1) / 2).clamp(1e-4, 1).pow(gamma) * 2 - 1
    mean = faces.mean((2, 3), keepdim=True)
    contrast = 1 + spread(len(faces), config.contrast, generator).view(column)
    return (faces - mean) * contrast + mean + spread(len(faces), config.brightness, generator).view(column)


def soften(faces, config, generator):
    """Some faces as a small, far face looks after enlarging."""
    chosen = torch.rand(len(faces), generator=generator) < config.soften
    if chosen.any():
        size = faces.shape[-1]
        small = int(uniform(1, 0.35, 0.8, generator).item() * size)
        low = F.interpolate(faces[chosen], size=(small, small), mode="area")
        faces[chosen] = F.interpolate(low, size=(size, size), mode="bilinear", align_corners=False)
    return faces


def cutout(faces, config, generator):
    """Hides a square of some faces behind a random grey (DeVries and Taylor 2017, arXiv:1708.04552)."""
    count, _, size, _ = faces.shape
    side = uniform(count, 0.1, config.cutout_side, generator) * size
    side *= torch.rand(count, generator=generator) < config.cutout
    pixel = torch.arange(size).float()
    inside = []
    for _ in range(2):
        centre = uniform(count, 0, size, generator)
        inside.append((pixel[None] - centre[:, None]).abs() < side[:, None] / 2)
    hidden = (inside[0][:, None, :, None] & inside[1][:, None, None, :])
    return torch.where(hidden, spread(count, 1, generator).view(-1, 1, 1, 1), faces)


def compress(faces, config, generator):
    """Some faces as they come out of a JPEG of quality 10 to 50."""
    chosen = (torch.rand(len(faces), generator=generator) < config.jpeg).nonzero().flatten()
    quality = torch.randint(10, 51, (len(chosen),), generator=generator).tolist()
    for index, percent in zip(chosen.tolist(), quality):
        pixels = ((faces[index, 0].clamp(-1, 1) + 1) * 127.5).round().to(torch.uint8).numpy()
        _, file = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, percent])
        faces[index, 0] = torch.from_numpy(cv2.imdecode(file, cv2.IMREAD_GRAYSCALE)).float() / 127.5 - 1
    return faces


def augment(patches, size, config, generator):
    """Patches [N, P, P] uint8 -> training faces [N, 1, size, size] in [-1, 1]."""
    faces = sample_crops(patches, size, config, generator)
    faces = soften(faces, config, generator)
    faces = light(faces, config, generator)
    faces = cutout(faces, config, generator)
    deviation = uniform(len(faces), 0, config.noise, generator).view(-1, 1, 1, 1)
    faces = faces + deviation * torch.randn(faces.shape, generator=generator)
    return compress(faces, config, generator).clamp(-1, 1)
