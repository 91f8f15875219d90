#!/usr/bin/env python3
"""How the node's face detector frames the data sets' pictures: the ground for the crop margins.

    python3 models/training/framing.py boxes.csv
"""
import argparse
from pathlib import Path

import numpy as np

import data

# Of the pictures, in pixels
SIDES = {"FER-2013": 48, "FairFace val": 64, "UTKFace": 64, "MTFL": 80}


def summarise(table, name, side):
    """One line: how often the detector finds the face, and where its box lies in the picture."""
    given = table.of(name, table.table["row"][table.table["set"] == name].astype(np.int64))
    boxes = given.boxes[given.found] / side
    width, (x, y) = np.median(boxes[:, 2]), np.median(boxes[:, :2] + boxes[:, 2:] / 2, axis=0)
    low, high = np.percentile(boxes[:, 2], [5, 95])
    print(f"| {name} | {100 * given.found.mean():.0f}% | {width:.2f} ({low:.2f} to {high:.2f}) | {x:.2f}, {y:.2f} "
          f"| {(1 / width - 1) / 2:+.2f} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("boxes", type=Path, help="what `evaluate --boxes` wrote")
    table = data.BoxTable(parser.parse_args().boxes)
    print("| data set | found | box / picture width, median (5% to 95%) | box centre | margin that gives the picture |")
    print("| --- | --- | --- | --- | --- |")
    for name, side in SIDES.items():
        summarise(table, name, side)


if __name__ == "__main__":
    main()
