#!/usr/bin/env python3
"""How well released models tell emotions of people and cameras that nothing was learned from: the faces of more_faces.py --unseen.

    python3 models/training/unseen.py DATA/unseen models/face.onnx models/emotion.onnx ...

Prints, for each source, how many faces there are and what share of them each model is right about; in brackets the mean over the labels. OpenCV runs the networks.
"""
import argparse
from pathlib import Path

import cv2
import numpy as np

import data
from heads import HEADS
from more_faces import SIZE

BATCH = 64


def answers(model, faces):
    """The most probable emotion of grey faces [N, S, S]: numbers [N]."""
    network = cv2.dnn.readNetFromONNX(str(model))
    found = []
    for start in range(0, len(faces), BATCH):
        network.setInput(faces[start:start + BATCH, None].astype(np.float32) / 127.5 - 1)
        found.append(network.forward("emotion").argmax(1))
    return np.concatenate(found)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("models", nargs="+", type=Path)
    options = parser.parse_args()
    faces = data.more(options.folder.parent, options.folder.name)
    border = (faces.pictures.shape[1] - SIZE) // 2
    pictures = faces.pictures[:, border:border + SIZE, border:border + SIZE]
    labels = np.array([HEADS["emotion"].labels.index(label) for label in faces["emotion"]])
    for model in options.models:
        right = answers(model, pictures) == labels
        for source in dict.fromkeys(faces["source"]):
            own = faces["source"] == source
            balanced = np.mean([right[own & (labels == label)].mean() for label in np.unique(labels[own])])
            print(f"{model.stem}: {source}, {own.sum():,} faces: {100 * right[own].mean():.1f}% ({100 * balanced:.1f}%)", flush=True)


if __name__ == "__main__":
    main()
