#!/usr/bin/env bash
# PyTorch and OpenCV of Debian 12 (python3-torch 1.13.1+dfsg-4, which calls itself 1.13.0a0; python3-opencv 4.6.0+dfsg-12): whether OpenCV
# can read a network that PyTorch exported depends on the network's numbers. Where two parameters of the same shape are equal, as those of
# two fresh PReLUs are, torch.onnx.export keeps one of them and lets an Identity give it its second name, and OpenCV's reader fails at an
# Identity of a constant. Once training has changed either, the same network can be read. So a network that was never trained is no test of
# an export; what an export is tested with should have numbers that differ.
#
# Seen:
#   1.13.0a0, OpenCV 4.6.0
#   equal slopes: Identity, Conv, PRelu, PRelu; not read: inputs.size() in function 'getMemoryShapes'
#   different slopes: Conv, PRelu, PRelu; read
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
packages="python3-torch=1.13.1+dfsg-4 python3-opencv=4.6.0+dfsg-12 python3-onnx"
dpkg -s python3-torch python3-opencv python3-onnx > /dev/null 2>&1 || apt-get install --yes -qq $packages > /dev/null
cat > probe.py << 'PROGRAM'
import warnings

import cv2
import onnx
import torch
from torch import nn

warnings.simplefilter("ignore")
print(f"{torch.__version__.split('+')[0]}, OpenCV {cv2.__version__}")
for name, slope in (("equal", 0.25), ("different", 0.26)):
    first, second = nn.PReLU(4), nn.PReLU(4)
    nn.init.constant_(second.weight, slope)     # 0.25 is what a fresh one has
    network = nn.Sequential(nn.Conv2d(3, 4, 3), first, second).eval()
    torch.onnx.export(network, torch.zeros(1, 3, 8, 8), "network.onnx", opset_version=13)
    kinds = ", ".join(node.op_type for node in onnx.load("network.onnx").graph.node)
    try:
        cv2.dnn.readNetFromONNX("network.onnx")
        result = "read"
    except cv2.error as error:
        result = "not read: " + str(error).split("Assertion failed) ")[1].split("\n")[0]
    print(f"{name} slopes: {kinds}; {result}")
PROGRAM
/usr/bin/python3 probe.py 2> /dev/null | tee seen
diff - seen << 'EXPECTED'
1.13.0a0, OpenCV 4.6.0
equal slopes: Identity, Conv, PRelu, PRelu; not read: inputs.size() in function 'getMemoryShapes'
different slopes: Conv, PRelu, PRelu; read
EXPECTED
