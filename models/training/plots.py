"""Pictures of what `evaluate` measured, for the model cards: confusion, calibration, answers given up for answers right."""
from pathlib import Path

import matplotlib
import numpy as np

matplotlib.use("Agg")
from matplotlib import pyplot  # noqa: E402  Only after the choice of a backend that needs no screen.

INK, BAR, LINE = "#333333", "#7aa6c2", "#c0504d"


def draw(figures, folder):
    """One PNG for each head, of the first test set on which it chooses among classes; returns {attribute: path}."""
    folder.mkdir(parents=True, exist_ok=True)
    pictures = {}
    for head in figures["heads"]:
        if not head["categorical"]:
            continue
        found = head["categorical"][0]
        picture, (left, middle, right) = pyplot.subplots(1, 3, figsize=(13, 4.2))
        confusion(left, found["confusion"], found["labels"])
        calibration(middle, found["reliability"], found["headline"]["expected_calibration_error"])
        risk_coverage(right, found["risk_coverage"])
        picture.suptitle(f"{figures['model']}: {head['attribute']} on {found['set']} (n = {found['headline']['n']:,})", color=INK)
        picture.tight_layout()
        pictures[head["attribute"]] = Path(folder) / f"{figures['model']}_{head['attribute']}.png"
        picture.savefig(pictures[head["attribute"]], dpi=80, metadata={"Software": None})
        pyplot.close(picture)
    return pictures


def confusion(axes, counts, labels):
    """Rows: the true class, as shares of the row."""
    counts = np.array(counts, float)
    shares = counts / np.maximum(counts.sum(1, keepdims=True), 1)
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    for (row, column), share in np.ndenumerate(shares):
        axes.text(column, row, f"{100 * share:.0f}", ha="center", va="center", fontsize=8, color="white" if share > 0.6 else INK)
    axes.set_xticks(range(len(labels)), labels, rotation=45, ha="right", fontsize=8)
    axes.set_yticks(range(len(labels)), labels, fontsize=8)
    axes.set_title("answer (columns) of each true class (rows), %", fontsize=9)


def calibration(axes, bins, error):
    """Bars: how often answers of a confidence are right. Those of an honest network reach the line."""
    bins = [part for part in bins if part["n"]]
    axes.bar([part["low"] for part in bins], [part["accuracy"] for part in bins], [part["high"] - part["low"] for part in bins],
             align="edge", color=BAR, edgecolor="white")
    axes.plot([0, 1], [0, 1], color=LINE, linewidth=1)
    axes.plot([part["confidence"] for part in bins], [part["accuracy"] for part in bins], "o", color=INK, markersize=3)
    axes.set(xlim=(0, 1), ylim=(0, 1), xlabel="confidence", ylabel="share of right answers")
    axes.set_title(f"calibration (expected error {error:.3f})", fontsize=9)


def risk_coverage(axes, points):
    """How right the answers are when only the confident ones are given."""
    axes.plot([point["coverage"] for point in points], [point["accuracy"] for point in points], ".-", color=INK)
    axes.set(xlim=(0, 1.02), xlabel="share of faces that get an answer", ylabel="share of right answers")
    axes.set_title("answering only when confident", fontsize=9)
    axes.grid(alpha=0.3)


def curves(log, path):
    """The scores of a run over its epochs."""
    picture, axes = pyplot.subplots(figsize=(7, 4))
    for name in log[0]:
        if name not in ("epoch", "loss", "score", "seconds"):
            axes.plot([row["epoch"] for row in log], [row[name] for row in log], label=name, linewidth=1)
    axes.set(xlabel="epoch", ylabel="score on the selection split")
    axes.legend(fontsize=7)
    axes.grid(alpha=0.3)
    picture.tight_layout()
    picture.savefig(path, dpi=80, metadata={"Software": None})
    pyplot.close(picture)
