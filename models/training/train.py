#!/usr/bin/env python3
"""From the data folder to models/<name>.onnx, .yaml and .md in one command:

    python3 models/training/train.py emotion --data DIR --out models

Interrupted, the same command goes on after the last checkpoint.
"""
import argparse
import copy
import hashlib
import os
import tempfile
from dataclasses import replace
from functools import partial
from pathlib import Path

import cv2
import numpy as np
import torch
import yaml

import export
import release
import thin
import transfer
import whole
from architectures import build
from augment import LUMA, AugmentConfig
from data import channels_of, shape_of
from ensemble import Adapted, Ensemble, as_shape
from heads import HEADS, columns_of, slices
from learn import Run, TrainingConfig, predict
from memory import keep_freed_memory
from mobilefacenet import start_from_published
from restore import restore
from tasks import build_task, spaced, to_input

HERE = Path(__file__).resolve().parent
ENOUGH = 500    # faces for the statistics of a batch norm
AT_ONCE = 4096  # faces that a teacher gets as floats at a time: all of them would take gigabytes


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("name", help="face, emotion, gender, ... or a path to a configuration file")
    parser.add_argument("--data", required=True, type=Path, help="folder with fer2013/, fairface/, utkface/, mtfl/")
    parser.add_argument("--out", type=Path, default=HERE.parent, help="where the model goes (default: %(default)s)")
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "face_attributes_training",
                        help="checkpoints, logs and face boxes (default: %(default)s)")
    parser.add_argument("--run", help="name of the run's folder in the cache (default: the model's name)")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE",
                        help="overrides the configuration, e.g. network.dropout=0.3; networks.1.training.seed=9 where there are several")
    parser.add_argument("--threads", type=int, default=os.cpu_count(),
                        help="fewer where the machine is shared: threads that wait for each other waste it")
    parser.add_argument("--recorded", type=Path, metavar="DIR",
                        help="also writes PyTorch's answers to made-up faces, for tests in other languages")
    parser.add_argument("--device", default="cpu", help="where to train: cpu or cuda (default: %(default)s)")
    parser.add_argument("--network", type=int, metavar="K", help="of a model that is the mean of several networks, trains only this one, without export and report: for these, --report-only when all are trained")
    parser.add_argument("--train-only", action="store_true", help="no export, no report")
    parser.add_argument("--report-only", action="store_true", help="no training: export the best epoch so far")
    parser.add_argument("--selection-only", action="store_true",
                        help="report on the selection split only: the test splits are looked at once, for a release")
    options = parser.parse_args()
    path = Path(options.name) if options.name.endswith(".yaml") else HERE / f"{options.name}.yaml"
    if not path.is_file():
        parser.error(f"{path} does not exist: name a configuration such as emotion or gender.")
    options.config = read_config(path, options.set)
    return options


def read_config(path, overrides=()):
    """The YAML file, with overrides such as network.dropout=0.3, or networks.1.training.seed=9 where there are several networks."""
    config = yaml.safe_load(Path(path).read_text())
    for override in overrides:
        key, value = override.split("=", 1)
        *parents, last = key.split(".")
        if isinstance(config.get("networks"), list) and any(key.split(".")[0] in own for own in config["networks"]):
            raise ValueError(f"--set {override} has no effect, since a network has settings of its own there: say networks.K.{override}.")
        place = config
        for parent in parents:
            place = place[int(parent)] if isinstance(place, list) else place.setdefault(parent, {})
        place[last] = yaml.safe_load(value)
    return config


def main():
    options = arguments()
    config = options.config
    keep_freed_memory()
    options.cache.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(options.threads)
    cv2.setNumThreads(1)
    transfer_config = read_config(HERE / f"{config['transfer']}.yaml") if "transfer" in config else None
    teacher = partial(emotions, config["votes_teacher"], options) if "votes_teacher" in config and not options.report_only else None
    attributes = transfer_config["heads"] if transfer_config else list(HEADS) if "others" in config else None
    task = build_task(config, options.data, options.cache, attributes, teacher)
    if "teachers" in config:
        make_transfer_set(config, task, options)
        return
    folder = options.cache / (options.run or config["name"])
    if not options.report_only:
        ask(config, task, attributes, options)
        if "others" in config:
            task = task.where(chosen(task, config["others"]))
        learn(config, task, transfer_config, folder, options)
    if options.network is None and not options.train_only:
        release.release(config, options, task, *trained(config, folder))


def emotions(name, options, pictures):
    """As opinions, of emotion alone: probabilities [N, emotions]."""
    return opinions(name, options, pictures)["emotion"]


def opinions(name, options, pictures):
    """The mean prediction of a trained model for faces, uint8 [N, S, S] or [N, S, S, 3], and their mirror images: probabilities [N, labels] by
    attribute. Kept in the cache."""
    # A model's own teacher is the released one, not what is being trained. It only predicts: what its batch norms see doesn't matter.
    cache = None if name == options.config["name"] else options.cache
    network, heads = model(name, cache, to_input(spaced(pictures, ENOUGH)))
    path = options.cache / f"{name}_{fingerprint(network.state_dict().values())}_{fingerprint([torch.from_numpy(pictures)])}_mirrored.npy"
    if not path.is_file():
        network = network.to(options.device)
        mirrored = pictures[:, :, ::-1]
        whole.save(path, np.stack([np.concatenate([predict(network, to_input(seen[start:start + AT_ONCE]), bfloat16=True).numpy()
                                                   for start in range(0, len(seen), AT_ONCE)]) for seen in (pictures, mirrored)]))
    logits = torch.from_numpy(np.load(path))
    return {head.attribute: torch.softmax(logits[:, :, part], 2).mean(0) for head, part in zip(heads, slices(heads))}


def ask(config, task, known, options):
    """Fills the task's opinions: what the configuration's teachers say of the training faces as they are, where no votes tell more. A teacher sees
    them in its own size and colours. known: the attributes that the task was built with."""
    for name, attributes in config.get("opinions", {}).items():
        parts = {attribute: columns_of(attribute, task.heads) for attribute in attributes}
        rows = torch.stack([task.votes[:, part].sum(1) == 0 for part in parts.values()]).any(0)
        teacher = read_config(HERE / f"{name}.yaml")
        seen = {**config, "size": teacher["size"], "channels": channels_of(teacher)}
        shown = task if shape_of(seen) == shape_of(config) else build_task(seen, options.data, options.cache, known)
        said = opinions(name, options, shown.nominal_pictures(seen["size"])[rows.numpy()])
        for attribute, part in parts.items():
            task.opinions[rows, part] = said[attribute]


def chosen(task, others):
    """[N] bool: the faces whose label is known, and of the others so many at most of each label that the teacher takes for the most probable."""
    part, = task.parts
    known = task.known(part)
    thought = torch.where(known, -1, task.opinions[:, part].argmax(1))
    rows = known.clone()
    shuffle = torch.Generator().manual_seed(1)
    for label in range(part.stop - part.start):
        of_label = torch.nonzero(thought == label).flatten()
        rows[of_label[torch.randperm(len(of_label), generator=shuffle)[:others]]] = True
    return rows


def fingerprint(tensors):
    """Of some tensors, in hex."""
    digest = hashlib.sha256()
    for values in tensors:
        digest.update(np.ascontiguousarray(values.cpu().numpy()))
    return digest.hexdigest()[:12]


def make_transfer_set(config, task, options):
    """The faces and predictions that a configuration with teachers describes, into the cache."""
    def teacher(name):
        network, heads = model(name, options.cache, task.nominal_faces(config["size"], ENOUGH))
        return Adapted(network, shape_of(read_config(HERE / f"{name}.yaml"))), heads

    transfer.make(config, task, teacher, options.cache / config["name"], options.device)


def learn(config, task, transfer_config, folder, options):
    """Trains the configuration's network, or those of its networks that are wanted; transfer_config: what describes its transfer set."""
    transfer_set = None
    if transfer_config:
        make_transfer_set(transfer_config, task, options)
        transfer_set = transfer.load(options.cache / transfer_config["name"], transfer_config["teachers"])
    for number, place, own in members(config, folder):
        if options.network not in (None, number):
            continue
        training = TrainingConfig.from_dict(own["training"])
        seeded = replace(training, seed=training.seed + number)
        torch.manual_seed(seeded.seed)
        network = build(own)
        if "pretrained" in own and not (place / "last.pt").is_file():
            faces = task.nominal_faces(config["size"], ENOUGH)
            if own["pretrained"] == "mobilefacenet":
                start_from_published(network, faces)
            else:
                start_from(network, model(own["pretrained"], options.cache, faces)[0], faces, number)
        Run(network, task, config["size"], seeded, AugmentConfig(**own.get("augment", {})), place, config["heads"], transfer_set,
            options.device).run()


def start_from(network, other, faces, number=0):
    """Takes the features of another network, or of one of an ensemble's: faces are faces. It has the same architecture; a mini-Xception may have more
    gates and wider stages, see thin.py; one of them may see grey, the other colours. The classifier stays fresh, but where both are asked for the same."""
    if isinstance(other, Ensemble):
        other = other.members[number % len(other.members)]
    if network.features[0].in_channels != other.features[0].in_channels:
        other = in_other_channels(other)
    if shapes(network.features) != shapes(other.features):
        thin.fill(network, other, faces)
        return
    network.features.load_state_dict(other.features.state_dict())
    if shapes(network.classifier) == shapes(other.classifier):
        network.classifier.load_state_dict(other.classifier.state_dict())


def in_other_channels(network):
    """A copy of a network of grey faces that answers faces in colour as their luma; of one of colours, that answers grey faces as it did before."""
    network = copy.deepcopy(network)
    first = network.features[0]
    weight = first.weight.detach()
    first.weight = torch.nn.Parameter(weight * LUMA if first.in_channels == 1 else weight.sum(1, keepdim=True))
    first.in_channels = first.weight.shape[1]
    return network


def shapes(module):
    return {name: value.shape for name, value in module.state_dict().items()}


def members(config, folder):
    """(number, folder, configuration) of a configuration's networks: several where their mean is the model."""
    if "networks" not in config:
        return [(0, folder, config)]
    given = config["networks"]
    return [(number, folder / str(number), {**config, **own}) for number, own in enumerate([{}] * given if isinstance(given, int) else given)]


def trained(config, folder):
    """The best epoch of a configuration's network, or the mean of its networks; second: which epochs these are, and of how many; third: how many
    faces they learned from, 0 where that isn't known."""
    parts = members(config, folder)
    networks, states = zip(*(export.load(build(own), place) for _, place, own in parts))
    epochs = [(state["epoch"], TrainingConfig.from_dict(own["training"]).epochs) for state, (_, _, own) in zip(states, parts)]
    return joined(networks), epochs, max(state.get("faces", 0) for state in states)


def is_trained(config, place):
    """Whether a network's training has ended: who asked it before that would ask another one later."""
    if not (place / "last.pt").is_file() or not (place / "best.pt").is_file():
        return False
    return torch.load(place / "last.pt", map_location="cpu")["epoch"] >= TrainingConfig.from_dict(config["training"]).epochs


def joined(networks):
    return networks[0] if len(networks) == 1 else Ensemble(networks).eval()


def model(name, cache, faces):
    """A trained model by its name, its network and its heads: from the cache, if its training has ended there, else brought back from the released file."""
    config = read_config(HERE / f"{name}.yaml")
    heads = [HEADS[attribute] for attribute in config["heads"]]
    parts = members(config, (cache or HERE) / name)
    if cache and all(is_trained(own, place) for _, place, own in parts):
        return trained(config, cache / name)[0], heads
    if (HERE.parent / f"{name}.onnx").is_file():
        network = joined([build(own) for _, _, own in parts])
        return restore(network, HERE.parent / f"{name}.onnx", as_shape(faces, shape_of(config))), heads
    raise FileNotFoundError(f"There is neither a training that has ended in {parts[0][1]} nor {HERE.parent / name}.onnx: train '{name}' first.")


if __name__ == "__main__":
    main()
