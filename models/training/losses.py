"""The loss of faces of which not everything is known, for all heads side by side."""
import torch
import torch.nn.functional as F


def is_distribution(targets):
    """[N] bool: of targets [N, labels]; the others are 0, or shares that a wider class has of each label."""
    return (targets.sum(1) - 1).abs() < 1e-3


def label_loss(log_probabilities, targets):
    """[N]: cross-entropy with targets [N, labels] that are distributions.

    Targets that are no distribution but say what share of each label a wider class holds (FairFace's bands of age on the
    nodes of the age head) count as that class: minus the logarithm of its probability.
    """
    exact = -(targets * log_probabilities).sum(1)
    wide = -(targets * log_probabilities.exp()).sum(1).clamp(min=1e-6).log()
    return torch.where(is_distribution(targets), exact, wide)


def head_losses(logits, targets, weights):
    """[N]: a head's loss of each face of a batch: logits and targets [N, labels], 0 where nothing is known; weights [N]."""
    known = (targets.sum(1) > 0).float()
    return known * weights * label_loss(F.log_softmax(logits, 1), targets)
