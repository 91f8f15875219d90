"""Crops as the node makes them.

The node crops a square of side max(width, height) * (1 + 2 * margin) round the centre of the detector's box, repeats the
picture's border where the square leaves it, and resizes it (by area when shrinking, bilinear when enlarging). Here the
square is rounded to whole pixels, in the node it isn't: half a pixel is less than the jitter that training adds.
"""
import cv2
import numpy as np


def square_round(box, margin):
    """(x, y, side) as floats: the node's square round a box (x, y, width, height)."""
    x, y, width, height = box
    side = max(width, height) * (1 + 2 * margin)
    return x + width / 2 - side / 2, y + height / 2 - side / 2, side


def wider(margin, factor):
    """The margin whose square is `factor` times as wide as that of `margin`."""
    return (factor * (1 + 2 * margin) - 1) / 2


def crop(picture, box, margin, size):
    """The node's crop of a picture [H, W] or [H, W, 3]: [size, size] or [size, size, 3]."""
    x, y, side = (int(np.floor(value + 0.5)) for value in square_round(box, margin))
    side = max(1, side)
    height, width = picture.shape[:2]
    rows = np.clip(np.arange(y, y + side), 0, height - 1)
    columns = np.clip(np.arange(x, x + side), 0, width - 1)
    square = picture[np.ix_(rows, columns)]
    return cv2.resize(square, (size, size), interpolation=cv2.INTER_AREA if side > size else cv2.INTER_LINEAR)


def middle(pictures, size):
    """The middle size x size pixels of each of [N, P, P, ...]."""
    border = (pictures.shape[1] - size) // 2
    return pictures[:, border:border + size, border:border + size]


def crop_all(pictures, boxes, margin, size):
    """[N, size, size] or [N, size, size, 3]: one crop of each picture."""
    return np.stack([crop(picture, box, margin, size) for picture, box in zip(pictures, boxes)])
