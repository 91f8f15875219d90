#!/usr/bin/env python3
"""How often gender is answered, and wrong, by age, with and without the node's models.min_age_for_gender:

    python3 models/training/children.py --data DIR

On UTKFace's held-out part, on which no test figure stands. Gender and age by `face`, as the node runs it by default.
"""
import argparse
import tempfile
from pathlib import Path

import numpy as np
import torch

import calibrate
import metrics
from heads import HEADS, columns_of
from learn import predict
from memory import keep_freed_memory
from tasks import build_task
from train import HERE, model, read_config

MIN_AGE = 10
AGES = [(0, 3), (3, 10), (10, 16), (16, 200)]
MODEL = "face"


def answers(faces):
    """What the released model says: of each attribute the probabilities [N, labels], and its head in the manifest."""
    network, heads = model(MODEL, None, faces)
    logits = predict(network, faces).double().numpy()
    given = {head["attribute"]: head for head in read_config(HERE.parent / f"{MODEL}.yaml")["heads"]}
    return {name: (metrics.softmax(logits[:, columns_of(name, heads)], head["temperature"]), head) for name, head in given.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", required=True, type=Path, help="as for train.py")
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "face_attributes_training", help="as for train.py")
    options = parser.parse_args()
    keep_freed_memory()
    torch.set_num_threads(1)
    config = read_config(HERE / f"{MODEL}.yaml")
    seen = {key: config[key] for key in ("size", "channels", "margin")}
    selection = build_task({**seen, "heads": {"gender": 1, "age": 1}}, options.data, options.cache).selection
    faces, labels = selection["UTKFace, held-out part"]
    said = answers(faces)
    (gender, head), (age, _) = said["gender"], said["age"]
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
