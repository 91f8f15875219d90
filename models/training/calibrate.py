"""What a manifest says of a head besides its labels, chosen on the selection faces: its temperature and when it is unknown."""
import numpy as np

import metrics
from heads import years


def choose(head, logits, labels, risk, banded=()):
    """{temperature, unknown_below or unknown_above} of a head, and how it does with them on these faces.

    logits [N, labels]; labels [N]: classes, or the numbers of a numeric head; risk: the share of wrong answers aimed at; banded:
    logits [M, labels] of other faces, of whose number a band is known, and what share of each label it holds [M, labels].
    """
    return numeric(head, logits, labels, risk, banded) if head.numeric else categorical(logits, labels, risk)


def categorical(logits, labels, risk):
    targets = np.eye(logits.shape[1])[labels]
    temperature = metrics.fit_temperature((logits, targets))
    probabilities = metrics.softmax(logits, temperature)
    wrong = probabilities.argmax(1) != labels
    threshold = metrics.choose_threshold(-probabilities.max(1), wrong, risk, -np.arange(0, 100) / 100)
    return {
        "temperature": temperature,
        "unknown_below": -threshold,
        "calibration_error_before": metrics.calibration_error(metrics.softmax(logits), labels),
        "calibration_error": metrics.calibration_error(probabilities, labels),
        **answered(-probabilities.max(1) <= threshold, wrong),
    }


WRONG_BY = 10  # Years of error from which an age counts as wrong.


def numeric(head, logits, labels, risk, banded):
    temperature = metrics.fit_temperature((logits, years(labels)), *banded)
    probabilities = metrics.softmax(logits, temperature)
    means, deviations = metrics.moments(probabilities, np.array(head.values))
    wrong = np.abs(means - labels) > WRONG_BY
    threshold = metrics.choose_threshold(deviations, wrong, risk, np.arange(60, 0, -1) / 2)
    return {
        "temperature": temperature,
        "unknown_above": threshold,
        "mean_absolute_error": float(np.abs(means - labels).mean()),
        **answered(deviations <= threshold, wrong),
    }


def answered(known, wrong):
    """The share of the faces that get an answer, and the share of these answers that are wrong."""
    return {"coverage": float(known.mean()), "risk": float(wrong[known].mean()) if known.any() else 0.0}
