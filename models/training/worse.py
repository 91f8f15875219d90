"""Worse pictures of the selection faces, in the ways that `evaluate` makes them worse: what a confidence is worth shows there, too."""
import cv2
import numpy as np

DARKNESS, NOISE = 0.35, 6       # share of the light, and deviation in grey levels
BLUR = 0.03                     # deviation, of the face's side
JPEG_QUALITY = 15
FEW_PIXELS = 20


def darken(face, random):
    return np.clip(np.round(DARKNESS * face + NOISE * random.standard_normal(face.shape)), 0, 255).astype(np.uint8)


def blur(face, _):
    deviation = BLUR * len(face)
    return cv2.GaussianBlur(face, (0, 0), deviation, borderType=cv2.BORDER_REPLICATE)


def compress(face, _):
    return cv2.imdecode(cv2.imencode(".jpg", face, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])[1], cv2.IMREAD_UNCHANGED)


def reduce(face, _):
    small = cv2.resize(face, (FEW_PIXELS, FEW_PIXELS), interpolation=cv2.INTER_AREA)
    return cv2.resize(small, face.shape[1::-1], interpolation=cv2.INTER_LINEAR)


WAYS = (darken, blur, compress, reduce)


def worse(faces, seed=0):
    """Faces uint8, grey [N, S, S] or BGR [N, S, S, 3], each made worse in one of the ways, in turn."""
    random = np.random.default_rng(seed)
    return np.stack([WAYS[index % len(WAYS)](face, random) for index, face in enumerate(faces)])
