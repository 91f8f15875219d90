"""What is learned from which data: one function per attribute gives the training and the selection faces."""
from dataclasses import dataclass

import numpy as np
import torch

import crops
import data
from augment import CONTEXT


@dataclass
class Task:
    """Training patches with labels, and selection faces with labels."""

    labels: list
    patches: torch.Tensor     # [N, P, P] uint8: see augment.py
    targets: torch.Tensor     # [N, classes] float: 1 for the label
    selection: dict           # name -> (faces [M, 1, S, S] float in [-1, 1], labels [M] int)
    votes: torch.Tensor = None  # [N, classes] float: a crowd's distribution, the label where there is none

    def mixed_targets(self, share):
        """The labels, and the votes at `share`."""
        return self.targets if self.votes is None else (1 - share) * self.targets + share * self.votes


def to_input(pictures):
    """Grey uint8 crops [N, S, S] -> the network's input [N, 1, S, S] in [-1, 1]."""
    return torch.from_numpy(np.ascontiguousarray(pictures)).unsqueeze(1).float() / 127.5 - 1


def one_hot(labels, classes):
    return np.eye(classes, dtype=np.float32)[labels]


def emotion(config, folder, cache):
    """FER-2013: Training to learn, PublicTest to choose. The pictures are the detector's crops already."""
    faces = data.fer2013(folder)
    train = faces.where((faces["usage"] == "Training") & (faces.pictures.std((1, 2)) > 1))
    chosen = faces.where(faces["usage"] == "PublicTest")
    targets = one_hot(train["label"], len(data.EMOTIONS))
    votes = np.where(train["votes"].sum(1, keepdims=True) > 0, train["votes"], targets)
    border = int(faces.pictures.shape[1] * (CONTEXT - 1) / 2)
    patches = np.pad(train.pictures, ((0, 0), (border, border), (border, border)), mode="edge")
    return Task(data.EMOTIONS, torch.from_numpy(patches), torch.from_numpy(targets),
                {"FER-2013 PublicTest": (to_input(chosen.pictures), torch.from_numpy(chosen["label"]))},
                torch.from_numpy(votes))


def gender(config, folder, cache):
    """FairFace train and UTKFace, each split by row hash: train to learn, val to choose, UTKFace test for the report."""
    size, margin = config["size"], config["margin"]
    patches, labels, selection = [], [], {}
    for name, faces in (("FairFace train", data.fairface(folder, "train")), ("UTKFace", data.utkface(folder))):
        boxes, _ = crops.cached_boxes(cache, name, faces.pictures)
        part = data.hash_part(name, faces["row"])
        held_out = part == "val"
        train = part == "train" if name == "UTKFace" else ~held_out
        patches.append(crops.crop_all(faces.pictures[train], boxes[train], crops.wider(margin, CONTEXT), int(size * CONTEXT)))
        labels.append(faces["label"][train])
        selection[f"{name}, held-out part"] = (
            to_input(crops.crop_all(faces.pictures[held_out], boxes[held_out], margin, size)),
            torch.from_numpy(faces["label"][held_out]))
    targets = torch.from_numpy(one_hot(np.concatenate(labels), len(data.GENDERS)))
    return Task(data.GENDERS, torch.from_numpy(np.concatenate(patches)), targets, selection)


TASKS = {"emotion": emotion, "gender": gender}
