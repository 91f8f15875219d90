#!/usr/bin/env python3
"""What detectors take for faces in pictures of nobody, for networks to learn that they can't say anything of it:

    python3 models/training/no_faces.py --pictures FLICKR8K --data DATA --out DATA/no_faces

The pictures: those of Flickr8k (FLICKR8K has its JPEGs) none of whose captions speaks of people, most of them of dogs, and of DATA/situations the rooms, weather
and fires of the sources in EMPTY. In a few of them there is somebody after all, far away. The node's own detectors look at them, with thresholds so low
that they find something everywhere. Writes faces.jpgs, crops as more_faces.py writes them, and index.csv: row, split, source, detector, score, jpeg_offset, jpeg_bytes; split is train, or test, to measure with.
"""
import argparse
import csv
import json
import re
import tempfile
from pathlib import Path

import cv2
import numpy as np

import evaluate
import whole
from more_faces import encoded

EMPTY = {"emanhamed/Houses-dataset": ("normal",), "shubhankarm01/Weather-image-classification": ("normal",),    # source -> its classes without people
         "cair/Fire-Detection-Image-Dataset": ("fire",), "Abonia1/YOLOv8-Fire-and-Smoke-Detection": ("fire", "smoke")}
DETECTORS = {"ultraface": "ultraface.score_threshold:=0.1", "haar": "haar.min_neighbors:=1"}
AT_MOST = 8          # boxes of a detector in a picture, the most probable ones

PEOPLE = re.compile(r"""\b(
    \w*(man|men|woman|women|boarders?|boy|boys|girl|girls) | child(ren)? | kids? | bab(y|ies) | infants? | toddlers? | teen\w* | people | persons? | some(one|body) |
    lad(y|ies) | guys? | adults? | youths? | famil(y|ies) | couples? | crowds? | audience | spectators? | individuals? | humans? | friends? | team | band |
    (play|rid|surf|swimm|ski|bik|cycl|runn|hik|climb|driv|work|danc|perform|sing|own|handl|train|wrestl|fight|box|rac|bath)ers? | riders? | (motor|bi)?cyclists? |
    musicians? | athletes? | jockeys? | cowboys? | soldiers? | police\w* | sumo | he | she | his | her | him | males? | females? |
    hands? | arms? | legs? | faces? | mother | father | mom | dad | sons? | daughters? | brothers? | sisters? | bride | groom )\b""", re.VERBOSE)


def of_nobody(folder, pictures):
    """Flickr8k's pictures none of whose captions speaks of people: (split, source, JPEG) of each that is there."""
    said = {}
    for line in (folder / "Flickr8k.token.txt").read_text().splitlines():
        name, caption = line.split("\t")
        said.setdefault(name.split("#")[0], []).append(caption.lower())
    for split, part in (("train", "train"), ("train", "dev"), ("test", "test")):
        for name in (folder / f"Flickr_8k.{part}Images.txt").read_text().split():
            if not any(map(PEOPLE.search, said[name])) and (pictures / name).is_file():
                yield split, "Flickr8k", (pictures / name).read_bytes()


def of_rooms(folder):
    """The pictures of EMPTY, likewise."""
    content = (folder / "situations.jpgs").read_bytes()
    with open(folder / "situations_index.csv", newline="") as file:
        for row in csv.DictReader(file):
            if row["class"] in EMPTY.get(row["source"], ()):
                start = int(row["offset"])
                yield "test" if row["split"] == "test" else "train", row["source"], content[start:start + int(row["length"])]


def found(pictures, folder):
    """What the node's detectors find in JPEGs: (number of the picture, detector, score, box in pixels) of each. folder: for the time being."""
    for number, content in enumerate(pictures):
        (folder / f"{number:06d}.jpg").write_bytes(content)
    for detector, threshold in DETECTORS.items():
        printed = evaluate.run("classify", str(folder), "--json", "--ros-args", "-p", f"detector:={detector}", "-p", threshold, program="FaceAttributes.Cli")
        for line in map(json.loads, printed.splitlines()):
            boxes = sorted(((face["detection_score"], [face["roi"][key] for key in ("x_offset", "y_offset", "width", "height")]) for face in line["faces"]["faces"]), reverse=True)
            for score, box in boxes[:AT_MOST]:
                yield int(Path(line["file"]).stem), detector, score, box


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--pictures", required=True, type=Path, help="folder with Flickr8k's JPEGs")
    parser.add_argument("--data", required=True, type=Path, help="folder with flickr8k/ and situations/")
    parser.add_argument("--out", required=True, type=Path)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    given = [*of_nobody(options.data / "flickr8k", options.pictures), *of_rooms(options.data / "situations")]
    with open(options.out / "faces.jpgs", "wb") as faces, whole.writing(options.out / "index.csv", "w", newline="") as index, tempfile.TemporaryDirectory() as temporary:
        table = csv.writer(index, lineterminator="\n")
        table.writerow(["row", "split", "source", "detector", "score", "jpeg_offset", "jpeg_bytes"])
        for row, (number, detector, score, box) in enumerate(found([content for *_, content in given], Path(temporary))):
            split, source, content = given[number]
            picture = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR)
            crop = encoded(picture, box)
            table.writerow([row, split, source, detector, f"{score:.3f}", faces.tell(), len(crop)])
            faces.write(crop)
    print(f"{len(given)} pictures, {row + 1} boxes.")


if __name__ == "__main__":
    main()
