#!/usr/bin/env python3
"""More faces to learn from, out of clones of the public repositories in SOURCES:

    python3 models/training/more_faces.py --clones DIR --data DATA --out DATA/more

DIR/<owner>+<name> is a clone of each, bare or not, that has the commit. Writes faces.jpgs, crops in colour back to back as training takes them (the face's
box in the middle, CONTEXT times as wide), and index.csv: row, source, emotion, gender, age, jpeg_offset, jpeg_bytes; a label that isn't known is empty.
Left out is what is nearly alike (64-bit difference hash) to a face of FER-2013, FairFace, UTKFace or MTFL, or to one before. With --unseen it takes
the sources that nothing is learned from, to see how a network does on other people and cameras (unseen.py).
"""
import argparse
import csv
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from multiprocessing import Pool
from pathlib import Path

import cv2
import numpy as np

import crops
import data
import whole
from augment import CONTEXT
from heads import HEADS

SIZE = 64            # pixels of the box's side in a crop
QUALITY = 95
BORDER = 0.3         # A picture gets so much of its side as a border all round, so that a tight crop's face can be found.
SIDE = 160           # Pixels of the picture with its border in which the face is looked for,
SMALLEST = 0.25      # and the smallest face there, as a share.
CASCADE = "/usr/share/opencv4/haarcascades/haarcascade_frontalface_alt2.xml"
ALIKE = 4            # Bits by which the hashes of two pictures of the same face differ at most


@dataclass
class Labels:
    """What a source says of a picture; empty where it says nothing. box: (x, y, width, height) of what the picture should be of, in pixels."""
    emotion: str = ""
    gender: str = ""
    age: str = ""
    box: tuple = None


@dataclass
class Source:
    """A repository at a commit. read: clone -> [(path, Labels)], one for each face."""
    name: str
    commit: str
    read: Callable


class Clone:
    """Files of a commit in a clone. To be closed."""

    def __init__(self, folder, commit):
        self.command, self.commit = ["git", "-C", str(folder)], commit
        self.batch = subprocess.Popen([*self.command, "cat-file", "--batch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.batch.communicate()

    def paths(self, folder):
        """All below a folder."""
        listed = subprocess.run([*self.command, "ls-tree", "-rz", "--name-only", self.commit, "--", folder + "/"], check=True, capture_output=True)
        return listed.stdout.decode().split("\0")[:-1]

    def read(self, path):
        """The bytes of a file."""
        self.batch.stdin.write(f"{self.commit}:{path}\n".encode())
        self.batch.stdin.flush()
        header = self.batch.stdout.readline().split()
        if len(header) != 3:
            raise FileNotFoundError(f"{self.command[-1]} has no {path} in commit {self.commit}: clone it again.")
        content = self.batch.stdout.read(int(header[2]))
        self.batch.stdout.read(1)
        return content

    def lines(self, path):
        return self.read(path).decode().splitlines()


# What data sets call the emotions that this recipe knows
EMOTIONS = {"anger": "angry", "disgust": "disgust", "fear": "fear", "happiness": "happy", "happy": "happy", "sadness": "sad", "surprise": "surprise"}


def affectnet(clone):
    """YOLO's layout: beside each folder of pictures one of texts, whose first number is the class. The pictures are the faces."""
    emotions = ("angry", "", "disgust", "fear", "happy", "neutral", "sad", "surprise")   # the second is contempt
    found = []
    for split in ("train", "valid", "test"):
        folder = f"dataset/YOLO_format/{split}"
        texts = set(clone.paths(f"{folder}/labels"))
        for path in clone.paths(f"{folder}/images"):
            text = f"{folder}/labels/{Path(path).stem}.txt"
            line = clone.lines(text) if text in texts else []
            if len(line) == 1 and emotions[int(line[0].split()[0])]:
                found.append((path, Labels(emotion=emotions[int(line[0].split()[0])])))
    return found


def raf_db(clone, part="train"):
    """The name ends with the emotion; what the data set's makers test with stays apart."""
    paths = [(path, Path(path).stem.split("_")[-1]) for path in clone.paths(f"archive/RAF-DB/{part}")]
    return [(path, Labels(emotion=EMOTIONS[name])) for path, name in paths if name in EMOTIONS]


def expw(clone):
    """A list of faces: picture, number, top, left, right, bottom, confidence, label."""
    emotions = HEADS["emotion"].labels
    faces = [line.split() for line in clone.lines("label.lst")]
    here = set(clone.paths("Images"))
    return [(f"Images/{name}", Labels(emotion=emotions[int(label)], box=(int(left), int(top), int(right) - int(left), int(bottom) - int(top))))
            for name, _, top, left, right, bottom, _, label in faces if f"Images/{name}" in here]


def all_age_faces(clone, apart=False):
    """The name tells the age, the lists the gender; five points of the face in texts. Every tenth picture stays apart."""
    folder = "All-Age-Faces Dataset"
    genders = dict(line.split() for name in ("train", "val") for line in clone.lines(f"{folder}/image sets/{name}.txt"))
    found = []
    for path in clone.paths(f"{folder}/original images"):
        name = Path(path).name
        if (int(name[:5]) % 10 == 0) != apart:
            continue
        points = np.array([line.split() for line in clone.lines(f"{folder}/key points/{Path(path).stem}.txt")], float)
        low, high = points.min(0), points.max(0)
        side = 3.6 * max(high - low)
        x, y = (low + high) / 2 - side / 2
        gender = ("female", "male")[int(genders[name])] if name in genders else ""
        found.append((path, Labels(gender=gender, age=str(int(name[6:8])), box=(x, y, side, side))))
    return found


def appa_real(clone, splits=("train", "val")):
    """Tables of names and ages; the pictures are loose crops of the faces. What the data set's makers test with stays apart."""
    return [(f"{split}/{name}", Labels(age=age)) for split in splits
            for name, age in (line.split(",") for line in clone.lines(f"{split}_labels.csv")) if age.isdigit()]


def ck_plus(clone):
    """A folder for each posed emotion; the name tells the person, the sequence and the frame, of which the last one is the most expressive."""
    last = {}
    for path in sorted(clone.paths("CK+48")):
        _, folder, name = path.split("/")
        if folder in EMOTIONS:
            last[name.rsplit("_", 1)[0]] = path, Labels(emotion=EMOTIONS[folder])
    return list(last.values())


SOURCES = (
    Source("busybutlazy/facial_expression", "c081baba03c1ac21839c43f9d0ba466790f9cb64", affectnet),
    Source("werywjw/SEP-CVDL", "136e2a24c6731fb0cbfa2b3a8fdbd74d5a94eb0b", raf_db),
    Source("middleyuan/All-Age-Faces-Dataset", "28741a75e2efb7a2f96e13d4beb58411536f473d", all_age_faces),
    Source("DannyFGitHub/age_faces", "3ad4ccc0bc774966eb7b177b2e79dd80c013d201", appa_real),
)

# To measure with, and never to learn from or to choose by
UNSEEN = (
    Source("werywjw/SEP-CVDL", "136e2a24c6731fb0cbfa2b3a8fdbd74d5a94eb0b", partial(raf_db, part="test")),
    Source("WuJie1010/Facial-Expression-Recognition.Pytorch", "fefe6653f3e09912693a73c54e6a8247adca3090", ck_plus),
    Source("Sansonisimone/ExpW_dataset", "299dbcc7ea72dbc53df8f7adda04aff676593c70", expw),
    Source("middleyuan/All-Age-Faces-Dataset", "28741a75e2efb7a2f96e13d4beb58411536f473d", partial(all_age_faces, apart=True)),
    Source("DannyFGitHub/age_faces", "3ad4ccc0bc774966eb7b177b2e79dd80c013d201", partial(appa_real, splits=("test",))),
)


def bordered(picture, box):
    """The part of a picture in the box, or all of it, square with repeated borders: [SIDE, SIDE, 3]."""
    height, width = picture.shape[:2]
    shown = (0, 0, width, height) if box is None else box
    return crops.crop(picture, shown, BORDER, SIDE)


@cache
def cascade():
    """The detector, one for each process."""
    cv2.setNumThreads(1)
    return cv2.CascadeClassifier(CASCADE)


def find(picture):
    """The largest face in a grey picture with its border: (x, y, width, height), None if there is none."""
    least = int(SMALLEST * SIDE)
    faces = cascade().detectMultiScale(picture, 1.1, 3, 0, (least, least))
    return max(map(tuple, faces), key=lambda box: box[2]) if len(faces) else None


def encoded(picture, box):
    """The JPEG of a box and what is round it."""
    patch = crops.crop(picture, box, crops.wider(0, CONTEXT), int(SIZE * CONTEXT))
    return cv2.imencode(".jpg", patch, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])[1].tobytes()


def difference_hash(picture):
    """64 bits of a grey picture: which of 9x8 averaged pixels is brighter than the one to its right."""
    small = cv2.resize(picture, (9, 8), interpolation=cv2.INTER_AREA).astype(int)
    return np.packbits(small[:, 1:] > small[:, :-1]).view(np.uint64)[0]


def looked_at(work):
    """The picture with its border and the box of its face in it: see bordered and find. work: (content, box)."""
    content, box = work
    picture = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR)
    if picture is None or picture.std() < 2:
        return None
    picture = bordered(picture, box)
    return picture, find(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY))


def known_hashes(folder):
    """Of all faces in the four data sets."""
    sets = [data.fer2013(folder), data.fairface(folder, "train"), data.fairface(folder, "val"), data.utkface(folder), data.mtfl(folder)]
    return [difference_hash(picture) for faces in sets for picture in faces.pictures]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--clones", required=True, type=Path)
    parser.add_argument("--data", required=True, type=Path, help="folder with fer2013/, fairface/, utkface/, mtfl/")
    parser.add_argument("--out", required=True, type=Path)
    parser.add_argument("--unseen", action="store_true", help="the sources to measure with instead of those to learn from")
    parser.add_argument("--only", action="append", metavar="OWNER/NAME", help="of the sources only this one, or these")
    options = parser.parse_args()
    sources = [source for source in (UNSEEN if options.unseen else SOURCES) if not options.only or source.name in options.only]
    if not sources:
        parser.error(f"none of the sources is {' or '.join(options.only)}: see SOURCES and UNSEEN.")
    options.out.mkdir(parents=True, exist_ok=True)
    seen = Seen(known_hashes(options.data))
    offset = 0
    index_path = options.out / "index.csv"
    index_path.unlink(missing_ok=True)     # an index that is there is whole
    with open(options.out / "faces.jpgs", "wb") as faces, whole.writing(index_path, "w", newline="") as index, Pool() as pool:
        table = csv.writer(index, lineterminator="\n")
        table.writerow(["row", "source", "emotion", "gender", "age", "jpeg_offset", "jpeg_bytes"])
        row = 0
        for source in sources:
            with Clone(options.clones / source.name.replace("/", "+"), source.commit) as clone:
                labels = source.read(clone)
                answers = pool.imap(looked_at, ((clone.read(path), given.box) for path, given in labels), 64)
                kept = [(given, *answer) for (_, given), answer in zip(labels, answers) if answer and seen.new(answer[0])]
            median = np.median([box for _, _, box in kept if box], 0)
            for given, picture, box in kept:
                content = encoded(picture, box or median)
                faces.write(content)
                table.writerow([row, source.name, given.emotion, given.gender, given.age, offset, len(content)])
                offset, row = offset + len(content), row + 1
            print(f"{source.name}: {len(labels)} faces, {len(kept)} kept, a face found in {sum(box is not None for *_, box in kept)}", flush=True)


class Seen:
    """Hashes of pictures, to leave out what is nearly alike to one of them."""

    def __init__(self, hashes):
        # Two hashes that differ by at most ALIKE bits have one of ALIKE + 1 parts in common.
        self.parts = [{} for _ in range(ALIKE + 1)]
        for value in hashes:
            self.add(int(value))

    def add(self, value):
        for place, part in enumerate(self.split(value)):
            self.parts[place].setdefault(part, []).append(value)

    def split(self, value):
        width = 64 // (ALIKE + 1)
        return [value >> place * width & (1 << width) - 1 if place < ALIKE else value >> place * width for place in range(ALIKE + 1)]

    def new(self, picture):
        """Whether a picture with its border is unlike all before; if so it is kept in mind."""
        inner = int(SIDE * BORDER / (1 + 2 * BORDER))
        value = int(difference_hash(cv2.cvtColor(picture[inner:SIDE - inner, inner:SIDE - inner], cv2.COLOR_BGR2GRAY)))
        for known, part in zip(self.parts, self.split(value)):
            if any(bin(value ^ other).count("1") <= ALIKE for other in known.get(part, ())):
                return False
        self.add(value)
        return True


if __name__ == "__main__":
    main()
