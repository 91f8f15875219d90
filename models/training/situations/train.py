#!/usr/bin/env python3
"""From the data folder to models/situation.onnx, situation_decoder.onnx and situation.yaml in one command:

    python3 models/training/situations/train.py --data DIR --pictures FLICKR8K --out models

Interrupted, the same command goes on where it was.
"""
import argparse
import hashlib
import json
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
import yaml
from torch import nn

import danger
import data
import export
import features
import learn_captions
import metrics
import movenet
import release
import resnet
import small
import whole
import words

HERE = Path(__file__).resolve().parent


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", required=True, type=Path, help="folder with flickr8k/ and situations/")
    parser.add_argument("--pictures", required=True, type=Path, help="folder with Flickr8k's JPEGs")
    parser.add_argument("--more", type=Path, help="folder with more/, which more.py wrote; without, danger is learned from the situations alone")
    parser.add_argument("--out", type=Path, default=HERE.parent.parent, help="where the model goes (default: %(default)s)")
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "situations_training",
                        help="features, checkpoints, logs (default: %(default)s)")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="overrides a setting, e.g. danger.epochs=2")
    parser.add_argument("--threads", type=int, default=os.cpu_count(), help="fewer where the machine is shared")
    parser.add_argument("--recorded", type=Path, metavar="FILE", help="also writes PyTorch's answers to a made-up picture, for tests in other languages")
    parser.add_argument("--export-only", action="store_true", help="no training: export the best so far")
    return parser.parse_args()


def read_config(overrides=()):
    """situation.yaml, with overrides such as danger.epochs=2."""
    config = yaml.safe_load((HERE / "situation.yaml").read_text())
    for override in overrides:
        key, value = override.split("=", 1)
        *parents, last = key.split(".")
        place = config
        for parent in parents:
            place = place[parent]
        place[last] = yaml.safe_load(value)
    return config


def main():
    options = arguments()
    config = read_config(options.set)
    torch.set_num_threads(options.threads)
    cv2.setNumThreads(1)
    people_cache, learned = options.cache / "people", options.cache / ("with_more" if options.more else "alone")
    people_cache.mkdir(parents=True, exist_ok=True)
    learned.mkdir(exist_ok=True)     # what has learned from `more`, or would have
    options.out.mkdir(parents=True, exist_ok=True)
    encoder = resnet.read().to(memory_format=torch.channels_last)
    of_people = movenet.read(options.cache / "human-models").to(memory_format=torch.channels_last)
    sets = picture_sets(options)
    seen, seen_people = Seen(encoder.trunk, sets, options.cache), Seen(of_people.trunk, sets, people_cache)

    training, selection = caption_sets(encoder.top, seen, config["captions"], options.cache)
    if options.export_only:
        config["captions"]["imitation"]["epochs"] = config["captions"]["reward"]["epochs"] = 0
        config["danger"]["epochs"] = config["danger"]["people"]["epochs"] = config["danger"]["refine"]["epochs"] = 0
        if not (learned / "small.pt").is_file():
            raise FileNotFoundError(f"{learned / 'small.pt'} is missing: train first, without --export-only, but {'' if options.more else 'also '}"
                                    f"with{'' if options.more else 'out'} --more.")
    captioner = learn_captions.learn(options.cache, training, selection, config["captions"])
    estimator = learn_danger(encoder, seen, config["danger"], options.cache)
    people = learn_people(of_people, seen_people, config["danger"], learned).scaled(config["danger"]["people"]["share"])

    def answers(name, chosen):
        return danger.predict(estimator, seen(name)[chosen]) + danger.predict(people, seen_people(name)[chosen])

    pictures = sets["situations"].pictures
    chosen_by = of_split(pictures, "val")
    chosen = metrics.choose(answers("situations", chosen_by).numpy(), labels_of(pictures)[chosen_by], config["danger"]["certain"])
    exported = export.Encoder(encoder.trunk, encoder.top, captioner, estimator, of_people.trunk, people)
    if options.recorded:
        export.record(exported, options.recorded)
    publish(config, exported, chosen, training.vocabulary, options.out)
    publish_small(config, encoder, captioner, answers, seen, training.vocabulary, learned / "small.pt", options.out)


@dataclass
class PictureSet:
    pictures: list
    read: Callable


def picture_sets(options):
    """The sets of pictures, by name; `more` only where it was given."""
    read = data.situations_reader(options.data)
    pictures = data.situations(options.data, data.written(HERE / "sentences.csv"))
    sets = {"flickr8k": PictureSet(data.flickr8k(options.data), data.flickr8k_reader(options.pictures)),
            "situations": PictureSet(pictures, read),
            "situations_train": PictureSet([picture for picture in pictures if picture.split == "train"], read)}
    if options.more:
        sets["more"] = PictureSet(data.situations(options.more, {}, "more"), data.situations_reader(options.more, "more"))
    return sets


@dataclass
class Seen:
    """What a trunk makes of the pictures of a set, computed where the cache lacks it."""
    trunk: nn.Module
    sets: dict
    cache: Path

    def __call__(self, name, version=0):
        return features.cached(self.cache / name, self.trunk, self.sets[name].pictures, self.sets[name].read, version)

    def training_views(self, versions):
        """The situations to learn from, as they are and in so many augmented copies."""
        return [self("situations")[of_split(self.sets["situations"].pictures, "train")]] + [
            self("situations_train", version) for version in range(1, 1 + versions)]

    def ordinary(self):
        """Flickr8k's pictures to learn from."""
        return self("flickr8k")[of_split(self.sets["flickr8k"].pictures, "train")]

    def selection(self):
        """The situations to choose by, and their labels."""
        pictures = self.sets["situations"].pictures
        chosen_by = of_split(pictures, "val")
        return self("situations")[chosen_by], labels_of(pictures)[chosen_by]


def of_split(pictures, split):
    return [i for i, picture in enumerate(pictures) if picture.split == split]


def labels_of(pictures):
    return np.array([picture.category for picture in pictures])


def caption_sets(top, seen, config, cache):
    """Captions to learn from and to choose by."""
    flickr, pictures = seen.sets["flickr8k"].pictures, seen.sets["situations"].pictures
    flickr_grids, grids = seen("flickr8k"), seen("situations")
    learned, chosen_by = of_split(flickr, "train"), of_split(flickr, "val")
    ours = [i for i in of_split(pictures, "train") if pictures[i].captions]
    sentences = [flickr[i].captions for i in learned] + [pictures[i].captions for i in ours]
    vocabulary = words.vocabulary(
        [caption for i in learned for caption in flickr[i].captions] + 2 * [caption for i in ours for caption in pictures[i].captions],
        config["least"])
    shown = np.concatenate([topped(top, flickr_grids, learned, cache / "train_top.npy"), topped(top, grids, ours, cache / "ours_top.npy")])
    return (learn_captions.Captions(shown, sentences, vocabulary, config),
            learn_captions.Captions(topped(top, flickr_grids, chosen_by, cache / "val_top.npy"),
                                    [flickr[i].captions for i in chosen_by], vocabulary, config))


def topped(top, grids, chosen, path):
    """What the encoder's last stage makes of some grids: float16 [N, 512, 7, 7], kept in a file of this name and which they are."""
    path = path.with_name(f"{path.stem}_{hashlib.sha256(np.asarray(chosen).astype(np.int64).tobytes()).hexdigest()[:12]}.npy")
    if path.is_file():
        return np.load(path)
    found = np.empty((len(chosen), 512, 7, 7), np.float16)
    for start in range(0, len(chosen), 64):
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            batch = torch.from_numpy(grids[chosen[start:start + 64]].astype(np.float32))
            found[start:start + 64] = top(batch).float().numpy()
    whole.save(path, found)
    return found


def learn_danger(encoder, seen, config, cache):
    """The classifier that looks at scenes."""
    shown, ordinary, selection = seen.sets["situations_train"].pictures, seen.ordinary(), seen.selection()
    views = seen.training_views(config["versions"])
    parts = [(danger.Examples(views, labels_of(shown), np.ones(len(shown))), 1.0),
             (harmless(ordinary, config["ordinary_weight"]), config["ordinary"])]
    network = danger.soup([danger.learn(cache, encoder.top, parts, selection, config, len(data.CATEGORIES), seed) for seed in config["seeds"]])
    if "more" in seen.sets:
        refine(network, {"situations": (views, shown), "more": ([seen("more")], seen.sets["more"].pictures)},
               ordinary[::config["refine"]["every"]], selection, config, cache)
    return network


def learn_people(network, seen, config, cache):
    """The classifier that looks at people, from all dangers at once."""
    config = {**config, **config["people"]}
    sets = [(seen.training_views(config["versions"]), seen.sets["situations_train"].pictures)]
    if "more" in seen.sets:
        sets.append(([seen("more", version) for version in range(1 + config["versions"])], seen.sets["more"].pictures))
    parts = [(harmless(seen.ordinary(), config["ordinary_weight"]), config["ordinary"]), *((examples, 1.0) for examples in balanced(sets))]
    return danger.learn(cache, network.top, parts, seen.selection(), config, len(data.CATEGORIES), config["seed"], channels=network.top.CHANNELS)


def harmless(grids, weight):
    """Pictures without danger, each of this weight."""
    return danger.Examples([grids], np.zeros(len(grids), int), np.full(len(grids), weight))


def balanced(sets):
    """[Examples] of each set, in which no source rules. sets: [(views, pictures)]."""
    weights = danger.balanced([picture for _, pictures in sets for picture in pictures])
    ends = np.cumsum([len(pictures) for _, pictures in sets])[:-1]
    return [danger.Examples(views, labels_of(pictures), own) for (views, pictures), own in zip(sets, np.split(weights, ends))]


def refine(network, sets, ordinary, selection, config, cache):
    """The last block and layer learn on from more pictures; the mean of their weights before and after is kept (Wortsman et al. 2022,
    arXiv:2109.01903), which loses less of what was learned first.

    sets: {name: (views, pictures)}.
    """
    def inner(name, part):
        return topped(network.top[:2], part, np.arange(len(part)), cache / f"inner_{name}.npy")

    parts = [(examples, 1.0) for examples in balanced(
        [([inner(f"{name}_{number}", view) for number, view in enumerate(views)], pictures) for name, (views, pictures) in sets.items()])]
    parts.append((harmless(inner(f"ordinary_{config['refine']['every']}", ordinary), config["ordinary_weight"]), 1.0))
    before = danger.DangerNetwork(network.top[2:], len(data.CATEGORIES))
    before.answer.load_state_dict(network.answer.state_dict())
    after = danger.learn(cache, network.top[2:], parts, (inner("selection", selection[0]), selection[1]),
                         {**config, **config["refine"]}, len(data.CATEGORIES), "refined", network.answer)
    mean = danger.soup([before, after])
    network.top[2].load_state_dict(mean.top[0].state_dict())
    network.answer.load_state_dict(mean.answer.state_dict())


def publish(config, encoder, chosen, vocabulary, out):
    """The files that the robot reads. encoder: an export.Encoder."""
    name = config["name"]
    report = {
        "config": config, "vocabulary": vocabulary, "categories": list(data.CATEGORIES), **chosen,
        "encoder_sha256": export.write_encoder(encoder, out / f"{name}.onnx"),
        "decoder_sha256": export.write_decoder(encoder.captioner, out / f"{name}_decoder.onnx"),
        "parameters": sum(parameter.numel() for parameter in encoder.parameters()),
    }
    (out / f"{name}.yaml").write_text(release.manifest(report))
    print(json.dumps({**chosen, "words": len(vocabulary), "parameters": report["parameters"]}))


def publish_small(config, encoder, captioner, answers, seen, vocabulary, path, out):
    """The small network's file and manifest; it shares the decoder's file. answers: name of a set and which of it to logits of danger; path: of what
    was learned."""
    settings, name = config["small"], config["small"]["name"]
    pictures = seen.sets["situations"].pictures
    learned, chosen_by = of_split(pictures, "train"), of_split(pictures, "val")
    slim, estimate = small.SlimTop(encoder.top), small.SmallDanger(len(data.CATEGORIES))
    if path.is_file():
        saved = torch.load(path)
        slim.load_state_dict(saved["slim"])
        estimate.load_state_dict(saved["estimate"])
    else:
        shown = {"flickr8k": of_split(seen.sets["flickr8k"].pictures, "train")[::settings["every"]], "situations": learned}
        if "more" in seen.sets:
            shown["more"] = slice(None)
        slim, estimate = small.distill(encoder.top, [seen(name)[chosen] for name, chosen in shown.items()],
                                       [answers(name, chosen) for name, chosen in shown.items()], settings)
        whole.save(path, {"slim": slim.state_dict(), "estimate": estimate.state_dict()})
    read = seen.sets["situations"].read
    ranges = small.measure(encoder.trunk, slim, [pixels([read(pictures[i]) for i in learned[start::settings["measured"]][:32]])
                                                 for start in range(settings["measured"])])
    ranges.rounds = True
    with torch.no_grad():
        logits = torch.cat([estimate(small.walk(ranges, encoder.trunk, slim, pixels([read(pictures[i]) for i in chosen_by[start:start + 32]])))
                            for start in range(0, len(chosen_by), 32)]).numpy()
    labels = labels_of(pictures)[chosen_by]
    chosen = metrics.choose(logits, labels, config["danger"]["certain"])
    print(f"small: AUC {metrics.danger(1 - torch.softmax(torch.from_numpy(logits), 1)[:, 0].numpy(), labels > 0)['auc']:.4f} on selection pictures")
    heads = small.Heads(captioner, estimate)
    report = {
        "config": {**config, **settings}, "vocabulary": vocabulary, "categories": list(data.CATEGORIES), **chosen,
        "encoder_sha256": export.write_small(encoder.trunk, slim, ranges, heads, out / f"{name}.onnx"),
        "decoder": f"{config['name']}_decoder.onnx",
        "decoder_sha256": hashlib.sha256((out / f"{config['name']}_decoder.onnx").read_bytes()).hexdigest(),
        "parameters": sum(parameter.numel() for module in (encoder.trunk, slim, heads) for parameter in module.parameters()),
    }
    (out / f"{name}.yaml").write_text(release.manifest(report))


def pixels(pictures):
    """Pictures as the network takes them: float32 [N, 3, 224, 224]."""
    return torch.from_numpy(np.stack([data.squeeze(picture) for picture in pictures]).transpose(0, 3, 1, 2).astype(np.float32))


if __name__ == "__main__":
    main()
