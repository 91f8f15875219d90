"""The trained networks as two ONNX files: encoder and decoder, each checked against PyTorch where ONNX Runtime is at hand.

Weights are kept as 8-bit whole numbers with a scale for each output (encoder) or as 16-bit floats (decoder); ONNX Runtime makes
32-bit floats of them when it loads the file, and computes with these.
"""
import hashlib
import json
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn

import small

OPSET = 13
SMALL = 4096  # Weights of fewer numbers stay as they are.


class Encoder(nn.Module):
    """Pixels BGR 0 ... 255 [N, 3, 224, 224] to all that decoder and robot need of a picture."""

    OUTPUTS = ("keys", "values", "hidden", "cell", "danger", "danger_maps")

    def __init__(self, trunk, top, captioner, danger, people_trunk, people):
        """danger: of the trunk's grid; people: the one of people_trunk's."""
        super().__init__()
        self.trunk, self.top, self.captioner, self.danger = trunk, top, captioner, danger
        self.people_trunk, self.people = people_trunk, people

    def forward(self, image):
        grid = self.trunk(image)
        keys, values, h, c = self.captioner.see(self.top(grid))
        maps = self.danger.maps(grid) + self.people.maps(self.people_trunk(image))
        return keys, values, h, c, maps.mean((2, 3)) + self.danger.answer.bias + self.people.answer.bias, maps


class Decoder(nn.Module):
    """A word further: token [N], states [N, hidden], keys and values [N, cells, hidden]."""

    INPUTS = ("token", "hidden", "cell", "keys", "values")
    OUTPUTS = ("log_probabilities", "next_hidden", "next_cell", "attention")

    def __init__(self, captioner):
        super().__init__()
        self.captioner = captioner

    def forward(self, token, hidden, cell, keys, values):
        net = self.captioner
        seen, where = self.attend(hidden, keys, values)
        inputs = torch.cat([net.embed(token), seen], 1)
        gates = (nn.functional.linear(inputs, net.cell.weight_ih, net.cell.bias_ih + net.cell.bias_hh)
                 + nn.functional.linear(hidden, net.cell.weight_hh))
        keep, forget, new, out = gates.chunk(4, 1)
        next_cell = torch.sigmoid(forget) * cell + torch.sigmoid(keep) * torch.tanh(new)
        next_hidden = torch.sigmoid(out) * torch.tanh(next_cell)
        output = torch.tanh(net.combine(torch.cat([next_hidden, seen], 1)))
        return torch.log_softmax(net.word(output), 1), next_hidden, next_cell, where

    def attend(self, state, keys, values):
        net, cells = self.captioner, keys.shape[1]
        split = net.hidden // net.heads
        query = net.query(state).view(-1, 1, net.heads, split)
        weights = torch.softmax((query * keys.view(-1, cells, net.heads, split)).sum(3) * split ** -0.5, 1)
        seen = (weights.unsqueeze(3) * values.view(-1, cells, net.heads, split)).sum(1)
        return seen.flatten(1), weights.mean(2)


def write_encoder(encoder, path):
    """The encoder's file; gives its SHA-256. Its weights are rounded as they are in the file."""
    round_weights(encoder)
    image = torch.rand(2, 3, 224, 224) * 255
    axes = {name: {0: "N"} for name in ("image", *Encoder.OUTPUTS)}
    torch.onnx.export(encoder.eval(), image, str(path), opset_version=OPSET, input_names=["image"], output_names=list(Encoder.OUTPUTS),
                      dynamic_axes=axes, do_constant_folding=True)
    return shrink(path)


def write_decoder(captioner, path, cells=49):
    """The decoder's file; gives its SHA-256. Its weights are rounded as they are in the file."""
    round_weights(captioner)
    size = captioner.hidden
    inputs = (torch.zeros(2, dtype=torch.int64), torch.rand(2, size), torch.rand(2, size), torch.rand(2, cells, size), torch.rand(2, cells, size))
    axes = {name: {0: "N"} for name in (*Decoder.INPUTS, *Decoder.OUTPUTS)}
    torch.onnx.export(Decoder(captioner).eval(), inputs, str(path), opset_version=OPSET, input_names=list(Decoder.INPUTS),
                      output_names=list(Decoder.OUTPUTS), dynamic_axes=axes, do_constant_folding=True)
    return shrink(path)


def write_small(trunk, slim, ranges, heads, path):
    """The small encoder's file; gives its SHA-256."""
    round_weights(heads)
    axes = {name: {0: "N"} for name in ("grid", *Encoder.OUTPUTS)}
    with tempfile.TemporaryDirectory() as folder:
        part = Path(folder) / "heads.onnx"
        torch.onnx.export(heads.eval(), torch.rand(2, 512, 7, 7), str(part), opset_version=OPSET, input_names=["grid"],
                          output_names=list(Encoder.OUTPUTS), dynamic_axes=axes, do_constant_folding=True)
        shrink(part)
        small.write(trunk, slim, ranges, part, path, OPSET)
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def is_convolution(value):
    """Whether a weight is kept in eight bits."""
    return value.ndim == 4 and value.shape[0] >= 64


@torch.no_grad()
def round_weights(module):
    """Rounds weights to what the file can hold."""
    for parameter in module.parameters():
        if parameter.numel() < SMALL:
            continue
        value = parameter.detach().numpy()
        if is_convolution(value):
            scale = quantization_scale(value)
            value = np.clip(np.round(value / scale), -127, 127).astype(np.float32) * scale
        else:
            value = value.astype(np.float16).astype(np.float32)
        parameter.copy_(torch.from_numpy(value))


def shrink(path):
    """Rewrites a file with smaller weights; gives its SHA-256."""
    model = onnx.load(str(path))
    graph, nodes = model.graph, []
    for tensor in list(graph.initializer):
        value = numpy_helper.to_array(tensor)
        if tensor.data_type != TensorProto.FLOAT or value.size < SMALL:
            continue
        name = tensor.name
        graph.initializer.remove(tensor)
        if is_convolution(value):
            scale = quantization_scale(value)
            whole = np.clip(np.round(value / scale), -127, 127).astype(np.int8)
            graph.initializer.extend([numpy_helper.from_array(whole, name + "_8"), numpy_helper.from_array(scale, name + "_scale")])
            nodes += [helper.make_node("Cast", [name + "_8"], [name + "_float"], to=TensorProto.FLOAT),
                      helper.make_node("Mul", [name + "_float", name + "_scale"], [name])]
        else:
            graph.initializer.append(numpy_helper.from_array(value.astype(np.float16), name + "_16"))
            nodes.append(helper.make_node("Cast", [name + "_16"], [name], to=TensorProto.FLOAT))
    rest = list(graph.node)
    del graph.node[:]
    graph.node.extend(nodes + rest)
    onnx.checker.check_model(model)
    onnx.save(model, str(path))
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def quantization_scale(value):
    """For each output, the scale that loses least: the largest weight is 127 of it, or a little beyond what is cut off."""
    flat = value.reshape(value.shape[0], -1)
    most = np.maximum(np.abs(flat).max(1), 1e-8)
    best, scale = np.full(len(flat), np.inf), most / 127
    for share in (1.0, 0.95, 0.9, 0.85, 0.8, 0.7):
        tried = most * share / 127
        error = ((np.clip(np.round(flat / tried[:, None]), -127, 127) * tried[:, None] - flat) ** 2).sum(1)
        better = error < best
        best, scale = np.where(better, error, best), np.where(better, tried, scale)
    return scale.reshape(-1, *(1,) * (value.ndim - 1)).astype(np.float32)


def record(encoder, path):
    """PyTorch's answers to a made-up picture, for tests in other languages: the encoder's, and the decoder's first words."""
    y, x, c = np.meshgrid(np.arange(224), np.arange(224), np.arange(3), indexing="ij")
    picture = ((x * 3 + y * 5 + (2 - c) * 71 + (x * y) // 2 * 7) % 256).astype(np.float32)
    with torch.no_grad():
        keys, values, h, c, answer, maps = encoder(torch.from_numpy(picture.transpose(2, 0, 1)[None]))
        scores, *_ = Decoder(encoder.captioner)(torch.zeros(1, dtype=torch.int64), h, c, keys, values)
        tokens = encoder.captioner.greedy(encoder.top(encoder.trunk(torch.from_numpy(picture.transpose(2, 0, 1)[None]))), 16)
    Path(path).write_text(json.dumps({
        "picture": "blue, green, red = (3 x + 5 y + 71 k + 7 floor(x y / 2)) mod 256, k = 2, 1, 0; x, y = 0 ... 223",
        "danger": answer[0].tolist(), "danger_maps": maps[0].flatten()[:49].tolist(), "hidden": h[0, :16].tolist(),
        "keys": keys[0, 24, :16].tolist(), "log_probabilities": scores[0, :16].tolist(), "tokens": tokens[0].tolist(),
    }, indent=1) + "\n")
