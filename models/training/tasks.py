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
    votes: torch.Tensor = None    # [N, classes] float: a crowd's distribution, 0 where there is none
    weights: torch.Tensor = None  # [N] float: how much a face should count where all groups are to count alike

    def mixed_targets(self, votes, teacher=0.0, answers=None):
        """The labels, with the crowd's votes and the teacher's answers at their shares."""
        targets = self.targets
        if votes and self.votes is not None:
            crowd = torch.where(self.votes.sum(1, keepdim=True) > 0, self.votes, self.targets)
            targets = (1 - votes) * targets + votes * crowd
        return (1 - teacher) * targets + teacher * answers if teacher else targets

    def loss_weights(self, balance):
        """The faces' weights to a power, 1 in the mean."""
        if self.weights is None or not balance:
            return torch.ones(len(self.patches))
        weights = self.weights ** balance
        return weights / weights.mean()

    def nominal_faces(self, size):
        """The training faces without any jitter: [N, 1, size, size] in [-1, 1]."""
        border = (self.patches.shape[1] - size) // 2
        return to_input(self.patches[:, border:border + size, border:border + size].numpy())


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
    counts = targets.sum(0)
    weights = (counts.mean() / counts)[train["label"]]
    border = int(faces.pictures.shape[1] * (CONTEXT - 1) / 2)
    patches = np.pad(train.pictures, ((0, 0), (border, border), (border, border)), mode="edge")
    return Task(data.EMOTIONS, torch.from_numpy(patches), torch.from_numpy(targets),
                {"FER-2013 PublicTest": (to_input(chosen.pictures), torch.from_numpy(chosen["label"]))},
                torch.from_numpy(train["votes"]), torch.from_numpy(weights))


def gender(config, folder, cache):
    """FairFace train and UTKFace, each split by row hash: train to learn, val to choose, UTKFace test for the report; and
    four of five rows of MTFL to learn."""
    size, margin = config["size"], config["margin"]
    patches, labels, weights, selection = [], [], [], {}
    mtfl = data.mtfl(folder)
    for name, faces in (("FairFace train", data.fairface(folder, "train")), ("UTKFace", data.utkface(folder)),
                        ("MTFL train", mtfl.where(~data.is_mtfl_test(mtfl["row"])))):
        boxes, _ = crops.cached_boxes(cache, name, faces.pictures)
        part = data.hash_part(name, faces["row"])
        held_out = (part == "val") & (name != "MTFL train")
        train = part == "train" if name == "UTKFace" else ~held_out
        patches.append(crops.crop_all(faces.pictures[train], boxes[train], crops.wider(margin, CONTEXT), int(size * CONTEXT)))
        labels.append(faces["label"][train])
        weights.append(group_weights(faces.where(train), config.get("weights", {})))
        if held_out.any():
            selection[f"{name}, held-out part"] = (
                to_input(crops.crop_all(faces.pictures[held_out], boxes[held_out], margin, size)),
                torch.from_numpy(faces["label"][held_out]))
    targets = torch.from_numpy(one_hot(np.concatenate(labels), len(data.GENDERS)))
    return Task(data.GENDERS, torch.from_numpy(np.concatenate(patches)), targets, selection,
                weights=torch.from_numpy(np.concatenate(weights)))


def group_weights(faces, weights):
    """[N]: the weight of each face's group, such as "Black, female", or of "glasses"; 1 where none is given."""
    groups = np.char.add(np.char.add(faces.columns.get("race", np.full(len(faces), "")), ", "),
                         np.array(data.GENDERS)[faces["label"]])
    glasses = faces.columns.get("glasses", np.zeros(len(faces), bool))
    return np.array([weights.get("glasses" if worn else group, 1.0) for group, worn in zip(groups, glasses)], np.float32)


TASKS = {"emotion": emotion, "gender": gender}
