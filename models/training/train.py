#!/usr/bin/env python3
"""From the data folder to models/<name>.onnx, .yaml and .md in one command:

    python3 models/training/train.py emotion --data DIR --out models

Interrupted, the same command goes on after the last finished epoch.
"""
import argparse
import os
import tempfile
from pathlib import Path

import cv2
import torch
import yaml

import export
import release
from augment import AugmentConfig
from ensemble import ensemble
from heads import HEADS
from learn import Run, TrainingConfig
from memory import keep_freed_memory
from network import build
from restore import restore
from tasks import build_task


def arguments():
    here = Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("name", help="face, emotion, gender, ... or a path to a configuration file")
    parser.add_argument("--data", required=True, type=Path, help="folder with fer2013/, fairface/, utkface/, mtfl/")
    parser.add_argument("--out", type=Path, default=here.parent, help="where the model goes (default: %(default)s)")
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "face_attributes_training",
                        help="checkpoints, logs and face boxes (default: %(default)s)")
    parser.add_argument("--run", help="name of the run's folder in the cache (default: the model's name)")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE",
                        help="overrides the configuration, e.g. network.dropout=0.3")
    parser.add_argument("--threads", type=int, default=os.cpu_count(),
                        help="fewer where the machine is shared: threads that wait for each other waste it")
    parser.add_argument("--recorded", type=Path, metavar="DIR",
                        help="also writes PyTorch's answers to made-up faces, for tests in other languages")
    parser.add_argument("--device", default="cpu", help="where to train: cpu or cuda (default: %(default)s)")
    parser.add_argument("--train-only", action="store_true", help="no export, no report")
    parser.add_argument("--report-only", action="store_true", help="no training: export the best epoch so far")
    parser.add_argument("--selection-only", action="store_true",
                        help="report on the selection split only: the test splits are looked at once, for a release")
    options = parser.parse_args()
    path = Path(options.name) if options.name.endswith(".yaml") else here / f"{options.name}.yaml"
    if not path.is_file():
        parser.error(f"{path} does not exist: name a configuration such as emotion or gender.")
    options.config = read_config(path, options.set)
    return options


def read_config(path, overrides=()):
    """The YAML file, with overrides such as network.dropout=0.3."""
    config = yaml.safe_load(Path(path).read_text())
    for override in overrides:
        key, value = override.split("=", 1)
        *parents, last = key.split(".")
        place = config
        for parent in parents:
            place = place.setdefault(parent, {})
        place[last] = yaml.safe_load(value)
    return config


def start_from(network, other):
    """Takes the features of another network: faces are faces. The classifier stays fresh.

    Stages that the other doesn't have must be the last ones, and change nothing at first.
    """
    mine, theirs = network.features, other.features
    for layer, given in zip(mine, theirs):
        layer.load_state_dict(given.state_dict())
    for stage in list(mine)[len(theirs):]:
        torch.nn.init.zeros_(stage.second[-1].weight)


def main():
    options = arguments()
    config = options.config
    keep_freed_memory()
    torch.set_num_threads(options.threads)
    cv2.setNumThreads(1)
    task = build_task(config, options.data, options.cache)
    network, state = joined(config, task, options) if "members" in config else learned(config, task, options)
    if not options.train_only and "baseline" not in config:
        release.release(config, options, task, network, state)


def learned(config, task, options):
    """Trains the configuration's network; returns its best epoch."""
    training = TrainingConfig.from_dict(config["training"])
    torch.manual_seed(training.seed)
    folder = options.cache / (options.run or config["name"])
    if not options.report_only:
        def model(name):
            return trained(name, options.cache, task.nominal_faces(config["size"]))

        network = build(config)
        if "start" in config and not (folder / "last.pt").is_file():
            start_from(network, model(config["start"])[0])
        Run(network, task, config["size"], training, AugmentConfig(**config["augment"]), folder, config["heads"], model,
            options.device).run()
    return export.load(build(config), folder)


def joined(config, task, options):
    """The configuration's members as one network; nothing is learned."""
    attribute, = config["heads"]
    faces = task.nominal_faces(config["size"])
    return ensemble([trained(name, options.cache, faces) for name in config["members"]], attribute).eval(), {"epoch": None}


def trained(name, cache, faces):
    """A model's network and heads: of its best epoch in the cache, else brought back from the released file."""
    here = Path(__file__).resolve().parent
    config = read_config(here / f"{name}.yaml")
    network = build(config)
    if (cache / name / "best.pt").is_file():
        network.load_state_dict(torch.load(cache / name / "best.pt", map_location="cpu")["network"])
    elif (here.parent / f"{name}.onnx").is_file():
        restore(network, here.parent / f"{name}.onnx", faces[::max(1, len(faces) // 2000)])
    else:
        raise FileNotFoundError(f"There is neither {cache / name}/best.pt nor {here.parent / name}.onnx: train '{name}' first.")
    return network, [HEADS[attribute] for attribute in config["heads"]]


if __name__ == "__main__":
    main()
