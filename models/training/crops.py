"""Face boxes and crops as the node makes them.

The node crops a square of side max(width, height) * (1 + 2 * margin) round the centre of the detector's box, repeats the
picture's border where the square leaves it, and resizes it (by area when shrinking, bilinear when enlarging). Here the
square is rounded to whole pixels, in the node it isn't: half a pixel is less than the jitter that training adds.

The data sets' pictures are cut close and small, so the detector sees them enlarged and with their border repeated.
"""
import os
from pathlib import Path

import cv2
import numpy as np

CASCADE = "/usr/share/opencv4/haarcascades/haarcascade_frontalface_alt2.xml"  # Debian's opencv-data; the node's default


def square_round(box, margin):
    """(x, y, side) as floats: the node's square round a box (x, y, width, height)."""
    x, y, width, height = box
    side = max(width, height) * (1 + 2 * margin)
    return x + width / 2 - side / 2, y + height / 2 - side / 2, side


def wider(margin, factor):
    """The margin whose square is `factor` times as wide as that of `margin`."""
    return (factor * (1 + 2 * margin) - 1) / 2


def crop(picture, box, margin, size):
    """The node's crop: [size, size] of the picture's type."""
    x, y, side = (int(np.floor(value + 0.5)) for value in square_round(box, margin))
    side = max(1, side)
    height, width = picture.shape[:2]
    rows = np.clip(np.arange(y, y + side), 0, height - 1)
    columns = np.clip(np.arange(x, x + side), 0, width - 1)
    square = picture[np.ix_(rows, columns)]
    return cv2.resize(square, (size, size), interpolation=cv2.INTER_AREA if side > size else cv2.INTER_LINEAR)


def crop_all(pictures, boxes, margin, size):
    """[N, size, size]: one crop of each picture."""
    return np.stack([crop(picture, box, margin, size) for picture, box in zip(pictures, boxes)])


def load_cascade():
    """A detector object per caller: OpenCV's is not thread-safe."""
    cascade = cv2.CascadeClassifier(CASCADE)
    if cascade.empty():
        raise FileNotFoundError(f"{CASCADE} is missing: install Debian's opencv-data.")
    return cascade


def find_box(cascade, picture, border=0.3, scale=1.5, smallest=0.4):
    """The largest frontal face in a picture of one face as (x, y, width, height) in its own pixels, or None."""
    height, width = picture.shape
    pad = int(border * max(height, width))
    padded = cv2.copyMakeBorder(picture, pad, pad, pad, pad, cv2.BORDER_REPLICATE)
    enlarged = cv2.resize(padded, None, fx=scale, fy=scale, interpolation=cv2.INTER_LINEAR)
    side = int(smallest * scale * max(height, width))
    boxes = cascade.detectMultiScale(enlarged, 1.1, 3, minSize=(side, side))
    if len(boxes) == 0:
        return None
    x, y, w, h = max(boxes, key=lambda box: box[2])
    return x / scale - pad, y / scale - pad, w / scale, h / scale


def find_boxes(pictures):
    """Boxes [N, 4] by the cascade, where it finds none the median of the others; and found [N] bool."""
    cascade = load_cascade()
    boxes = [find_box(cascade, picture) for picture in pictures]
    found = np.array([box is not None for box in boxes])
    median = np.median([box for box in boxes if box is not None], axis=0)
    return np.array([median if box is None else box for box in boxes], np.float32), found


def cached_boxes(cache, name, pictures):
    """As find_boxes, kept in the cache folder: the cascade takes minutes on a whole data set."""
    path = Path(cache) / f"boxes-{name.replace(' ', '-')}.npz"
    if path.is_file():
        with np.load(path) as stored:
            return stored["boxes"], stored["found"]
    path.parent.mkdir(parents=True, exist_ok=True)
    boxes, found = find_boxes(pictures)
    partial = path.with_suffix(".partial.npz")
    np.savez(partial, boxes=boxes, found=found)
    os.replace(partial, path)
    return boxes, found
