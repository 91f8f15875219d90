"""Files that are written whole or not at all, so that an interrupted run can go on."""
import os
from contextlib import contextmanager

import numpy as np
import torch


@contextmanager
def writing(path, *how, **settings):
    """As open(path, ...), but the file is there only when all is written."""
    partial = path.with_name(path.name + ".partial")
    with open(partial, *how, **settings) as file:
        yield file
    os.replace(partial, path)


def save(path, state):
    """A checkpoint, or an array as .npy."""
    with writing(path, "wb") as file:
        np.save(file, state) if isinstance(state, np.ndarray) else torch.save(state, file)
