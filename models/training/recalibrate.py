#!/usr/bin/env python3
"""Chooses the temperatures and the thresholds of released models anew, and reports on them; the networks stay as they are:

    python3 models/training/recalibrate.py emotion gender face --data DIR
"""
import argparse
import json
import tempfile
from dataclasses import replace
from pathlib import Path

import cv2
import onnx
import torch
import yaml
from onnx import numpy_helper

import card
import evaluate
import export
import plots
import release
from learn import predict
from memory import keep_freed_memory
from tasks import build_task
from train import HERE, model, read_config


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("names", nargs="+", help="emotion, gender, ...")
    parser.add_argument("--data", required=True, type=Path, help="folder with fer2013/, fairface/, utkface/, mtfl/")
    parser.add_argument("--models", type=Path, default=HERE.parent, help="where the released models are (default: %(default)s)")
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "face_attributes_training",
                        help="face boxes (default: %(default)s)")
    parser.add_argument("--recorded", type=Path, metavar="DIR", help="PyTorch's answers for tests in other languages, to be brought up to date")
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    keep_freed_memory()
    torch.set_num_threads(options.threads)
    cv2.setNumThreads(1)
    configs = [read_config(HERE / f"{name}.yaml") for name in options.names]
    if len({(config["size"], config["margin"]) for config in configs}) > 1:
        parser.error("These models look at other crops than each other: name those of one size and margin.")
    heads = {attribute: 1.0 for config in configs for attribute in config["heads"]}
    task = build_task({**configs[0], "heads": heads}, options.data, options.cache)
    faces = {name: release.both(faces) for name, (faces, _) in task.selection.items()}
    for config in configs:
        recalibrate(config, task, faces, options)


def recalibrate(config, task, faces, options):
    """One model: its manifest, the temperatures in its graph that explains and in what is recorded of it, its report and card."""
    name = config["name"]
    network, heads = model(name, options.cache, next(iter(faces.values())))
    own = replace(task, heads=heads)
    logits = {name: predict(network, given).double() for name, given in faces.items() if knows(task, name, heads)}
    chosen = [release.choose(logits, own, index, config) for index in range(len(heads))]
    temperatures = [head["temperature"] for head in chosen]
    explained, path, text = (options.models / f"{name}{suffix}" for suffix in ("_explained.onnx", ".yaml", ".md"))
    set_temperatures(explained, temperatures)
    manifest = yaml.safe_load(path.read_text())
    manifest["explanation"]["sha256"] = export.sha256_of(explained)
    manifest["heads"] = [release.head_of(*pair) for pair in zip(heads, chosen)]
    path.write_text(release.as_yaml(manifest))
    if options.recorded:
        record(options.recorded / f"{name}.json", temperatures)
    figures, measured = evaluate.measure(path, options.data, "test")
    manifest["metrics"] = release.headline(figures)
    path.write_text(release.as_yaml(manifest))
    plots.draw(figures, options.models / "figures")
    text.write_text(card.with_calibration(text.read_text(), heads, chosen, measured))
    print(f"{name}: temperatures {', '.join(map(str, temperatures))}", flush=True)


def knows(task, name, heads):
    """Whether a selection set has labels for one of the heads."""
    return any(head.attribute in task.selection[name][1] for head in heads)


def set_temperatures(path, temperatures):
    """Rewrites what each head's logits are divided by in a graph that explains; everything else stays, byte for byte of the weights."""
    graph = onnx.load(str(path))
    makers = {output: node for node in graph.graph.node for output in node.output}
    divisions = [makers[node.input[0]] for node in graph.graph.node if node.op_type == "Softmax"]
    if [node.op_type for node in divisions] != ["Div"] * len(temperatures):
        raise ValueError(f"{path} does not divide the logits of {len(temperatures)} heads by their temperatures: export it anew.")
    tensors = {tensor.name: tensor for tensor in graph.graph.initializer}
    for division, temperature in zip(divisions, temperatures):
        maker = makers.get(division.input[1])
        old = maker.attribute[0].t if maker else tensors[division.input[1]]   # a node of its own, or an initializer
        value = torch.tensor(temperature, dtype=torch.float32).numpy().reshape(tuple(old.dims))
        old.CopyFrom(numpy_helper.from_array(value, old.name))
    onnx.save(graph, str(path))


def record(path, temperatures):
    """The recorded probabilities for these temperatures."""
    recorded = json.loads(path.read_text())
    for head, temperature in zip(recorded["heads"], temperatures):
        head["temperature"] = temperature
        logits = torch.tensor(head["logits"], dtype=torch.float64)
        head["probabilities"] = torch.softmax(logits / temperature, 1).numpy().round(6).tolist()
    path.write_text(json.dumps(recorded, indent=1) + "\n")


if __name__ == "__main__":
    main()
