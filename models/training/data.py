"""Readers of the data sets. Each gives pictures, grey or in colour as `channels` says, and a table of columns; nothing is cropped or augmented here.
Boxes and splits come from the project's `evaluate`.

The folder holds fer2013/, fairface/, utkface/ and mtfl/; each reader names the files that it expects.
"""
import csv
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

CHANNELS = {"gray": 1, "bgr": 3}   # what a configuration and a manifest call them, and how many

# FER+ columns in the order of the emotion head; contempt, unknown and not-a-face have no class in FER-2013.
FER_PLUS = ["fp_anger", "fp_disgust", "fp_fear", "fp_happiness", "fp_sadness", "fp_surprise", "fp_neutral"]


def shape_of(config):
    """[C, H, W] of a configuration's faces."""
    return CHANNELS[channels_of(config)], config["size"], config["size"]


def channels_of(config):
    """What a configuration's network sees: gray, or bgr."""
    return config.get("channels", "gray")


@dataclass
class Faces:
    """Pictures uint8, grey [N, H, W] or BGR [N, H, W, 3], and columns of length N."""

    pictures: np.ndarray
    columns: dict

    def __len__(self):
        return len(self.pictures)

    def __getitem__(self, column):
        return self.columns[column]

    def where(self, mask):
        return Faces(self.pictures[mask], {name: values[mask] for name, values in self.columns.items()})


def read_table(path):
    """A CSV file as a dictionary of string arrays."""
    if not Path(path).is_file():
        raise FileNotFoundError(f"{path} is missing: give the data folder with --data (see README.md for its layout).")
    with open(path, newline="") as file:
        rows = list(csv.DictReader(file))
    return {name: np.array([row[name] for row in rows]) for name in rows[0]}


def read_jpegs(path, table, channels="gray"):
    """Colour JPEGs back to back, decoded; gray: turned to grey as the node does (OpenCV's luma weights)."""
    data = np.fromfile(path, np.uint8)
    offsets, lengths = table["jpeg_offset"].astype(np.int64), table["jpeg_bytes"].astype(np.int64)
    colour = (cv2.imdecode(data[o:o + n], cv2.IMREAD_COLOR) for o, n in zip(offsets, lengths))
    return np.stack([cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY) for picture in colour] if channels == "gray" else list(colour))


def fer2013(folder):
    """FER-2013, 48x48. Columns: usage, emotion, votes [N, 7] (FER+ shares; 0 where nothing can be said), duplicate."""
    folder = Path(folder) / "fer2013"
    table = read_table(folder / "labels.csv")
    pictures = [cv2.imread(str(file), cv2.IMREAD_GRAYSCALE) for file in sorted(folder.glob("faces_*.png"))]
    votes = np.stack([table[name].astype(np.float32) for name in FER_PLUS], 1)
    votes[votes.max(1) < 2] = 0      # a single vote for each of several emotions says nothing
    votes *= (table["votes_valid"] == "1")[:, None]
    votes /= np.maximum(votes.sum(1, keepdims=True), 1)
    return Faces(np.concatenate(pictures).reshape(-1, 48, 48), {
        "usage": table["usage"],
        "emotion": table["emotion"].astype(np.int64),
        "votes": votes,
        "duplicate": table["duplicate_of_training"] == "1",
    })


def fairface(folder, part, channels="gray"):
    """FairFace, 64x64, 0.25 padding; part is train or val. Columns: gender, race, age_band, row."""
    folder = Path(folder) / "fairface"
    table = read_table(folder / f"fairface_{part}_index.csv")
    return Faces(read_jpegs(folder / f"fairface_{part}_rgb64_q90.jpgs", table, channels), {
        "gender": (table["gender"] == "Male").astype(np.int64),
        "race": table["race"],
        "age_band": table["age"],
        "row": table["row"].astype(np.int64),
    })


def utkface(folder, channels="gray"):
    """UTKFace, 64x64, tight. Columns: gender, race, age in years, row."""
    folder = Path(folder) / "utkface"
    table = read_table(folder / "index.csv")
    races = np.array(["White", "Black", "Asian", "Indian", "Other", ""])   # -1, the last: nobody says it
    return Faces(read_jpegs(folder / "faces.jpgs", table, channels), {
        "gender": (table["gender"] == "0").astype(np.int64),
        "race": races[table["race"].astype(int)],
        "age": table["age"].astype(np.int64),
        "row": table["row"].astype(np.int64),
    })


def mtfl(folder, channels="gray"):
    """MTFL, 80x80, loose. Columns: gender, glasses, row."""
    folder = Path(folder) / "mtfl"
    table = read_table(folder / "mtfl_index.csv")
    return Faces(read_jpegs(folder / "mtfl_80x80.jpgs", table, channels), {
        "gender": (table["gender(1m2f)"] == "1").astype(np.int64),
        "glasses": table["glasses(1y2n)"] == "1",
        "row": table["row"].astype(np.int64),
    })


def more(folder, channels="gray", name="more"):
    """What more_faces.py wrote: crops with their context, 96x96. Columns: emotion, gender and age as texts, empty where nobody says it."""
    folder = Path(folder) / name
    table = read_table(folder / "index.csv")
    return Faces(read_jpegs(folder / "faces.jpgs", table, channels), {name: table[name] for name in ("source", "emotion", "gender", "age")})


def no_faces(folder, split, channels="gray"):
    """What no_faces.py wrote of a split, train or test: crops with their context, 96x96. Columns: source, detector, score."""
    folder = Path(folder) / "no_faces"
    table = read_table(folder / "index.csv")
    table = {name: values[table["split"] == split] for name, values in table.items()}
    return Faces(read_jpegs(folder / "faces.jpgs", table, channels), {"source": table["source"], "detector": table["detector"], "score": table["score"].astype(np.float32)})


@dataclass
class Boxes:
    """Of each face, in the order of its data set: boxes [N, 4] (x, y, width, height in pixels), found [N] bool, split [N]: train,
    selection or test. Where the detector found no face the median box of the others stands in."""

    boxes: np.ndarray
    found: np.ndarray
    split: np.ndarray


class BoxTable:
    """The file that `evaluate --boxes` writes: what the node's detector finds in the data sets, and their splits."""

    def __init__(self, path):
        self.path, self.table = path, read_table(path)

    def of(self, name, rows):
        """The Boxes of rows [N] of a data set: "FER-2013", "FairFace train", "FairFace val", "UTKFace" or "MTFL"."""
        inside = self.table["set"] == name
        numbers = self.table["row"][inside].astype(np.int64)
        order = np.argsort(numbers)
        place = np.searchsorted(numbers[order], rows).clip(max=max(len(numbers) - 1, 0))
        if len(numbers) == 0 or (numbers[order][place] != rows).any():
            raise ValueError(f"{self.path} has not all rows of {name}: delete it, so that it is written again without a limit.")
        given = np.flatnonzero(inside)[order][place]
        boxes = np.stack([self.table[column][given].astype(np.float32) for column in ("x", "y", "width", "height")], 1)
        return Boxes(boxes, self.table["found"][given] == "1", self.table["split"][given])
