"""Figures from probabilities [N, classes] and labels [N], in numpy; each a fraction."""
import numpy as np


def softmax(logits, temperature=1.0):
    scaled = logits / temperature
    scaled = np.exp(scaled - scaled.max(1, keepdims=True))
    return scaled / scaled.sum(1, keepdims=True)


def accuracy(probabilities, labels):
    return float((probabilities.argmax(1) == labels).mean())


def confusion(probabilities, labels):
    """Counts [classes, classes]: row true, column answered."""
    classes = probabilities.shape[1]
    flat = labels * classes + probabilities.argmax(1)
    return np.bincount(flat, minlength=classes * classes).reshape(classes, classes)


def recall(matrix):
    """Accuracy of each true class."""
    return matrix.diagonal() / np.maximum(matrix.sum(1), 1)


def negative_log_likelihood(probabilities, labels):
    return float(-np.log(np.maximum(probabilities[np.arange(len(labels)), labels], 1e-12)).mean())


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


def fit_temperature(logits, labels):
    """The temperature of least negative log likelihood, to 0.01, between 0.2 and 5."""
    candidates = np.arange(20, 501) / 100
    costs = [negative_log_likelihood(softmax(logits, t), labels) for t in candidates]
    return float(candidates[int(np.argmin(costs))])


def risk_coverage(probabilities, labels, threshold):
    """Of the faces at or above the threshold: (share of errors, share of all faces)."""
    answered = probabilities.max(1) >= threshold
    wrong = probabilities.argmax(1) != labels
    return (float(wrong[answered].mean()) if answered.any() else 0.0), float(answered.mean())


def choose_threshold(probabilities, labels, risk, least_coverage=0.8):
    """The smallest threshold (to 0.01) with at most `risk` errors among the answers, or the last that still answers
    `least_coverage` of the faces."""
    chosen = 0.0
    for threshold in np.arange(0, 100) / 100:
        errors, coverage = risk_coverage(probabilities, labels, threshold)
        if coverage < least_coverage:
            break
        chosen = float(threshold)
        if errors <= risk:
            break
    return chosen
