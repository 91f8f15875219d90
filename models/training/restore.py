"""A released ONNX file back as a network that can be trained on: `best.pt` in the cache, as if it had just been trained.

The export folds each batch norm into its convolution. Here the batch norms get the mean and deviation that they see on
training faces, and scales and offsets that undo them: the same answers, and a network that goes on learning from there.
"""
import onnx
import onnx.numpy_helper
import torch
from torch import nn

from network import FixedPReLU


def restore(network, path, faces):
    """Fills `network` (the file's own architecture) from an ONNX file; faces [N, C, S, S] give the statistics."""
    given = parameters(path)
    layers = in_order(network, faces[:1], (nn.Conv2d, nn.Linear, nn.BatchNorm2d, FixedPReLU))
    network.eval()
    with torch.no_grad():
        for index, layer in enumerate(layers):
            if isinstance(layer, nn.BatchNorm2d):
                continue
            weight, *bias = given.pop(0)
            if isinstance(layer, FixedPReLU):
                layer.slopes.copy_(weight.flatten())
                continue
            layer.weight.copy_(weight)
            following = layers[index + 1] if index + 1 < len(layers) else None
            if layer.bias is not None:
                layer.bias.copy_(bias[0])
            elif isinstance(following, nn.BatchNorm2d):
                unfold(following, layer, bias[0], network, faces)
    if given:
        raise ValueError(f"{path} has {len(given)} layers more than the network: it is of another architecture.")
    return network


def parameters(path):
    """Of an ONNX file's layers in their order: [weight, bias] of a convolution or linear layer, [slopes] of a PReLU."""
    graph = onnx.load(str(path)).graph
    values = {tensor.name: torch.from_numpy(onnx.numpy_helper.to_array(tensor).copy()) for tensor in graph.initializer}
    for node in graph.node:
        if node.op_type == "Cast" and node.input[0] in values:     # weights kept as 16 bits: see compact.py
            values[node.output[0]] = values[node.input[0]].float()
    compared = {name for node in graph.node if node.op_type == "Max" for name in node.input}   # x and its multiple: a FixedPReLU
    return [[values[name] for name in node.input if name in values] for node in graph.node
            if node.op_type in ("Conv", "Gemm", "PRelu") or node.op_type == "Mul" and node.output[0] in compared]


def unfold(norm, convolution, bias, network, faces):
    """Lets `norm` be the identity plus `bias` on what `convolution` gives for the faces."""
    seen = []
    hook = convolution.register_forward_hook(lambda _module, _inputs, output: seen.append(output))
    network(faces)
    hook.remove()
    variance, mean = torch.var_mean(seen[0], (0, 2, 3), unbiased=False)
    norm.running_mean.copy_(mean)
    norm.running_var.copy_(variance)
    norm.weight.copy_((variance + norm.eps).sqrt())
    norm.bias.copy_(mean + bias)


def in_order(network, face, kinds):
    """The layers of these kinds in the order in which a face goes through them."""
    found = []
    hooks = [module.register_forward_hook(lambda module, _inputs, _output: found.append(module))
             for module in network.modules() if isinstance(module, kinds)]
    network.eval()
    with torch.no_grad():
        network(face)
    for hook in hooks:
        hook.remove()
    return found
