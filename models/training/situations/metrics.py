"""Figures to choose by, on the selection pictures. The ones that are reported come from the project's `evaluate`."""
import numpy as np


def danger(probability, dangerous):
    """AUC, accuracy at one half, and the share found at 5% false alarms. probability, dangerous: [N]."""
    probability, dangerous = np.asarray(probability, np.float64), np.asarray(dangerous, bool)
    alarms, normal = probability[dangerous], probability[~dangerous]
    auc = (alarms[:, None] > normal[None]).mean() + 0.5 * (alarms[:, None] == normal[None]).mean()
    threshold = np.sort(normal)[::-1][int(0.05 * len(normal))]
    return {"auc": float(auc), "accuracy": float(((probability >= 0.5) == dangerous).mean()),
            "recall_at_5": float((alarms > threshold).mean())}


def temperature(logits, labels):
    """The temperature of the least negative log likelihood of danger or none: logits [N, C], labels [N]."""
    logits, dangerous = np.asarray(logits, np.float64), np.asarray(labels) > 0

    def cost(t):
        scaled = logits / t
        scaled -= scaled.max(1, keepdims=True)
        probability = np.exp(scaled)
        none = np.clip(probability[:, 0] / probability.sum(1), 1e-6, 1 - 1e-6)
        return -np.log(np.where(dangerous, 1 - none, none)).mean()

    return float(min(np.geomspace(0.3, 4, 200), key=cost))


def choose(logits, labels, certain):
    """Temperature, and the two probabilities between which a picture is unknown.

    Below the lower one, at most the share `certain` of the pictures is dangerous; from the upper one on, at most as many are not.
    The lower one is at most one half, the upper one at least.
    """
    logits, dangerous = np.asarray(logits, np.float64), np.asarray(labels) > 0
    chosen = temperature(logits, labels)
    scaled = np.exp((logits - logits.max(1, keepdims=True)) / chosen)
    probability = 1 - scaled[:, 0] / scaled.sum(1)
    steps = np.arange(5, 96) / 100
    below = [step for step in steps if step <= 0.5 and share(dangerous[probability < step]) <= certain]
    above = [step for step in steps if step >= 0.5 and share(~dangerous[probability >= step]) <= certain]
    return {"temperature": round(chosen, 3), "none_below": round(float(max(below, default=0.05)), 2),
            "danger_from": round(float(min(above, default=0.95)), 2)}


def share(wrong):
    """Of some truths; 0 of none."""
    return float(np.mean(wrong)) if len(wrong) else 0.0
