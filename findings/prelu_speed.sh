#!/usr/bin/env bash
# ONNX Runtime 1.30.0 (npm onnxruntime-node), CPU: the operator PRelu with a slope for each channel takes several times as long as what it
# means, max(x, slope * x), written as Mul and Max (equal where no slope is above 1). In a whole network, fr_feature.onnx of npm
# faceplugin-face-recognition-js 0.0.1 (a MobileFaceNet with 33 of them), it is nearly half of the time: with Mul and Max in their place the
# network takes 0.6 of it, and its answers are the same within rounding (slopes above 1, of which there are a few, are set to 1 in both).
# ONNX Runtime 1.31.1 from NuGet is no better: a narrower MobileFaceNet took 4.9 ms with PRelu and 2.1 ms with Mul and Max.
# The package's denormal weights, which would hide it (denormal_weights.sh), are set to 0 in both.
#
# Seen, on an EPYC with AVX-512 (the ratios are of the fastest of 100 runs in turns and depend on the processor):
#   33 PRelu
#   PRelu / Mul and Max: 1.8 times the time (1.3 to 2.5 with other work beside it)
#   answers: the same within 0.0001 of the largest
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-save onnxruntime-node@1.30.0 onnx-proto@8.0.1 protobufjs@7.5.4
npm pack --silent faceplugin-face-recognition-js@0.0.1 > /dev/null
tar xzf faceplugin-face-recognition-js-0.0.1.tgz package/model/fr_feature.onnx
cat > probe.js << 'PROGRAM'
const fs = require('fs'), ort = require('onnxruntime-node'), { onnx } = require('onnx-proto');

const model = onnx.ModelProto.decode(fs.readFileSync('package/model/fr_feature.onnx')), graph = model.graph;
const slopes = new Set(graph.node.filter(node => node.opType === 'PRelu').map(node => node.input[1]));
for (const tensor of graph.initializer.filter(tensor => tensor.dataType === 1 && tensor.rawData.length)) {
  const bytes = Buffer.from(tensor.rawData);
  for (let place = 0; place < bytes.length; place += 4) {
    const value = bytes.readFloatLE(place);
    if (Math.abs(value) < 1.17549435e-38)
      bytes.writeFloatLE(0, place);
    if (slopes.has(tensor.name) && value > 1)
      bytes.writeFloatLE(1, place);
  }
  tensor.rawData = bytes;
}
fs.writeFileSync('prelu.onnx', onnx.ModelProto.encode(model).finish());
let count = 0;
graph.node = graph.node.flatMap(node => {
  if (node.opType !== 'PRelu')
    return [node];
  count++;
  const product = `${node.output[0]}_product`;
  return [
    onnx.NodeProto.create({ opType: 'Mul', input: node.input, output: [product] }),
    onnx.NodeProto.create({ opType: 'Max', input: [node.input[0], product], output: node.output })];
});
fs.writeFileSync('max.onnx', onnx.ModelProto.encode(model).finish());
console.log(`${count} PRelu`);

const pixels = Float32Array.from({ length: 3 * 112 * 112 }, (_, i) => Math.sin(i * 0.01));
const face = new ort.Tensor('float32', pixels, [1, 3, 112, 112]);

(async () => {
  const sessions = [];
  for (const path of ['prelu.onnx', 'max.onnx'])
    sessions.push({ session: await ort.InferenceSession.create(path, { intraOpNumThreads: 1 }), best: Infinity });
  for (let run = 0; run < 100; run++)
    for (const one of sessions) {
      const start = process.hrtime.bigint();
      one.answer = (await one.session.run({ input: face })).output.data;
      one.best = Math.min(one.best, Number(process.hrtime.bigint() - start));
    }
  const [prelu, max] = sessions;
  const ratio = prelu.best / max.best;
  console.log(`PRelu / Mul and Max: ${ratio.toFixed(1)} times the time`);
  const largest = Math.max(...prelu.answer.map(Math.abs));
  const difference = Math.max(...prelu.answer.map((value, i) => Math.abs(value - max.answer[i]))) / largest;
  console.log(`answers: ${difference < 1e-4 ? 'the same within 0.0001 of the largest' : `others, by ${difference} of the largest`}`);
  process.exit(count === 33 && ratio > 1.2 && difference < 1e-4 ? 0 : 1);
})();
PROGRAM
node probe.js
