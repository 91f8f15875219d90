"""Figures from probabilities [N, labels] in numpy; each a fraction. What is reported of a model is measured by `evaluate`."""
import numpy as np
import torch
import torch.nn.functional as F

from losses import label_loss


def softmax(logits, temperature=1.0):
    scaled = logits / temperature
    scaled = np.exp(scaled - scaled.max(1, keepdims=True))
    return scaled / scaled.sum(1, keepdims=True)


def moments(probabilities, values):
    """The means and standard deviations [N] of a number that has one of the values [labels]."""
    means = probabilities @ values
    return means, np.sqrt(np.maximum(probabilities @ values ** 2 - means ** 2, 0))


def calibration_error(probabilities, labels, bins=15):
    """Expected calibration error (Guo et al. 2017, arXiv:1706.04599): |accuracy - confidence| over equal bins."""
    confidence = probabilities.max(1)
    right = probabilities.argmax(1) == labels
    bin_of = np.minimum((confidence * bins).astype(int), bins - 1)
    error = 0.0
    for index in range(bins):
        inside = bin_of == index
        if inside.any():
            error += inside.mean() * abs(right[inside].mean() - confidence[inside].mean())
    return float(error)


def fit_temperature(*sets):
    """The temperature of least negative log likelihood, to 0.01, between 0.2 and 5; each set counts alike.

    A set is (logits, targets), both [N, labels]; targets as losses.label_loss takes them.
    """
    tensors = [(torch.from_numpy(logits), torch.from_numpy(targets)) for logits, targets in sets]
    candidates = np.arange(20, 501) / 100
    costs = [sum(label_loss(F.log_softmax(logits / t, 1), targets).mean().item() for logits, targets in tensors) for t in candidates]
    return float(candidates[int(np.argmin(costs))])


def choose_threshold(doubts, wrong, risk, candidates, least_coverage=0.8):
    """The first of the candidates (falling) at which at most `risk` of the answers are wrong, or the last that still answers
    `least_coverage` of the faces. A face is answered where its doubt [N] is at most the threshold."""
    chosen = candidates[0]
    for threshold in candidates:
        answered = doubts <= threshold
        if answered.mean() < least_coverage:
            break
        chosen = threshold
        if wrong[answered].mean() <= risk:
            break
    return float(chosen)
