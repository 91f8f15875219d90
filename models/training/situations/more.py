#!/usr/bin/env python3
"""More pictures of dangers and of harmless things, from clones of the public repositories that more.csv names:

    python3 models/training/situations/more.py --clones DIR --out DATA/more

DIR/<owner>+<name> is a clone of each, bare or not, that has the commit. Writes more.jpgs and more_index.csv, laid out as the situations are:
shorter side 224, at most 3:2, JPEG. The list leaves out pictures that are nearly alike (64-bit DCT hash) to another one or to a situation.
With --list choosing it reads choosing.csv, pictures to choose by of sources that nothing is learned from, and names what it writes after it.
"""
import argparse
import csv
import subprocess
import tempfile
from pathlib import Path

import cv2
import numpy as np

import whole

HERE = Path(__file__).resolve().parent
SIDE = 224
QUALITY = 88


def listed(name="more"):
    """more.csv or choosing.csv: [(source, commit, class, path)]; the commit is said once for each source."""
    commits = {}
    with open(HERE / f"{name}.csv", newline="") as file:
        return [(row["source"], commits.setdefault(row["source"], row["commit"]), row["class"], row["path"]) for row in csv.DictReader(file)]


def read(clone, commit, path):
    """A file of a commit, as bytes."""
    return subprocess.run(["git", "-C", str(clone), "cat-file", "blob", f"{commit}:{path}"], check=True, capture_output=True).stdout


def decoded(content, frame=None):
    """A picture file, or a frame of a clip, by its number: BGR [H, W, 3]."""
    if frame is None:
        return cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR)
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        clip = cv2.VideoCapture(file.name)
        clip.set(cv2.CAP_PROP_POS_FRAMES, frame)
        return clip.read()[1]


def prepare(picture):
    """As the situations are: the shorter side at most 224, the longer one cropped to 3:2."""
    scale = SIDE / min(picture.shape[:2])
    if scale < 1:
        picture = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    height, width = picture.shape[:2]
    most = int(1.5 * min(height, width))
    left, top = max(0, (width - most) // 2), max(0, (height - most) // 2)
    return picture[top:top + most, left:left + most]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--clones", required=True, type=Path)
    parser.add_argument("--out", required=True, type=Path)
    parser.add_argument("--list", default="more", choices=("more", "choosing"))
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    name = options.list
    index_path = options.out / f"{name}_index.csv"
    index_path.unlink(missing_ok=True)     # an index that is there is whole
    with open(options.out / f"{name}.jpgs", "wb") as pictures, whole.writing(index_path, "w", newline="") as index:
        writer = csv.writer(index, lineterminator="\n")
        writer.writerow(["offset", "length", "source", "path", "class", "danger", "split", "scene"])
        for number, (source, commit, label, path) in enumerate(listed(name)):
            file, _, frame = path.partition("#")
            picture = decoded(read(options.clones / source.replace("/", "+"), commit, file), int(frame) if frame else None)
            _, packed = cv2.imencode(".jpg", prepare(picture), [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
            writer.writerow([pictures.tell(), len(packed), source, path, label, int(label != "normal"), "train", f"{name}-{number}"])
            pictures.write(packed.tobytes())


if __name__ == "__main__":
    main()
