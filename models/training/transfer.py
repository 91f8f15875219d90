"""The transfer set: augmented and mixed faces with the teachers' predictions, for distillation into the small networks.

A student that sees exactly what its teacher saw, again and again in ever other ways, comes closest to it (Beyer et al. 2022,
"Knowledge distillation: a good teacher is patient and consistent", arXiv:2106.05237). Running the teachers costs more than
a step of a small network, so they run once, and all small networks learn from the same predictions.
"""
import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from augment import AugmentConfig, augment, mix
from heads import HEADS, columns_of, slices

BATCH = 1024


@dataclass(frozen=True)
class TransferSet:
    """Faces and answers of each version: a version has every training face once, always in the same order."""

    faces: np.ndarray     # [versions, N, S, S] uint8
    answers: np.ndarray   # [versions, N, columns] float16: probabilities, the columns of `heads` side by side
    heads: list

    def answers_of(self, version, attribute):
        """[N, labels] float32."""
        columns = columns_of(attribute, self.heads)
        answers = torch.from_numpy(self.answers[version, :, columns].astype(np.float32))
        return answers / answers.sum(1, keepdim=True)   # what half precision rounded


def load(folder, attributes):
    """Opens a transfer set without reading it into memory."""
    return TransferSet(*(np.load(Path(folder) / f"{name}.npy", mmap_mode="r") for name in ("faces", "answers")),
                       [HEADS[attribute] for attribute in attributes])


def make(config, task, model, folder, device="cpu"):
    """Writes the transfer set that a configuration describes into a folder, unless it is there.

    model: gives a teacher by its name: (network, its heads).
    """
    folder = Path(folder)
    if (folder / "answers.npy").is_file():     # the last to be put in its place
        return
    folder.mkdir(parents=True, exist_ok=True)
    device = torch.device(device)
    attributes, size = list(config["teachers"]), config["size"]
    names = sorted({name for teachers in config["teachers"].values() for name in teachers})
    teachers = {name: prepared(*model(name), device) for name in names}
    shape = config["versions"], len(task.patches)
    columns = list(slices([HEADS[attribute] for attribute in attributes]))
    paths = {name: folder / f"{name}.partial.npy" for name in ("faces", "answers")}
    faces = np.lib.format.open_memmap(paths["faces"], "w+", np.uint8, (*shape, size, size))
    answers = np.lib.format.open_memmap(paths["answers"], "w+", np.float16, (*shape, columns[-1].stop))
    augmenting = AugmentConfig(**config["augment"])
    patches = task.patches.to(device)
    for version in range(config["versions"]):
        torch.manual_seed(version)
        order = torch.randperm(len(patches), device=device)   # so that any may be mixed with any
        for rows in order.split(BATCH):
            augmented, _ = mix(augment(patches[rows], size, augmenting), rows, config["mixup"])
            pixels = ((augmented + 1) * 127.5).round().to(torch.uint8)
            predicted = predict(teachers, config["teachers"], pixels.float() / 127.5 - 1)
            where = rows.cpu().numpy()
            faces[version, where] = pixels[:, 0].cpu().numpy()
            answers[version, where] = torch.cat([predicted[attribute] for attribute in attributes], 1).cpu().numpy()
        print(f"version {version + 1}/{config['versions']}", flush=True)
    faces.flush(), answers.flush()
    for name, path in paths.items():
        os.replace(path, folder / f"{name}.npy")


def prepared(network, heads, device):
    return network.eval().to(device, memory_format=network.memory_format), heads


@torch.no_grad()
def predict(teachers, assigned, faces):
    """Faces [N, 1, S, S] -> {attribute: the mean of its teachers' probabilities [N, labels]}."""
    answers = {}
    for name, (network, heads) in teachers.items():
        with torch.autocast(faces.device.type, torch.bfloat16, enabled=faces.device.type == "cuda"):
            answers[name] = network(faces.contiguous(memory_format=network.memory_format)).float(), heads

    def probabilities(name, attribute):
        logits, heads = answers[name]
        return torch.softmax(logits[:, columns_of(attribute, heads)], 1)

    return {attribute: sum(probabilities(name, attribute) for name in names) / len(names)
            for attribute, names in assigned.items()}
