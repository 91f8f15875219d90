"""Readers: Flickr8k's pictures and captions, the situations, and the sentences written for them."""
import csv
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

import words

SIZE = 224

# The categories of danger, and which classes of the data set each of them has.
CATEGORIES = ("none", "fallen person", "fire or smoke", "weapon", "fight", "accident")
CATEGORY_OF = {"normal": "none", "fallen": "fallen person", "fire": "fire or smoke", "smoke": "fire or smoke", "gun": "weapon",
               "knife": "weapon", "fight": "fight", "crash": "accident"}


@dataclass
class Picture:
    """A picture of a data set. split: train, val or test; category: an index of CATEGORIES, or None where nobody said."""
    name: str
    split: str
    source: str
    category: int | None
    captions: list
    scene: str = ""
    label: str = ""


def flickr8k(data):
    """Flickr8k's pictures of the official splits, in their order: [Picture]."""
    folder = Path(data) / "flickr8k"
    captions = {}
    for line in (folder / "Flickr8k.token.txt").read_text().splitlines():
        name, caption = line.split("\t")
        captions.setdefault(name.split("#")[0], []).append(words.tokenize(caption))
    return [Picture(name, split, "Flickr8k", 0, captions[name])
            for split, file in (("train", "train"), ("val", "dev"), ("test", "test"))
            for name in (folder / f"Flickr_8k.{file}Images.txt").read_text().split()]


def situations(data, sentences, name="situations"):
    """The situations, or what more.py wrote beside them, in the order of their index: [Picture]; sentences: {name: [sentence]}."""
    with open(Path(data) / name / f"{name}_index.csv", newline="") as file:
        return [Picture(row["offset"], row["split"], row["source"], CATEGORIES.index(CATEGORY_OF[row["class"]]),
                        [words.tokenize(sentence) for sentence in sentences.get(row["offset"], [])], row["scene"], row["class"])
                for row in csv.DictReader(file)]


def written(path):
    """Sentences of ours: {picture: [sentence]}."""
    found = {}
    with open(path, newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["picture"], []).append(row["sentence"])
    return found


def flickr8k_reader(folder):
    """Name to BGR [H, W, 3]. folder: where Flickr8k's JPEGs are."""
    return lambda picture: cv2.imread(str(Path(folder) / picture.name))


def situations_reader(data, name="situations"):
    """Name, which is the offset, to BGR [H, W, 3]."""
    folder = Path(data) / name
    pixels = np.memmap(folder / f"{name}.jpgs", np.uint8, "r")
    with open(folder / f"{name}_index.csv", newline="") as file:
        length = {row["offset"]: int(row["length"]) for row in csv.DictReader(file)}
    return lambda picture: cv2.imdecode(pixels[int(picture.name):int(picture.name) + length[picture.name]], cv2.IMREAD_COLOR)


def squeeze(picture):
    """The whole picture in the network's square, as the node does it: BGR [SIZE, SIZE, 3]."""
    return cv2.resize(picture, (SIZE, SIZE), interpolation=cv2.INTER_AREA)
