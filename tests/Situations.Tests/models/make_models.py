#!/usr/bin/env python3
"""Makes a small encoder and decoder for the tests, and records by plain enumeration which sentence is the best.

Run in this folder with Debian's python3-onnx and python3-numpy; writes small.onnx, small_decoder.onnx, small.yaml, small.json.
What the networks say means nothing; what counts is that the program finds it.
"""
import hashlib
import itertools
import json

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

SIZE, GRID, HIDDEN, LENGTH = 8, 2, 4, 2
WORDS = ["<end>", "<unknown>", "dog", "runs", "fast"]
CATEGORIES = ["none", "fire", "fight"]
END, UNKNOWN = 0, 1

random = np.random.default_rng(218)
START = random.normal(0, 1, (2, HIDDEN)).astype(np.float32)
EMBED = random.normal(0, 1, (len(WORDS), HIDDEN)).astype(np.float32)
TABLE = random.normal(0, 1.2, (HIDDEN, len(WORDS))).astype(np.float32)
NEXT = random.normal(0, 1, (HIDDEN, HIDDEN)).astype(np.float32)


def floats(name, *shape):
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, ["N", *shape])


def constants(**values):
    return [numpy_helper.from_array(np.asarray(value), name) for name, value in values.items()]


def write(path, nodes, inputs, outputs, initializers):
    graph = helper.make_graph(nodes, "small", inputs, outputs, initializers)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=7)
    onnx.checker.check_model(model)
    onnx.save(model, path)
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def encoder():
    """Keys and values are the grid's colours; danger is how much red is left over, fight how much blue."""
    cells = GRID * GRID
    nodes = [
        helper.make_node("AveragePool", ["image"], ["small"], kernel_shape=[SIZE // GRID] * 2, strides=[SIZE // GRID] * 2),
        helper.make_node("Reshape", ["small", "cells_shape"], ["flat"]),
        helper.make_node("Transpose", ["flat"], ["cells"], perm=[0, 2, 1]),
        helper.make_node("MatMul", ["cells", "spread"], ["keys"]),
        helper.make_node("Mul", ["keys", "half"], ["values"]),
        helper.make_node("ReduceMean", ["keys"], ["mean"], axes=[1], keepdims=0),
        helper.make_node("Mul", ["mean", "nothing"], ["zero"]),
        helper.make_node("Add", ["zero", "first"], ["hidden"]),
        helper.make_node("Add", ["zero", "second"], ["cell"]),
        helper.make_node("Conv", ["small", "look"], ["danger_maps"]),
        helper.make_node("ReduceMean", ["danger_maps"], ["danger"], axes=[2, 3], keepdims=0),
    ]
    spread = np.eye(3, HIDDEN, dtype=np.float32)
    look = np.array([[0, 0.04, 0], [-0.02, -0.02, 0.04], [0.04, -0.02, -0.02]], np.float32)[:, :, None, None]
    return write("small.onnx", nodes, [floats("image", 3, SIZE, SIZE)],
                 [floats("keys", cells, HIDDEN), floats("values", cells, HIDDEN), floats("hidden", HIDDEN), floats("cell", HIDDEN),
                  floats("danger", len(CATEGORIES)), floats("danger_maps", len(CATEGORIES), GRID, GRID)],
                 constants(cells_shape=np.array([0, 3, cells], np.int64), spread=spread, half=np.float32(0.5), nothing=np.float32(0),
                           first=START[0], second=START[1], look=look))


def decoder():
    """The state remembers all words before; where it looks is a softmax of the keys' sums."""
    cells = GRID * GRID
    nodes = [
        helper.make_node("Gather", ["embed", "token"], ["word"]),
        helper.make_node("MatMul", ["hidden", "next"], ["kept"]),
        helper.make_node("Add", ["kept", "word"], ["sum"]),
        helper.make_node("Tanh", ["sum"], ["next_hidden"]),
        helper.make_node("Add", ["cell", "next_hidden"], ["next_cell"]),
        helper.make_node("MatMul", ["next_cell", "table"], ["scores"]),
        helper.make_node("LogSoftmax", ["scores"], ["log_probabilities"], axis=1),
        helper.make_node("ReduceSum", ["keys", "axis"], ["key_sums"], keepdims=0),
        helper.make_node("ReduceSum", ["values", "axis"], ["value_sums"], keepdims=0),
        helper.make_node("Add", ["key_sums", "value_sums"], ["sums"]),
        helper.make_node("Softmax", ["sums"], ["attention"], axis=1),
    ]
    return write("small_decoder.onnx", nodes,
                 [helper.make_tensor_value_info("token", TensorProto.INT64, ["N"]), floats("hidden", HIDDEN), floats("cell", HIDDEN),
                  floats("keys", cells, HIDDEN), floats("values", cells, HIDDEN)],
                 [floats("log_probabilities", len(WORDS)), floats("next_hidden", HIDDEN), floats("next_cell", HIDDEN),
                  floats("attention", cells)],
                 constants(embed=EMBED, next=NEXT, table=TABLE, axis=np.array([2], np.int64)))


def log_probabilities(tokens):
    """Of each token of a sentence, given those before it."""
    hidden, cell, before, found = START[0], START[1], END, []
    for token in tokens:
        hidden = np.tanh(hidden @ NEXT + EMBED[before])
        cell = cell + hidden
        scores = (cell @ TABLE).astype(np.float64)
        found.append(scores[token] - np.log(np.exp(scores).sum()))
        before = token
    return found


def best():
    """The sentence with the highest mean, of all that end."""
    allowed = [token for token in range(len(WORDS)) if token not in (END, UNKNOWN)]
    sentences = [[*words, END] for length in range(1, LENGTH + 1) for words in itertools.product(allowed, repeat=length)]
    return max(sentences, key=lambda tokens: np.mean(log_probabilities(tokens)))


def greedy():
    """The most probable token each time."""
    tokens = []
    while len(tokens) <= LENGTH:
        scores = [log_probabilities([*tokens, token])[-1] if token != UNKNOWN else -np.inf for token in range(len(WORDS))]
        tokens.append(int(np.argmax(scores)))
        if tokens[-1] == END:
            return tokens
    return []


def recorded(tokens):
    return {"sentence": " ".join(WORDS[token] for token in tokens[:-1]), "log_probabilities": np.round(log_probabilities(tokens), 6).tolist()}


if __name__ == "__main__":
    with open("small.yaml", "w") as file:
        file.write(f"""\
name: small
kind: situation
model: small.onnx
sha256: {encoder()}
input: {{name: image, height: {SIZE}, width: {SIZE}, channels: bgr, range: [0, 255]}}
sentence:
  model: small_decoder.onnx
  sha256: {decoder()}
  hidden: {HIDDEN}
  grid: {GRID}
  length: {LENGTH}
  start: <end>
  end: <end>
  unknown: <unknown>
  vocabulary: [{", ".join(WORDS)}]
danger:
  categories: [{", ".join(CATEGORIES)}]
  temperature: 2
  none_below: 0.4
  danger_from: 0.8
""")
    with open("small.json", "w") as file:
        json.dump({"best": recorded(best()), "greedy": recorded(greedy())}, file, indent=1)
        file.write("\n")
