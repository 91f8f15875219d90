#!/usr/bin/env bash
# UltraFace RFB-320 (npm faceplugin-face-recognition-js 0.0.1, model/fr_detect.onnx, here on onnxruntime-web 1.22.0) has its places of
# stride 32 and 64 on rows that are 30 and 60 pixels apart, on columns that are 32 and 64 apart: the input's 240 rows divided by the
# 8 and 4 rows of the grid, where the convolutions see every 32nd and 64th row. Whoever runs the network at another size with places
# at the strides, as most single-shot detectors have them, gets boxes of faces above some 60 pixels about 8 pixels too low.
#
# Seen: on an even grey picture, in which all places of a grid are alike but for what the edges do (medians),
#   stride 8: rows 8.0 apart, columns 8.0
#   stride 16: rows 16.0 apart, columns 16.0
#   stride 32: rows 30.4 apart, columns 31.9
#   stride 64: rows 58.4 apart, columns 64.2
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --silent --ignore-scripts faceplugin-face-recognition-js@0.0.1 onnxruntime-web@1.22.0

cat > rows.mjs << 'SCRIPT'
import fs from 'node:fs';
import ort from 'onnxruntime-web';

const [width, height] = [320, 240];
ort.env.wasm.numThreads = 1;
const session = await ort.InferenceSession.create(fs.readFileSync('node_modules/faceplugin-face-recognition-js/model/fr_detect.onnx'));
const picture = new ort.Tensor('float32', new Float32Array(3 * width * height), [1, 3, height, width]);
const boxes = (await session.run({ [session.inputNames[0]]: picture })).boxes.data;
const median = values => values.sort((a, b) => a - b)[values.length >> 1];
let first = 0;
for (const [stride, sides] of [[8, 3], [16, 2], [32, 2], [64, 3]]) {
  const [columns, rows] = [Math.ceil(width / stride), Math.ceil(height / stride)];
  const centre = (row, column, axis) => {
    const box = 4 * (first + (row * columns + column) * sides);
    return (boxes[box + axis] + boxes[box + 2 + axis]) / 2 * [width, height][axis];
  };
  const [down, right] = [[], []];
  for (let row = 0; row + 1 < rows; row++) {
    for (let column = 0; column + 1 < columns; column++) {
      down.push(centre(row + 1, column, 1) - centre(row, column, 1));
      right.push(centre(row, column + 1, 0) - centre(row, column, 0));
    }
  }
  console.log(`stride ${stride}: rows ${median(down).toFixed(1)} apart, columns ${median(right).toFixed(1)}`);
  first += rows * columns * sides;
}
SCRIPT

node rows.mjs | tee seen
diff - seen << 'EXPECTED'
stride 8: rows 8.0 apart, columns 8.0
stride 16: rows 16.0 apart, columns 16.0
stride 32: rows 30.4 apart, columns 31.9
stride 64: rows 58.4 apart, columns 64.2
EXPECTED
