"""A trained network as an ONNX file, checked against PyTorch, and as figures for the tests of other languages."""
import copy
import hashlib
import json
import warnings
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import nn

import compact
from explain import OUTPUTS, Explained, gradient_of
from heads import slices

OPSET = 13
TOLERANCE = 1e-4
ROUNDING = 3e-6    # what it amounts to after a few layers, as noise of the input
LEAST_TOLERANCE = 1e-5   # of recorded gradients
RECORDED_STEP = 6  # Pixels between those whose gradients are recorded.
FORMULA = "face[k][y][x] = sin(0.11 * (k + 1) * x + 0.7 * k) * cos(0.07 * (k + 2) * y - 0.3 * k)"


def load(network, folder):
    """The best epoch of a run, ready for inference; second: its number and score."""
    path = Path(folder) / "best.pt"
    if not path.is_file():
        raise FileNotFoundError(f"{path} is missing: train first (at least one epoch).")
    state = torch.load(path, map_location="cpu")
    network.load_state_dict(state["network"])
    return network.eval().to(memory_format=torch.contiguous_format), state


class Heads(nn.Module):
    """A network with one output for each head."""

    def __init__(self, network, heads):
        super().__init__()
        self.network = network
        self.parts = list(slices(heads))

    def forward(self, face):
        logits = self.network(face)
        return tuple(logits[:, part] for part in self.parts)


def export_onnx(network, heads, shape, path, float16=False):
    """Writes input `face` [N, *shape] -> one output [N, labels] of logits for each head, named as its attribute.

    Batch norm is folded into the convolutions; N is free. float16: keeps the weights of a network that compact.rounded gave as 16
    bits. Returns the file's SHA-256 in hex.
    """
    names = [head.attribute for head in heads]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Of sizes that become constants: they are constant, all but N.
        torch.onnx.export(
            Heads(network, heads).eval(), torch.zeros(1, *shape), str(path), opset_version=OPSET, do_constant_folding=True,
            input_names=["face"], output_names=names, dynamic_axes={name: {0: "N"} for name in ["face", *names]})
    difference = difference_to_pytorch(network, heads, shape, path)
    if difference > TOLERANCE:
        raise RuntimeError(f"{path} differs from PyTorch by {difference:.1e} (more than {TOLERANCE}).")
    if float16:
        compact.store_as_float16(path)
    return sha256_of(path)


def sha256_of(path):
    """Of a file, in hex."""
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def export_explanation(network, heads, shape, temperatures, path, float16=False):
    """Writes inputs `face` [N, *shape] and `target` [N] -> explain.OUTPUTS; returns the file's SHA-256 in hex."""
    dynamic = {name: {0: "N"} for name in ["face", "target", *OUTPUTS]}
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Of sizes that become constants: they are constant, all but N.
        torch.onnx.export(
            Explained(network, slices(heads), temperatures),
            (torch.zeros(2, *shape), torch.zeros(2, dtype=torch.int64)), str(path),
            opset_version=OPSET, do_constant_folding=True, input_names=["face", "target"], output_names=OUTPUTS,
            dynamic_axes=dynamic)
    if float16:
        compact.store_as_float16(path)
    return sha256_of(path)


def difference_to_pytorch(network, heads, shape, path):
    """Greatest difference of the logits between OpenCV's reading of the file and PyTorch, on the pattern faces."""
    faces = pattern_faces(4, shape)
    with torch.no_grad():
        expected = network(torch.from_numpy(faces)).numpy()
    graph = cv2.dnn.readNetFromONNX(str(path))
    answers = []
    for face in faces:
        graph.setInput(face[None])
        answers.append(np.concatenate([output[0] for output in graph.forward([head.attribute for head in heads])]))
    return float(np.abs(np.stack(answers) - expected).max())


def pattern_faces(count, shape):
    """Inputs that any language can make again: FORMULA, float64 rounded to float32, [count, *shape]; a channel's rows follow those of the one before."""
    channels, height, width = shape
    k = np.arange(count, dtype=np.float64)[:, None, None]
    y = np.arange(channels * height, dtype=np.float64)[None, :, None]
    x = np.arange(width, dtype=np.float64)[None, None, :]
    faces = np.sin(0.11 * (k + 1) * x + 0.7 * k) * np.cos(0.07 * (k + 2) * y - 0.3 * k)
    return faces.reshape(count, *shape).astype(np.float32)


def recorded(gradients):
    """The part of gradients [N, C, H, W] that is recorded: of the first channel, every few pixels."""
    return gradients[:, 0, ::RECORDED_STEP, ::RECORDED_STEP]


def gradient_noise(network, faces, target, guided):
    """[N]: by how much noise as small as float32's rounding changes a face's gradients, at most; [N]: the greatest of them; both of what is recorded.

    Where a unit is so near to its kink that rounding decides, no two implementations need agree.
    """
    network, faces = copy.deepcopy(network).double(), faces.double()
    generator = torch.Generator().manual_seed(0)
    expected = gradient_of(network, faces, target, guided)
    differences = [gradient_of(network, faces + ROUNDING * torch.randn(faces.shape, generator=generator, dtype=torch.float64), target, guided) - expected
                   for _ in range(6)]
    return torch.stack([recorded(values).abs() for values in differences]).amax((0, 2, 3)), recorded(expected).abs().amax((1, 2))


def record(network, heads, shape, name, sha256, temperatures, path, count=4):
    """PyTorch's answers to the first pattern faces, and autograd's gradients of the first head's most probable label, as JSON.

    The gradients are those of the pattern faces where gradient_noise is least beside them, their tolerances three times that, or LEAST_TOLERANCE.
    """
    faces = torch.from_numpy(pattern_faces(12 * count, shape))
    parts = list(slices(heads))
    with torch.no_grad():
        logits = network(faces).double()
    target = logits[:, parts[0]].argmax(1)
    logits = logits[:count]
    kinds = {"guided_gradient": True, "gradient": False}
    noise = {kind: gradient_noise(network, faces, target, guided) for kind, guided in kinds.items()}
    chosen = sum(most.clamp(min=LEAST_TOLERANCE / 3) / greatest for most, greatest in noise.values()).argsort()[:count].sort().values
    faces, target = faces[chosen], target[chosen]
    gradients = {kind: recorded(gradient_of(network, faces, target, guided)) for kind, guided in kinds.items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({
        "origin": f"PyTorch {torch.__version__}, models/training/export.py",
        "model": f"{name}.onnx",
        "sha256": sha256,
        "input": f"{FORMULA}, angles in radians, computed in float64 and rounded to float32; "
                 f"x = 0 ... {shape[2] - 1}, y = 0 ... {shape[0] * shape[1] - 1} (of all channels, one below the other), k = 0 ... {count - 1}; "
                 f"tensor [{count}, {shape[0]}, {shape[1]}, {shape[2]}]",
        "heads": [{
            "attribute": head.attribute,
            "labels": head.labels,
            "temperature": temperature,
            "logits": logits[:, part].numpy().round(6).tolist(),
            "probabilities": torch.softmax(logits[:, part] / temperature, 1).numpy().round(6).tolist(),
        } for head, part, temperature in zip(heads, parts, temperatures)],
        "gradient_faces": chosen.tolist(),
        "target": target.tolist(),
        "tolerances": {kind: (3 * most[chosen]).clamp(min=LEAST_TOLERANCE).numpy().round(6).tolist() for kind, (most, _) in noise.items()},
        "gradients": "of the gradient faces, k: of the target's logit with respect to the face's first channel, by autograd; "
                     f"x, y = 0, {RECORDED_STEP}, ... only",
        **{kind: values.double().numpy().round(6).tolist() for kind, values in gradients.items()},
    }, indent=1) + "\n")
