#!/usr/bin/env python3
"""How well released models do on people and cameras that nothing was learned from: the faces of more_faces.py --unseen.

    python3 models/training/unseen.py DATA/unseen face emotion ...

Prints, for each source, how many faces there are and what share of them each model is right about, in brackets the mean over the labels; of ages the
mean absolute error in years, the mean error of those below 20 and above 60, and how many ages are within one standard deviation (of a normal distribution 68%).
"""
import argparse
from pathlib import Path

import numpy as np
import torch

import crops
import data
import metrics
from heads import slices
from learn import predict
from memory import keep_freed_memory
from more_faces import SIZE
from tasks import resized, spaced, to_input
from train import ENOUGH, HERE, model, read_config


def figures(head, logits, temperature, labels):
    """What a head's answers are worth, in words; labels: texts."""
    if head.numeric:
        ages = labels.astype(float)
        means, deviations = metrics.moments(metrics.softmax(logits, temperature), np.array(head.values))
        within = np.abs(means - ages) <= deviations
        groups = (("all", ages >= 0), ("below 20", ages < 20), ("above 60", ages > 60))
        return f"{np.abs(means - ages).mean():.2f} years; " + "; ".join(
            f"{name} ({own.sum():,}) {(means - ages)[own].mean():+.1f}, {100 * within[own].mean():.0f}% within" for name, own in groups if own.any())
    right = np.array(head.labels)[logits.argmax(1)] == labels
    balanced = np.mean([right[labels == label].mean() for label in np.unique(labels)])
    return f"{100 * right.mean():.1f}% ({100 * balanced:.1f}%)"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("models", nargs="+")
    options = parser.parse_args()
    keep_freed_memory()
    torch.set_num_threads(1)
    for name in options.models:
        manifest = read_config(HERE.parent / f"{name}.yaml")
        faces = data.more(options.folder.parent, manifest["input"]["channels"], options.folder.name)
        pictures = resized(crops.middle(faces.pictures, SIZE), manifest["input"]["width"])
        network, heads = model(name, None, to_input(spaced(pictures, ENOUGH)))
        logits = predict(network, to_input(pictures)).numpy()
        for head, part, given in zip(heads, slices(heads), manifest["heads"], strict=True):
            for source in dict.fromkeys(faces["source"]):
                known = (faces["source"] == source) & (faces[head.attribute] != "")
                if known.any():
                    print(f"{name}, {head.attribute}: {source}, {known.sum():,} faces: "
                          f"{figures(head, logits[known, part], given['temperature'], faces[head.attribute][known])}", flush=True)


if __name__ == "__main__":
    main()
