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

import evaluate
from augment import AugmentConfig
from learn import Run, TrainingConfig
from memory import keep_freed_memory
from network import build
from tasks import TASKS


def arguments():
    here = Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("name", help="emotion, gender, or a path to a configuration file")
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


def start_from(network, folder):
    """Takes the features of another model's best epoch: faces are faces. The classifier stays fresh."""
    if not (folder / "best.pt").is_file():
        raise FileNotFoundError(f"{folder}/best.pt is missing: train the model {folder.name} first, it is the start of this one.")
    state = torch.load(folder / "best.pt", map_location="cpu")["network"]
    network.features.load_state_dict({key[len("features."):]: value for key, value in state.items()
                                      if key.startswith("features.")})


def main():
    options = arguments()
    config = options.config
    keep_freed_memory()
    torch.set_num_threads(options.threads)
    cv2.setNumThreads(1)
    training = TrainingConfig.from_dict(config["training"])
    torch.manual_seed(training.seed)
    task = TASKS[config["attribute"]](config, options.data, options.cache)
    folder = options.cache / (options.run or config["name"])
    if not options.report_only:
        network = build(config, task.labels)
        if "start" in config:
            start_from(network, options.cache / config["start"])
        Run(network, task, config["size"], training, AugmentConfig(**config["augment"]), folder).run()
    if not options.train_only:
        evaluate.release(config, options, task, folder)


if __name__ == "__main__":
    main()
