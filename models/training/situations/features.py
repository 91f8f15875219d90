"""What a trunk makes of each picture, once, in a file: float16 [pictures, *trunk.GRID]."""

import numpy as np
import torch

from augment import augment
from data import squeeze

BATCH = 32


def cached(path, trunk, pictures, read, version=0):
    """The grids of pictures, computed where the cache lacks them. Interrupted, it goes on where it was.

    version: 0 for the pictures as they are; another for augmented ones, which differ by it.
    """
    path = path.with_suffix(f".{version}.f16")
    done_path = path.with_suffix(".done")
    shape = (len(pictures), *trunk.GRID)
    if not path.is_file() or path.stat().st_size != 2 * np.prod(shape):
        done_path.write_bytes(bytes(len(pictures)))     # first, so that nothing counts as done that isn't
        with open(path, "wb") as file:
            file.truncate(2 * int(np.prod(shape)))
    grids = np.memmap(path, np.float16, "r+", shape=shape)
    done = np.memmap(done_path, np.uint8, "r+", shape=len(pictures))
    missing = np.flatnonzero(done == 0)
    for start in range(0, len(missing), BATCH):
        batch = missing[start:start + BATCH]
        pixels = [squeeze(read(pictures[i]) if version == 0 else
                          augment(read(pictures[i]), np.random.default_rng([version, int(i)]))) for i in batch]
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            grid = trunk(torch.from_numpy(np.stack(pixels).transpose(0, 3, 1, 2).astype(np.float32)))
        grids[batch] = grid.float().numpy().astype(np.float16)
        grids.flush()
        done[batch] = 1
    return np.memmap(path, np.float16, "r", shape=shape)
