"""Augmentation of whole batches, on the CPU or a GPU, with PyTorch's own random numbers: what a robot's camera and detector vary.

Training faces are stored as patches: the nominal crop in the middle and CONTEXT times its side round it, so that
shifting, scaling and turning the crop shows what was really there.
"""
from dataclasses import asdict, dataclass
from functools import lru_cache
from math import cos, log1p, pi, sqrt

import torch
import torch.nn.functional as F

CONTEXT = 1.5


@dataclass(frozen=True)
class AugmentConfig:
    """What a configuration file says under `augment`. Lengths are fractions of the crop's side; ± ranges, uniform."""

    shift: float = 0.1          # detector jitter, each axis
    scale: float = 0.12         # detector jitter, ratio (e.g. 0.12: 1/1.12 to 1.12)
    larger: float = 0.0         # the same for crops that are too large, where it is more than `scale`
    rotation: float = 12.0      # degrees
    stretch: float = 0.05       # aspect ratio
    contrast: float = 0.4       # ratio 1 - c to 1 + c
    brightness: float = 0.3     # of the range [-1, 1]
    gamma: float = 0.5          # exponent 2^-g to 2^g
    cutout: float = 0.3         # probability of a hidden square
    cutout_side: float = 0.33   # its greatest side
    downscale: float = 0.15        # probability of a low-resolution face
    noise: float = 0.04         # greatest standard deviation of pixel noise
    jpeg: float = 0.15          # probability of a face that was compressed hard
    # Of faces in colour:
    tint: float = 0.15          # white balance: ratio 1 - t to 1 + t of each channel
    saturation: float = 0.4     # ratio 1 - s to 1 + s
    grey: float = 0.15          # probability of a face without colour, as an infrared camera sees it

    def scaled(self, factor):
        """All ranges and probabilities times a factor."""
        return AugmentConfig(**{name: value * factor for name, value in asdict(self).items()})


def uniform(faces, low, high):
    """[N] numbers, one for each face, on the faces' device."""
    return torch.rand(len(faces), device=faces.device) * (high - low) + low


def spread(faces, size):
    """Uniform in [-size, size]."""
    return uniform(faces, -size, size)


def chance(faces, probability):
    """[N, 1, 1, 1] bool: which faces are chosen."""
    return (uniform(faces, 0, 1) < probability).view(-1, 1, 1, 1)


def planes(pictures):
    """Grey [N, H, W] or BGR [N, H, W, 3] -> [N, C, H, W]."""
    return pictures.unsqueeze(1) if pictures.dim() == 3 else pictures.permute(0, 3, 1, 2)


def sample_crops(patches, size, config):
    """Patches [N, P, P] or [N, P, P, 3] uint8 -> jittered, turned, mirrored crops [N, C, size, size] in [-1, 1]."""
    # In the coordinates of grid_sample, where a patch reaches from -1 to 1, a crop reaches 1 / CONTEXT from its centre.
    zoom = torch.exp(uniform(patches, -log1p(config.scale), log1p(max(config.scale, config.larger)))) / CONTEXT
    stretch = torch.exp(spread(patches, config.stretch))
    mirror = torch.where(uniform(patches, 0, 1) < 0.5, -1.0, 1.0)
    angle = spread(patches, config.rotation * pi / 180)
    along, across = torch.cos(angle) * zoom, torch.sin(angle) * zoom
    shift = [spread(patches, 2 * config.shift / CONTEXT) for _ in range(2)]
    maps = torch.stack([along * mirror * stretch, -across, shift[0], across * mirror * stretch, along, shift[1]], 1)
    grid = F.affine_grid(maps.view(-1, 2, 3), (len(patches), 1, size, size), align_corners=False)
    faces = planes(patches).float() / 127.5 - 1
    return F.grid_sample(faces, grid, mode="bilinear", padding_mode="border", align_corners=False)


LUMA = torch.tensor([0.114, 0.587, 0.299]).view(1, 3, 1, 1)   # of blue, green, red


def luma(faces):
    """BGR [N, 3, H, W] -> grey [N, 1, H, W]."""
    return (faces * LUMA.to(faces.device)).sum(1, keepdim=True)


def colour(faces, config):
    """White balance and saturation of faces in colour; some are grey."""
    if faces.shape[1] == 1:
        return faces
    gains = 1 + (torch.rand(len(faces), 3, 1, 1, device=faces.device) * 2 - 1) * config.tint
    faces = ((faces + 1) * gains - 1).clamp(-1, 1)
    saturation = (1 + spread(faces, config.saturation)).view(-1, 1, 1, 1)
    saturation = torch.where(chance(faces, config.grey), torch.zeros_like(saturation), saturation)
    grey = luma(faces)
    return grey + (faces - grey) * saturation


def light(faces, config):
    """Gamma, contrast and brightness of each face."""
    column = (len(faces), 1, 1, 1)
    gamma = torch.exp2(spread(faces, config.gamma)).view(column)
    faces = ((faces + 1) / 2).clamp(1e-4, 1).pow(gamma) * 2 - 1
    mean = faces.mean((1, 2, 3), keepdim=True)
    contrast = 1 + spread(faces, config.contrast).view(column)
    return (faces - mean) * contrast + mean + spread(faces, config.brightness).view(column)


LOW_RESOLUTIONS = (0.35, 0.45, 0.55, 0.65, 0.8)  # of the crop's side


def downscale(faces, config):
    """Some faces as a small, far face looks after enlarging: each part of the batch from another resolution."""
    size = faces.shape[-1]
    enlarged = []
    for part, share in zip(faces.tensor_split(len(LOW_RESOLUTIONS)), LOW_RESOLUTIONS):
        low = F.interpolate(part, size=(int(share * size),) * 2, mode="area")
        enlarged.append(F.interpolate(low, size=(size, size), mode="bilinear", align_corners=False))
    return torch.where(chance(faces, config.downscale), torch.cat(enlarged), faces)


def cutout(faces, config):
    """Hides a square of some faces behind a random grey (DeVries and Taylor 2017, arXiv:1708.04552)."""
    size = faces.shape[-1]
    side = uniform(faces, 0.1, config.cutout_side) * size
    side *= uniform(faces, 0, 1) < config.cutout
    pixel = torch.arange(size, device=faces.device).float()
    inside = []
    for _ in range(2):
        centre = uniform(faces, 0, size)
        inside.append((pixel[None] - centre[:, None]).abs() < side[:, None] / 2)
    hidden = (inside[0][:, None, :, None] & inside[1][:, None, None, :])
    return torch.where(hidden, spread(faces, 1).view(-1, 1, 1, 1), faces)


# Annex K of the JPEG standard (ITU-T T.81): the steps of quality 50, of luma and of chroma.
LUMA_STEPS = torch.tensor([
    [16, 11, 10, 16, 24, 40, 51, 61], [12, 12, 14, 19, 26, 58, 60, 55], [14, 13, 16, 24, 40, 57, 69, 56],
    [14, 17, 22, 29, 51, 87, 80, 62], [18, 22, 37, 56, 68, 109, 103, 77], [24, 35, 55, 64, 81, 104, 113, 92],
    [49, 64, 78, 87, 103, 121, 120, 101], [72, 92, 95, 98, 112, 100, 103, 99]]).float()
CHROMA_STEPS = torch.full((8, 8), 99.0)
CHROMA_STEPS[:4, :4] = torch.tensor([[17, 18, 24, 47], [18, 21, 26, 66], [24, 26, 56, 99], [47, 66, 99, 99]])
DCT = torch.tensor([[sqrt((1 if k == 0 else 2) / 8) * cos(pi * k * (2 * n + 1) / 16) for n in range(8)] for k in range(8)])


# Luma, blue and red chroma (JFIF) of blue, green and red.
YCC = torch.cat([LUMA.view(1, 3), torch.tensor([[0.5, -0.3313, -0.1687], [-0.0813, -0.4187, 0.5]])])


@lru_cache(maxsize=None)
def jpeg_tables(device):
    return torch.stack([LUMA_STEPS, CHROMA_STEPS, CHROMA_STEPS]).to(device), DCT.to(device)


def jpeg(faces, quality):
    """Faces [N, C, S, S] in [-1, 1], S a multiple of 8, as they come out of a JPEG of quality [N], 1 to 50 (of libjpeg's scale). Colours
    are coded as luma and two chromas, these at the full resolution."""
    count, channels, size, _ = faces.shape
    steps_of_50, dct = jpeg_tables(faces.device)
    steps = (steps_of_50[:channels] * (50 / quality).view(-1, 1, 1, 1)).round().clamp(1, 255)[:, :, None, None]
    coded = faces.clamp(-1, 1) if channels == 1 else mixed(faces.clamp(-1, 1), YCC)
    blocks = (coded * 127.5).view(count, channels, size // 8, 8, size // 8, 8).transpose(3, 4)
    coefficients = (dct @ blocks @ dct.T / steps).round() * steps
    pixels = (dct.T @ coefficients @ dct).transpose(3, 4).reshape(faces.shape) / 127.5
    return (pixels if channels == 1 else mixed(pixels, torch.linalg.inv(YCC))).clamp(-1, 1)


def mixed(faces, matrix):
    """Each pixel [3] times a matrix [3, 3]."""
    return torch.einsum("oc,nchw->nohw", matrix.to(faces.device), faces)


def compress(faces, config):
    """Some faces as they come out of a JPEG of quality 10 to 50."""
    return torch.where(chance(faces, config.jpeg), jpeg(faces, uniform(faces, 10, 50)), faces)


def augment(patches, size, config):
    """Patches [N, P, P] or [N, P, P, 3] uint8 -> training faces [N, C, size, size] in [-1, 1]."""
    faces = sample_crops(patches, size, config)
    faces = downscale(faces, config)
    faces = light(colour(faces, config), config)
    faces = cutout(faces, config)
    faces = faces + uniform(faces, 0, config.noise).view(-1, 1, 1, 1) * torch.randn_like(faces)
    return compress(faces, config).clamp(-1, 1)


def mix(faces, rows, share):
    """Mixes a share of the faces with their neighbours in the batch (mixup, Zhang et al. 2018, arXiv:1710.09412).

    The batch is in random order; the ratios are drawn evenly. Returns the faces [N, C, S, S] and whose they are:
    [(rows [N], share of each face [N]), ...].
    """
    own = torch.ones(len(faces), device=faces.device)
    if share == 0:
        return faces, [(rows, own)]
    own = torch.where(uniform(faces, 0, 1) < share, uniform(faces, 0, 1), own)
    part = own.view(-1, 1, 1, 1)
    return part * faces + (1 - part) * faces.roll(1, 0), [(rows, own), (rows.roll(1, 0), 1 - own)]
