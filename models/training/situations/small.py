"""The small network for robots: the encoder with a slim last block, computed in whole numbers of eight bits.

What it is distilled from: the large encoder's last grid, which the same decoder reads, and the large classifier's answers. Rounding follows
Jacob et al. 2018 (arXiv:1712.05877): a scale for each output of a convolution, one scale and zero for each activation, as ONNX's
QuantizeLinear and DequantizeLinear say it. Weights use seven bits, because x86 without VNNI adds two products in 16 bits.
"""
import copy
import math
import time

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn
from torch.nn import functional

WEIGHT = 63


class SlimTop(nn.Module):
    """The last stage, whose third block is a bottleneck: [N, 256, 14, 14] to [N, 512, 7, 7]."""

    def __init__(self, top, inside=128):
        super().__init__()
        self.first, self.second = copy.deepcopy(top[0]), copy.deepcopy(top[1])
        self.third = nn.Sequential(nn.Conv2d(512, inside, 1), nn.ReLU(), nn.Conv2d(inside, inside, 3, 1, 1), nn.ReLU(), nn.Conv2d(inside, 512, 1))

    def forward(self, grid):
        return self.last(self.second(self.first(grid)))

    def last(self, grid):
        return torch.relu(grid + self.third(grid))


class SmallDanger(nn.Module):
    """The grid to what each cell speaks for: [N, 512, 7, 7] to [N, C, 7, 7], whose mean is the logit less its bias."""

    def __init__(self, categories, hidden=256):
        super().__init__()
        self.inner = nn.Conv2d(512, hidden, 1)
        self.answer = nn.Conv2d(hidden, categories, 1, bias=False)
        self.bias = nn.Parameter(torch.zeros(categories))

    def maps(self, grid):
        return self.answer(torch.relu(self.inner(grid)))

    def forward(self, grid):
        return self.maps(grid).mean((2, 3)) + self.bias


class Heads(nn.Module):
    """The grid to all that decoder and robot need of a picture, as export.Encoder's outputs."""

    def __init__(self, captioner, danger):
        super().__init__()
        self.captioner, self.danger = captioner, danger

    def forward(self, grid):
        maps = self.danger.maps(grid)
        return *self.captioner.see(grid), maps.mean((2, 3)) + self.danger.bias, maps


def distill(top, grids, answers, config, seed=1):
    """SlimTop and SmallDanger that imitate the large encoder's last stage and the large classifier.

    top: that last stage; grids: arrays [N, 256, 14, 14]; answers: for each the classifier's logits [N, C].
    """
    torch.manual_seed(seed)
    slim, danger = SlimTop(top), SmallDanger(answers[0].shape[1])
    inner = []
    for part in grids:
        found = np.empty((len(part), 2, 512, 7, 7), np.float16)
        for start in range(0, len(part), 64):
            with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
                grid = slim.second(slim.first(torch.from_numpy(np.asarray(part[start:start + 64], np.float32))))
                found[start:start + 64, 0] = grid.float().numpy()
                found[start:start + 64, 1] = top[2](grid).float().numpy()
        inner.append(found)
    items = [(part, i) for part, found in enumerate(inner) for i in range(len(found))]
    optimizer = torch.optim.Adam([{"params": slim.third.parameters()}, {"params": danger.parameters()}], lr=config["rate"])
    random = np.random.default_rng(seed)
    for epoch in range(config["epochs"]):
        began, order, totals = time.monotonic(), random.permutation(len(items)), np.zeros(2)
        steps = len(order) // config["batch"]
        for step in range(steps):
            progress = (epoch + step / steps) / config["epochs"]
            for group in optimizer.param_groups:
                group["lr"] = config["rate"] * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * progress)))
            chosen = [items[i] for i in order[step * config["batch"]:(step + 1) * config["batch"]]]
            both = torch.from_numpy(np.stack([inner[part][i] for part, i in chosen]).astype(np.float32))
            wanted = torch.softmax(torch.stack([answers[part][i] for part, i in chosen]), 1)
            made = slim.last(both[:, 0])
            alike = ((made - both[:, 1]) ** 2).mean() / (both[:, 1] ** 2).mean()
            answer = functional.cross_entropy(danger(made), wanted)
            loss = alike + config["answers"] * answer
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            totals += [alike.item(), answer.item()]
        print(f"small, epoch {epoch}: grid {totals[0] / steps:.4f}, answers {totals[1] / steps:.4f}, {time.monotonic() - began:.0f} s", flush=True)
    return slim.eval(), danger.eval()


def walk(how, trunk, slim, image):
    """The convolutional part, step by step, as `how` takes the steps: Ranges or Graph."""
    grid = how.round("pixels", how.subtract(image, trunk.mean))
    grid = how.pool(how.round("stem", how.relu(how.convolve("stem", trunk.stem, grid))))
    for number, block in enumerate([*(block for stage in trunk.stages for block in stage), slim.first, slim.second]):
        name = f"block{number}"
        inner = how.round(name + ".first", how.relu(how.convolve(name + ".first", block.first, grid)))
        inner = how.round(name + ".second", how.convolve(name + ".second", block.second, inner))
        if isinstance(block.shortcut, nn.Conv2d):
            grid = how.round(name + ".shortcut", how.convolve(name + ".shortcut", block.shortcut, grid))
        grid = how.round(name, how.relu(how.add(inner, grid)))
    inner = how.round("slim.0", how.relu(how.convolve("slim.0", slim.third[0], grid)))
    inner = how.round("slim.1", how.relu(how.convolve("slim.1", slim.third[2], inner)))
    inner = how.round("slim.2", how.convolve("slim.2", slim.third[4], inner))
    return how.round("grid", how.relu(how.add(inner, grid)))


class Ranges:
    """Takes the steps in PyTorch, and keeps between which values each activation lies; with `rounds`, rounds them as the file does."""

    def __init__(self):
        self.values, self.rounds = {}, False

    def subtract(self, image, mean):
        return image - mean

    def convolve(self, _, convolution, grid):
        weight = convolution.weight
        if self.rounds:
            scale = weight_scale(weight.detach().numpy())
            weight = torch.from_numpy(whole(weight.detach().numpy(), scale) * scale)
        return functional.conv2d(grid, weight, convolution.bias, convolution.stride, convolution.padding)

    def relu(self, grid):
        return torch.relu(grid)

    def add(self, one, other):
        return one + other

    def pool(self, grid):
        return functional.max_pool2d(grid, 3, 2, 1)

    def round(self, name, grid):
        if self.rounds:
            scale, zero = self.scale(name)
            return torch.fake_quantize_per_tensor_affine(grid, float(scale), int(zero), 0, 255)
        flat = grid.detach().flatten()[::7].numpy()
        low, high = np.quantile(flat, [0.0001, 0.9999])
        before = self.values.get(name, (0.0, 0.0))
        self.values[name] = (min(before[0], float(low)), max(before[1], float(high)))
        return grid

    def scale(self, name):
        """Scale and zero of an activation: it is scale * (whole number - zero), from 0 to 255."""
        low, high = self.values[name]
        scale = np.float32(max(high - low, 1e-6) / 255)
        return scale, np.uint8(np.clip(round(-low / scale), 0, 255))


class Graph:
    """Takes the steps as nodes of an ONNX graph."""

    def __init__(self, ranges):
        self.ranges, self.nodes, self.constants, self.inputs = ranges, [], [], {}

    def constant(self, name, value):
        self.constants.append(numpy_helper.from_array(np.asarray(value), name))
        return name

    def node(self, kind, name, inputs, **attributes):
        self.nodes.append(helper.make_node(kind, inputs, [name], name=name, **attributes))
        return name

    def subtract(self, image, mean):
        return self.node("Sub", "centred", [image, self.constant("mean", mean.detach().numpy())])

    def convolve(self, name, convolution, grid):
        weight, bias = convolution.weight.detach().numpy(), convolution.bias.detach().numpy()
        scale = weight_scale(weight)
        wide = (scale.ravel() * self.inputs[grid]).astype(np.float32)
        weights = self.node("DequantizeLinear", name + ".weight", [
            self.constant(name + ".weight_8", whole(weight, scale).astype(np.int8)), self.constant(name + ".weight_scale", scale.ravel()),
            self.constant(name + ".weight_zero", np.zeros(len(weight), np.int8))], axis=0)
        biases = self.node("DequantizeLinear", name + ".bias", [
            self.constant(name + ".bias_32", np.round(bias / wide).astype(np.int32)), self.constant(name + ".bias_scale", wide),
            self.constant(name + ".bias_zero", np.zeros(len(weight), np.int32))], axis=0)
        side, edge = convolution.kernel_size[0], convolution.padding[0]
        return self.node("Conv", name + ".sum", [grid, weights, biases], kernel_shape=[side, side], pads=[edge] * 4,
                         strides=list(convolution.stride))

    def relu(self, grid):
        return self.node("Relu", grid + ".relu", [grid])

    def add(self, one, other):
        return self.node("Add", one + ".add", [one, other])

    def pool(self, grid):
        name = self.node("MaxPool", grid + ".pool", [grid], kernel_shape=[3, 3], pads=[1] * 4, strides=[2, 2])
        return self.round("stem", name, name + ".")

    def round(self, name, grid, prefix=""):
        scale, zero = self.ranges.scale(name)
        scale_name, zero_name = self.constant(prefix + name + "_scale", scale), self.constant(prefix + name + "_zero", zero)
        whole_name = self.node("QuantizeLinear", prefix + name + "_8", [grid, scale_name, zero_name])
        result = self.node("DequantizeLinear", prefix + name, [whole_name, scale_name, zero_name])
        self.inputs[result] = scale
        return result


def weight_scale(weight):
    """A scale for each output: [O, 1, 1, 1]."""
    most = np.maximum(np.abs(weight).reshape(len(weight), -1).max(1), 1e-8)
    return (most / WEIGHT).astype(np.float32).reshape(-1, 1, 1, 1)


def whole(weight, scale):
    return np.clip(np.round(weight / scale), -WEIGHT, WEIGHT).astype(np.float32)


def measure(trunk, slim, batches):
    """The ranges of all activations on some pictures: [N, 3, 224, 224] each."""
    ranges = Ranges()
    with torch.no_grad():
        for batch in batches:
            walk(ranges, trunk, slim, batch)
    return ranges


def write(trunk, slim, ranges, heads, path, opset):
    """The file: the convolutions in eight bits, and the heads behind them. heads: their file, whose input is called grid."""
    graph = Graph(ranges)
    grid = walk(graph, trunk, slim, "image")
    shape = ["N", 3, *trunk.mean.shape[2:]]
    convolutions = helper.make_model(helper.make_graph(
        graph.nodes, "convolutions", [helper.make_tensor_value_info("image", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info(grid, TensorProto.FLOAT, ["N", 512, None, None])], graph.constants),
        opset_imports=[helper.make_opsetid("", opset)])
    rest = onnx.load(str(heads))
    convolutions.ir_version = rest.ir_version
    joined = onnx.compose.merge_models(convolutions, rest, io_map=[(grid, "grid")], prefix2="heads.")
    for output in joined.graph.output:
        rename(joined.graph, output.name, output.name[len("heads."):])
    onnx.checker.check_model(joined)
    onnx.save(joined, str(path))


def rename(graph, old, new):
    for node in graph.node:
        node.output[:] = [new if name == old else name for name in node.output]
        node.input[:] = [new if name == old else name for name in node.input]
    for output in graph.output:
        if output.name == old:
            output.name = new
