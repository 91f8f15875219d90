"""models/ultraface.onnx, made of the network in the npm package faceplugin-face-recognition-js:

    python3 models/training/ultraface.py PACKAGE/model/fr_detect.onnx models/ultraface.onnx

The weights stay as they are. Softmax and the decoding of boxes, which the package's graph does for the places of a picture of
320x240 pixels, are cut off: the node does that, only where there is a face, and for pictures of any size.
"""
import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

# The package's tensors before softmax and decoding, and how many numbers they have for each place.
OUTPUTS = {"461": ("logits", 2), "462": ("offsets", 4)}


def cut(source):
    """The network up to those tensors, for a picture of any height and width."""
    graph = source.graph
    makers = {output: node for node in graph.node for output in node.output}
    weights = {tensor.name: tensor for tensor in graph.initializer}
    shapes = {name: numpy_helper.from_array(np.array([1, -1, size], np.int64), f"{name}_shape") for name, size in OUTPUTS.values()}
    for tensor, (name, _) in OUTPUTS.items():
        for reshape in makers[tensor].input:
            makers[reshape].input[1] = f"{name}_shape"  # instead of one that is worked out from the batch, which is 1

    needed, wanted = set(), list(OUTPUTS)
    while wanted:
        tensor = wanted.pop()
        if tensor in makers and tensor not in needed:
            needed.add(tensor)
            wanted += makers[tensor].input
    nodes = [node for node in graph.node if node.output[0] in needed]
    for node in nodes:
        node.output[0] = OUTPUTS.get(node.output[0], node.output)[0]
    used = {name for node in nodes for name in node.input}
    model = helper.make_model(
        helper.make_graph(
            nodes, "ultraface",
            [helper.make_tensor_value_info("input", TensorProto.FLOAT, [1, 3, "height", "width"])],
            [helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, "places", size]) for name, size in OUTPUTS.values()],
            [tensor for name, tensor in weights.items() if name in used] + list(shapes.values())),
        opset_imports=[helper.make_opsetid("", source.opset_import[0].version)], ir_version=source.ir_version)
    onnx.checker.check_model(model)
    return model


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    onnx.save(cut(onnx.load(sys.argv[1])), sys.argv[2])
