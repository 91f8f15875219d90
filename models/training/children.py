#!/usr/bin/env python3
"""How often gender is answered, and wrong, by age, with and without the node's models.min_age_for_gender:

    python3 models/training/children.py --data DIR

On UTKFace's held-out part, on which no test figure stands. Gender by `gender`, age by `face`, as the node runs them.
"""
import argparse
import tempfile
from pathlib import Path

import numpy as np
import torch
import yaml

import calibrate
import metrics
from heads import HEADS, columns_of
from learn import predict
from memory import keep_freed_memory
from tasks import build_task
from train import HERE, model, read_config

MIN_AGE = 10
AGES = [(0, 3), (3, 10), (10, 16), (16, 200)]


def answers(name, attribute, faces):
    """What a released model says: probabilities [N, labels], and its head in the manifest."""
    network, heads = model(name, HERE, faces)
    head = next(head for head in yaml.safe_load((HERE.parent / f"{name}.yaml").read_text())["heads"] if head["attribute"] == attribute)
    logits = predict(network, faces)[:, columns_of(attribute, heads)]
    return metrics.softmax(logits.double().numpy(), head["temperature"]), head


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", required=True, type=Path, help="as for train.py")
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "face_attributes_training", help="as for train.py")
    options = parser.parse_args()
    keep_freed_memory()
    torch.set_num_threads(1)
    selection = build_task(read_config(HERE / "people_accurate.yaml"), options.data, options.cache).selection
    faces, labels = selection["UTKFace, held-out part"]
    gender, head = answers("gender", "gender", faces)
    age, _ = answers("face", "age", faces)
    estimate = age @ np.array(HEADS["age"].values)
    wrong = gender.argmax(1) != labels["gender"].numpy()
    sure = gender.max(1) >= head["unknown_below"]
    print(f"| age | faces | answered | wrong of those | answered from an estimate of {MIN_AGE} years on | wrong of those |\n|---|---:|---:|---:|---:|---:|")
    for low, high in AGES:
        of_age = ((labels["age"] >= low) & (labels["age"] < high)).numpy()
        cells = []
        for known in (sure, sure & (estimate >= MIN_AGE)):
            figures = calibrate.answered(known[of_age], wrong[of_age])
            cells += [f"{figures['coverage']:.1%}", f"{figures['risk']:.1%}"]
        print(f"| {low} to {high - 1} | {of_age.sum()} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
