#!/usr/bin/env bash
# ONNX Runtime 1.31.1 (NuGet Microsoft.ML.OnnxRuntime, CPU, x86-64): a small network pays for two things that its multiply-adds don't show. The
# file that it writes with OptimizedModelFilePath tells both.
# It computes convolutions in a blocked layout, of 16 channels with AVX-512 and of 8 without, and leaves out the changes of layout between them.
# A squeeze-and-excitation gate brings them back: its Mul, of features by one number for each channel, is not computed in the blocks, so that
# the features are brought out and back in for every gate. In a mini-Xception of 100,000 numbers each of five gates took 5% of the time for 1% of the
# multiply-adds. And channels that don't fill the last block are computed all the same: a convolution of 84 channels has the weights of 88
# or 96, and its global average pooling leaves the blocks, too. So widths that are multiples of 16 cost no more than the ones just below them.
# GlobalAveragePool at the end of a network is followed by one ReorderOutput in any case.
#
# Seen (AVX-512; with AVX2 84 channels become 88):
#   1.31.1
#   80 channels, no gate: Conv Conv Conv GlobalAveragePool ReorderOutput; as they are
#   80 channels, gate: Conv Conv GlobalAveragePool Conv Conv ReorderOutput ReorderOutput Mul ReorderInput Conv GlobalAveragePool ReorderOutput; as they are
#   84 channels, no gate: Conv Conv Conv ReorderOutput GlobalAveragePool; padded
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
dpkg -s python3-onnx > /dev/null 2>&1 || apt-get install --yes -qq python3-onnx > /dev/null
cat > make.py << 'PROGRAM'
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper


def network(channels, gate):
    """Three convolutions, with a gate before the last one."""
    weights, nodes = [], []

    def op(kind, name, *inputs, **attributes):
        nodes.append(helper.make_node(kind, list(inputs), [name], name=name, **attributes))
        return name

    def conv(name, before, wide, side):
        shapes = {f"{name}_weight": (wide, *before[1:], side, side), f"{name}_bias": (wide,)}
        for given, shape in shapes.items():
            values = np.random.default_rng(len(weights)).normal(0, 0.1, shape).astype(np.float32)
            weights.append(numpy_helper.from_array(values, given))
        return op("Conv", name, before[0], *shapes, pads=[side // 2] * 4)

    first = op("Relu", "relu1", conv("conv1", ("face", 3), channels, 3))
    last = op("Relu", "relu2", conv("conv2", (first, channels), channels, 3))
    if gate:
        pooled = op("GlobalAveragePool", "pooled", last)
        down = op("Relu", "relu3", conv("down", (pooled, channels), 16, 1))
        last = op("Mul", "product", last, op("Sigmoid", "gate", conv("up", (down, 16), channels, 1)))
    last = op("Relu", "relu4", conv("conv3", (last, channels), channels, 3))
    op("GlobalAveragePool", "answer", last)
    graph = helper.make_graph(nodes, "network", [helper.make_tensor_value_info("face", TensorProto.FLOAT, [1, 3, 24, 24])],
                              [helper.make_tensor_value_info("answer", TensorProto.FLOAT, None)], weights)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)


for channels, gate in ((80, False), (80, True), (84, False)):
    onnx.save(network(channels, gate), f"{channels} channels, {'gate' if gate else 'no gate'}.onnx")
PROGRAM
cat > look.py << 'PROGRAM'
import glob

import onnx

for path in sorted(glob.glob("*.onnx")):
    graph = onnx.load(f"{path}.optimized").graph
    wide = max(tensor.dims[0] for tensor in graph.initializer)
    print(f"{path[:-5]}: {' '.join(node.op_type for node in graph.node)}; {'as they are' if wide == int(path[:2]) else 'padded'}")
PROGRAM
cat > optimize.cs << 'PROGRAM'
#:package Microsoft.ML.OnnxRuntime@1.31.1
using Microsoft.ML.OnnxRuntime;

Console.WriteLine(OrtEnv.Instance().GetVersionString());
foreach (var path in args)
{
    using var options = new SessionOptions { OptimizedModelFilePath = path + ".optimized", LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
    using var session = new InferenceSession(path, options);
}
PROGRAM
/usr/bin/python3 make.py
{ dotnet run optimize.cs -- *.onnx; /usr/bin/python3 look.py; } | tee seen
diff <(sort seen) <(sort << 'EXPECTED'
1.31.1
80 channels, no gate: Conv Conv Conv GlobalAveragePool ReorderOutput; as they are
80 channels, gate: Conv Conv GlobalAveragePool Conv Conv ReorderOutput ReorderOutput Mul ReorderInput Conv GlobalAveragePool ReorderOutput; as they are
84 channels, no gate: Conv Conv Conv ReorderOutput GlobalAveragePool; padded
EXPECTED
)
