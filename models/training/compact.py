"""Weights as 16-bit floats in an ONNX file: half the size, the same answers.

They are rounded in the network before it is exported, so that nothing differs between PyTorch, the file and its graph that explains.
ONNX Runtime makes 32-bit floats of them once, when it loads the file.
"""
import copy

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from explain import fused

FEW = 4096  # Weights of fewer numbers stay as they are.


def rounded(network):
    """A copy with the batch norms folded into the convolutions and large weights rounded to 16 bits."""
    network = fused(copy.deepcopy(network).eval())
    with torch.no_grad():
        for values in network.parameters():
            if values.numel() >= FEW:
                values.copy_(values.half().float())
    return network


def store_as_float16(path):
    """Rewrites the large weights of a rounded network's ONNX file; graph inputs, outputs and answers stay the same."""
    model = onnx.load(str(path))
    casts = []
    for tensor in model.graph.initializer:
        values = numpy_helper.to_array(tensor)
        if values.dtype != np.float32 or values.size < FEW:
            continue
        half = values.astype(np.float16)
        if not (half.astype(np.float32) == values).all():
            raise ValueError(f"{path}: {tensor.name} isn't rounded to 16 bits: export a network from compact.rounded.")
        name = tensor.name
        tensor.CopyFrom(numpy_helper.from_array(half, name + ".half"))
        casts.append(helper.make_node("Cast", [name + ".half"], [name], to=TensorProto.FLOAT))
    for place, node in enumerate(casts):
        model.graph.node.insert(place, node)
    onnx.checker.check_model(model)
    onnx.save(model, str(path))
