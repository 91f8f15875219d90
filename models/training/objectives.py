"""The training objectives: the labels of the training faces, or distillation from the teachers' predictions in a transfer set."""
from dataclasses import dataclass

import torch

from augment import augment, chance, mix
from losses import head_losses


@dataclass(frozen=True)
class HeadObjective:
    """The targets of a head for all training faces."""

    part: slice                       # its columns of the logits
    targets: torch.Tensor             # [N, labels] float, 0 where nothing is known
    weights: torch.Tensor             # [N]
    share: float                      # of its loss in the sum

    def loss(self, logits, rows, own):
        """Of a batch [B, columns]; rows [B]: whose targets count; own [B]: how much of a face is that row's."""
        return self.share * (own * head_losses(logits[:, self.part], self.targets[rows], self.weights[rows])).mean()


class LabelObjective:
    """Faces augmented at the phase's strength, and their labels."""

    def __init__(self, task, phase, training, augmenting, shares, size, device):
        self.patches, self.size, self.mixup = task.patches.to(device), size, phase.mixup
        self.augmenting = augmenting.scaled(phase.augment)
        self.objectives = [HeadObjective(part, task.label_targets(index, phase.votes, training.label_smoothing, phase.opinion).to(device),
                                 task.teacher_weights(index, phase.balance, phase.unknown).to(device), shares.get(head.attribute, 1.0))
                         for index, (head, part) in enumerate(zip(task.heads, task.parts))]

    def start(self, epoch):
        """Before each epoch."""

    def batch(self, rows):
        """Faces [B, C, S, S] in [-1, 1], and their loss as a function of the logits [B, columns]."""
        faces, parts = mix(augment(self.patches[rows], self.size, self.augmenting), rows, self.mixup)
        return faces, lambda logits: sum(objective.loss(logits, *part) for objective in self.objectives for part in parts)


class DistillationObjective:
    """The faces of one version of a transfer set an epoch, and the teachers' predictions. Only mirrored, which changes no prediction."""

    def __init__(self, transfer, task, phase, shares, device):
        self.transfer, self.attributes = transfer, [head.attribute for head in task.heads]
        self.faces = torch.empty(transfer.faces.shape[1:], dtype=torch.uint8, device=device)
        self.objectives = [HeadObjective(part, torch.empty(len(task.patches), len(head), device=device),
                                 task.teacher_weights(index, phase.balance, phase.unknown).to(device), shares.get(head.attribute, 1.0))
                         for index, (head, part) in enumerate(zip(task.heads, task.parts))]

    def start(self, epoch):
        """Before each epoch: takes the next version, into the same tensors, since a recorded step reads these."""
        version = epoch % len(self.transfer.faces)
        self.faces.copy_(torch.from_numpy(self.transfer.faces[version].copy()))
        for objective, attribute in zip(self.objectives, self.attributes):
            objective.targets.copy_(self.transfer.answers_of(version, attribute))

    def batch(self, rows):
        """Faces [B, 1, S, S] in [-1, 1], and their loss as a function of the logits [B, columns]."""
        faces = self.faces[rows].unsqueeze(1).float() / 127.5 - 1
        faces = torch.where(chance(faces, 0.5), faces.flip(3), faces)
        own = torch.ones(len(rows), device=faces.device)
        return faces, lambda logits: sum(objective.loss(logits, rows, own) for objective in self.objectives)
