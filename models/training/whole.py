"""Files that are written whole or not at all, so that an interrupted run can go on."""
import os

import numpy as np
import torch


def save(path, state):
    """A checkpoint, or an array as .npy."""
    partial = path.with_name(path.name + ".partial")
    with open(partial, "wb") as file:
        np.save(file, state) if isinstance(state, np.ndarray) else torch.save(state, file)
    os.replace(partial, path)
