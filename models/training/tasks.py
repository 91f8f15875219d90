"""What is learned from which data: the faces of all data sets that know something of a model's heads."""
from dataclasses import dataclass, field, replace

import cv2
import numpy as np
import torch

import crops
import data
import evaluate
from augment import CONTEXT, planes
from data import CHANNELS, channels_of
from heads import HEADS, bands, slices, years
from losses import is_distribution
from votes import label_given_votes


@dataclass
class Task:
    """Training patches with what is known of each, and selection faces with their labels.

    The columns of `targets`, `votes` and of the network's logits are those of all heads side by side. A head whose
    targets are all 0 for a face knows nothing of it: no loss is taken there.
    """

    heads: list
    patches: torch.Tensor         # [N, P, P] or [N, P, P, 3] uint8: see augment.py
    targets: torch.Tensor         # [N, columns] float: a distribution for each head, or the share that a band has of each node
    selection: dict               # name -> (faces [M, C, S, S] float in [-1, 1], {attribute: labels [M]})
    votes: torch.Tensor = None    # [N, columns] float: the labels' distribution estimated from a crowd's votes, 0 where there are none
    weights: torch.Tensor = None  # [N, heads] float: how much a face should count where all groups are to count alike
    bands: dict = field(default_factory=dict)  # of selection faces: name -> (attribute, targets [M, labels] as in `targets`)
    opinions: torch.Tensor = None  # [N, columns] float: teachers' probabilities for the faces as they are, 0 where no teacher is asked
    parts: list = field(init=False)

    def __post_init__(self):
        self.parts = list(slices(self.heads))
        if self.votes is None:
            self.votes = torch.zeros_like(self.targets)
        if self.opinions is None:
            self.opinions = torch.zeros_like(self.targets)
        if self.weights is None:
            self.weights = torch.ones(len(self.targets), len(self.heads))

    def known(self, part):
        """[N] bool: the faces whose label of a head (its columns) is known."""
        return self.targets[:, part].sum(1) > 0

    def label_targets(self, index, votes=0.0, smoothing=0.0, opinion=0.0):
        """[N, labels]: a head's targets mixed with the votes by their share, smoothed where its labels are classes, and with the
        teacher's opinion by its share: see with_opinion."""
        part, head = self.parts[index], self.heads[index]
        targets, crowd = self.targets[:, part], self.votes[:, part]
        if votes:
            crowd = torch.where(crowd.sum(1, keepdim=True) > 0, crowd, targets)
            targets = (1 - votes) * targets + votes * crowd
        if smoothing and not head.numeric:
            targets = ((1 - smoothing) * targets + smoothing / len(head)) * self.known(part)[:, None]
        return self.with_opinion(targets, index, opinion)

    def with_opinion(self, targets, index, share):
        """[N, labels]: targets that are distributions without votes mixed with the teacher's; the teacher's where nothing is known."""
        part = self.parts[index]
        asked, voted = self.opinions[:, part], self.votes[:, part].sum(1) > 0
        mixed = is_distribution(targets) & ~voted & (asked.sum(1) > 0)
        targets = torch.where(mixed[:, None], (1 - share) * targets + share * asked, targets)
        return torch.where(self.known(part)[:, None], targets, asked)

    def loss_weights(self, index, balance):
        """[N]: the faces' weights for a head to a power, 1 in the mean over those it knows; 0 for the others."""
        known = self.known(self.parts[index]).float()
        weights = self.weights[:, index] ** balance * known
        return weights / (weights.sum() / known.sum().clamp(min=1))

    def teacher_weights(self, index, balance, unknown):
        """[N]: as loss_weights, for a teacher's predictions for all faces: `unknown` for those whose label isn't known."""
        known = self.known(self.parts[index])
        return torch.where(known, self.loss_weights(index, balance), torch.full((len(known),), unknown))

    def where(self, rows):
        """The task with these training faces only: [N] bool."""
        return replace(self, **{name: getattr(self, name)[rows] for name in ("patches", "targets", "votes", "weights", "opinions")})

    def nominal_pictures(self, size):
        """The training faces without any jitter: [N, size, size] or [N, size, size, 3] uint8."""
        return crops.middle(self.patches, size).numpy()

    def nominal_faces(self, size, about):
        """About so many of them as the network's input: [N, C, size, size] in [-1, 1]."""
        return to_input(spaced(self.nominal_pictures(size), about))


def spaced(faces, count):
    """About so many of the faces, from all of them."""
    return faces[::max(1, len(faces) // count)]


def to_input(pictures):
    """Crops uint8, grey [N, S, S] or BGR [N, S, S, 3] -> the network's input [N, C, S, S] in [-1, 1]."""
    return planes(torch.from_numpy(np.ascontiguousarray(pictures))).float() / 127.5 - 1


def to_pictures(faces):
    """The other way."""
    pictures = ((faces + 1) * 127.5).round().to(torch.uint8).numpy()
    return pictures[:, 0] if pictures.shape[1] == 1 else np.ascontiguousarray(pictures.transpose(0, 2, 3, 1))


def resized(pictures, side):
    """Pictures [N, S, S] or [N, S, S, 3] -> [N, side, side] likewise."""
    return pictures if pictures.shape[1] == side else np.stack([cv2.resize(picture, (side, side), interpolation=cv2.INTER_LINEAR) for picture in pictures])


def repeated(pictures, channels):
    """Grey pictures [N, H, W] as they are, or for bgr in each of three channels [N, H, W, 3]."""
    return pictures if channels == "gray" else np.repeat(pictures[..., None], CHANNELS[channels], 3)


def one_hot(labels, classes):
    return np.eye(classes, dtype=np.float32)[labels]


def build_task(config, folder, cache, attributes=None, teacher=None):
    """All data that one of the configuration's heads can learn from, or that knows one of the attributes.

    teacher: a trained network, grey faces [N, S, S] uint8 -> probabilities of the emotions [N, 7], whose predictions are used with the votes.
    """
    heads = [HEADS[attribute] for attribute in config["heads"]]
    attributes = set(attributes or config["heads"])
    sets = []
    if "emotion" in attributes:
        sets.append(fer2013(config, folder, teacher))
    boxes = evaluate.boxes(folder, cache) if attributes & {"gender", "age"} else None
    if boxes:
        sets += [fairface(config, folder, boxes), utkface(config, folder, boxes)]
    if "gender" in attributes:
        sets.append(mtfl(config, folder, boxes))
    if "more" in config:
        sets.append(more(config, folder, attributes & set(config["more"])))
    if "no_faces" in config:
        sets.append(no_faces(config, folder, attributes))
    return assemble(heads, sets)


@dataclass
class Part:
    """What one data set gives. Of each attribute that it knows: targets, votes and weights."""

    name: str
    patches: np.ndarray           # [N, P, P] or [N, P, P, 3] uint8
    targets: dict                 # attribute -> [N, labels] float32
    chosen: np.ndarray = None     # [M, S, S] or [M, S, S, 3] uint8: selection faces
    labels: dict = None           # attribute -> labels [M] of these
    votes: dict = field(default_factory=dict)
    weights: dict = field(default_factory=dict)
    bands: tuple = None           # an attribute of the selection faces that is known as a band only: its name, targets [M, labels]


def assemble(heads, sets):
    """The sets one after the other, their targets in the columns of the heads."""
    parts = list(slices(heads))
    columns = parts[-1].stop
    count = sum(len(given.patches) for given in sets)
    targets, votes = np.zeros((count, columns), np.float32), np.zeros((count, columns), np.float32)
    weights = np.ones((count, len(heads)), np.float32)
    start, selection, bands = 0, {}, {}
    for given in sets:
        rows = slice(start, start + len(given.patches))
        for index, (head, part) in enumerate(zip(heads, parts)):
            if head.attribute in given.targets:
                targets[rows, part] = given.targets[head.attribute]
            if head.attribute in given.votes:
                votes[rows, part] = given.votes[head.attribute]
            if head.attribute in given.weights:
                weights[rows, index] = given.weights[head.attribute]
        start = rows.stop
        if given.chosen is not None:
            known = {head.attribute: torch.from_numpy(np.asarray(given.labels[head.attribute]))
                     for head in heads if head.attribute in given.labels}
            if known:
                selection[given.name] = (to_input(given.chosen), known)
                if given.bands and given.bands[0] in [head.attribute for head in heads]:
                    bands[given.name] = given.bands[0], torch.from_numpy(given.bands[1])
    patches = np.concatenate([given.patches for given in sets])
    return Task(heads, *map(torch.from_numpy, (patches, targets)), selection, *map(torch.from_numpy, (votes, weights)), bands)


def fer2013(config, folder, teacher):
    """FER-2013: Training to learn, PublicTest to choose. The pictures are the detector's crops already."""
    faces = data.fer2013(folder)
    train = faces.where((faces["usage"] == "Training") & (faces.pictures.std((1, 2)) > 1))
    chosen = faces.where(faces["usage"] == "PublicTest")
    targets = one_hot(train["emotion"], len(HEADS["emotion"]))
    votes = label_given_votes(torch.from_numpy(train["votes"]), torch.from_numpy(targets),
                              teacher and teacher(train.pictures)).numpy()
    counts = targets.sum(0)
    size = config["size"]
    learnt, held_out = resized(train.pictures, size), resized(chosen.pictures, size)
    border = int(size * (CONTEXT - 1) / 2)
    learnt = np.pad(learnt, ((0, 0), (border, border), (border, border)), mode="edge")
    return Part("FER-2013 PublicTest", repeated(learnt, channels_of(config)), {"emotion": targets},
                repeated(held_out, channels_of(config)), {"emotion": chosen["emotion"]},
                {"emotion": votes}, {"emotion": (counts.mean() / counts)[train["emotion"]]})


def fairface(config, folder, boxes):
    """FairFace train: gender and bands of age."""
    faces = data.fairface(folder, "train", channels_of(config))
    given = cropped("FairFace train", faces, boxes, config,
                    lambda part: {"gender": one_hot(part["gender"], 2), "age": bands(part["age_band"])},
                    lambda part: {"gender": part["gender"]})
    given.bands = "age", bands(faces.where(boxes.of("FairFace train", faces["row"]).split == "selection")["age_band"])
    return given


def utkface(config, folder, boxes):
    """UTKFace: gender and years."""
    return cropped("UTKFace", data.utkface(folder, channels_of(config)), boxes, config,
                   lambda part: {"gender": one_hot(part["gender"], 2), "age": years(part["age"])},
                   lambda part: {"gender": part["gender"], "age": part["age"]})


def mtfl(config, folder, boxes):
    """MTFL: gender, and who wears glasses. It has no selection split."""
    return cropped("MTFL", data.mtfl(folder, channels_of(config)), boxes, config, lambda part: {"gender": one_hot(part["gender"], 2)}, None)


def more(config, folder, attributes):
    """The faces of more_faces.py of which one of the attributes is known. They have no selection split."""
    faces = data.more(folder, channels_of(config))
    known = {attribute: faces[attribute] != "" for attribute in HEADS}
    targets = {attribute: np.zeros((len(faces), len(HEADS[attribute])), np.float32) for attribute in HEADS}
    for attribute in ("emotion", "gender"):
        labels = [HEADS[attribute].labels.index(label) for label in faces[attribute][known[attribute]]]
        targets[attribute][known[attribute]] = one_hot(np.array(labels, int), len(HEADS[attribute]))
    targets["age"][known["age"]] = years(faces["age"][known["age"]].astype(np.float32))
    counts = targets["emotion"].sum(0)
    weights = np.where(known["emotion"], (counts.mean() / counts.clip(1))[targets["emotion"].argmax(1)], 1).astype(np.float32)
    kept = np.any([known[attribute] for attribute in attributes], 0)
    patches = resized(faces.pictures[kept], int(config["size"] * CONTEXT))
    return Part("more faces", patches, {attribute: values[kept] for attribute, values in targets.items() if attribute in attributes}, weights={"emotion": weights[kept]})


def no_faces(config, folder, attributes):
    """What no_faces.py wrote, to learn from: each label is as probable as the others. That stands as the votes, too, so that no teacher is asked."""
    pictures = data.no_faces(folder, "train", channels_of(config)).pictures
    patches = resized(pictures, int(config["size"] * CONTEXT))
    uniform = {attribute: np.full((len(patches), len(HEADS[attribute])), 1 / len(HEADS[attribute]), np.float32) for attribute in attributes}
    weights = {attribute: np.full(len(patches), config["no_faces"], np.float32) for attribute in attributes}
    return Part("no faces", patches, uniform, votes=uniform, weights=weights)


def cropped(name, faces, boxes, config, targets, labels):
    """A set whose faces are cropped as the node does it. boxes: a data.BoxTable, which also says which split a face is in."""
    size, margin = config["size"], config["margin"]
    found = boxes.of(name, faces["row"])
    train, selection = found.split == "train", found.split == "selection"
    given = Part(f"{name}, held-out part",
                 crops.crop_all(faces.pictures[train], found.boxes[train], crops.wider(margin, CONTEXT), int(size * CONTEXT)),
                 targets(faces.where(train)))
    given.weights = {"gender": group_weights(faces.where(train), config.get("weights", {}))}
    if labels is not None:
        given.chosen = crops.crop_all(faces.pictures[selection], found.boxes[selection], margin, size)
        given.labels = labels(faces.where(selection))
    return given


def group_weights(faces, weights):
    """[N]: the weight of each face's group, such as "Black, female", or of "glasses"; 1 where none is given."""
    groups = np.char.add(np.char.add(faces.columns.get("race", np.full(len(faces), "")), ", "),
                         np.array(HEADS["gender"].labels)[faces["gender"]])
    glasses = faces.columns.get("glasses", np.zeros(len(faces), bool))
    return np.array([weights.get("glasses" if worn else group, 1.0) for group, worn in zip(groups, glasses)], np.float32)
