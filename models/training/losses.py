"""The loss of faces of which not everything is known, for all heads side by side."""
import torch
import torch.nn.functional as F


def label_loss(log_probabilities, targets):
    """[N]: cross-entropy with targets [N, labels] that are distributions.

    Targets that are no distribution but say what share of each label a wider class holds (FairFace's bands of age on the
    nodes of the age head) count as that class: minus the logarithm of its probability.
    """
    is_distribution = (targets.sum(1) - 1).abs() < 1e-3
    exact = -(targets * log_probabilities).sum(1)
    wide = -(targets * log_probabilities.exp()).sum(1).clamp(min=1e-6).log()
    return torch.where(is_distribution, exact, wide)


def head_loss(logits, targets, weights, answers=None, teacher=0.0, unknown=0.0):
    """A head's mean loss over a batch.

    logits [N, labels]; targets [N, labels], 0 where nothing is known; weights [N], 0 there; answers [N, labels]: a teacher's
    distributions, which count with the share `teacher` where the label is known, and `unknown` where it isn't.
    """
    log_probabilities = F.log_softmax(logits, 1)
    known = (targets.sum(1) > 0).float()
    share = teacher if answers is not None else 0.0
    loss = (1 - share) * known * weights * label_loss(log_probabilities, targets)
    if answers is not None:
        imitation = -(answers * log_probabilities).sum(1)
        loss = loss + (share * known * weights + unknown * (1 - known)) * imitation
    return loss.mean()
