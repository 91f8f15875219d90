#!/usr/bin/env python3
"""How the node's face detector frames the data sets' pictures: the ground for the crop margins.

    python3 models/training/framing.py --data DIR
"""
import argparse
from pathlib import Path

import numpy as np

import crops
import data


def summarise(name, pictures, count, generator):
    """One line: how often the cascade finds the face, and where its box lies in the picture."""
    pictures = pictures[generator.choice(len(pictures), min(count, len(pictures)), replace=False)]
    boxes, found = crops.find_boxes(pictures)
    boxes = boxes[found] / pictures.shape[1]
    width, (x, y) = np.median(boxes[:, 2]), np.median(boxes[:, :2] + boxes[:, 2:] / 2, axis=0)
    low, high = np.percentile(boxes[:, 2], [5, 95])
    print(f"| {name} | {100 * found.mean():.0f}% | {width:.2f} ({low:.2f} to {high:.2f}) | {x:.2f}, {y:.2f} "
          f"| {(1 / width - 1) / 2:+.2f} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", required=True, type=Path)
    parser.add_argument("--count", type=int, default=1000, help="pictures of each set (default: %(default)s)")
    options = parser.parse_args()
    print("| data set | found | box / picture width, median (5% to 95%) | box centre | margin that gives the picture |")
    print("| --- | --- | --- | --- | --- |")
    generator = np.random.default_rng(1)
    for name, pictures in (("FER-2013", data.fer2013(options.data).pictures),
                           ("FairFace val", data.fairface(options.data, "val").pictures),
                           ("UTKFace", data.utkface(options.data).pictures),
                           ("MTFL", data.mtfl(options.data).pictures)):
        summarise(name, pictures, options.count, generator)


if __name__ == "__main__":
    main()
