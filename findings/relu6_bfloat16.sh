#!/usr/bin/env bash
# PyTorch of Debian 12 (python3-torch 1.13.1+dfsg-4, which calls itself 1.13.0a0) on the CPU: relu6 and hardtanh, a MobileNet's
# activations, can be computed in bfloat16, as torch.autocast does, but not gone back through. The error comes in the backward pass
# only, and names another function, hardshrink. The same by clamp is fine. So a network from elsewhere that runs under autocast need
# not train under it.
#
# Seen:
#   1.13.0a0
#   relu6, float32: gradient [0.0, 1.0, 0.0]
#   relu6, bfloat16: output [0.0, 3.0, 6.0], "hardshrink_backward_cpu" not implemented for 'BFloat16'
#   hardtanh, float32: gradient [0.0, 1.0, 0.0]
#   hardtanh, bfloat16: output [0.0, 3.0, 6.0], "hardshrink_backward_cpu" not implemented for 'BFloat16'
#   clamp, float32: gradient [0.0, 1.0, 0.0]
#   clamp, bfloat16: gradient [0.0, 1.0, 0.0]
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
dpkg -s python3-torch > /dev/null 2>&1 || apt-get install --yes -qq python3-torch=1.13.1+dfsg-4 > /dev/null
cat > probe.py << 'PROGRAM'
import torch
import torch.nn.functional as F

print(torch.__version__.split("+")[0])
functions = {"relu6": F.relu6, "hardtanh": lambda x: F.hardtanh(x, 0, 6), "clamp": lambda x: x.clamp(0, 6)}
for name, function in functions.items():
    for kind in (torch.float32, torch.bfloat16):
        inputs = torch.tensor([-1.0, 3.0, 9.0], requires_grad=True)
        output = function(inputs.to(kind))
        try:
            output.float().sum().backward()
            result = f"gradient {inputs.grad.tolist()}"
        except RuntimeError as error:
            result = f"output {output.tolist()}, {error}"
        print(f"{name}, {str(kind).removeprefix('torch.')}: {result}")
PROGRAM
/usr/bin/python3 probe.py | tee seen
diff - seen << 'EXPECTED'
1.13.0a0
relu6, float32: gradient [0.0, 1.0, 0.0]
relu6, bfloat16: output [0.0, 3.0, 6.0], "hardshrink_backward_cpu" not implemented for 'BFloat16'
hardtanh, float32: gradient [0.0, 1.0, 0.0]
hardtanh, bfloat16: output [0.0, 3.0, 6.0], "hardshrink_backward_cpu" not implemented for 'BFloat16'
clamp, float32: gradient [0.0, 1.0, 0.0]
clamp, bfloat16: gradient [0.0, 1.0, 0.0]
EXPECTED
