"""Records what TrackEval (https://github.com/JonathonLuiten/TrackEval) measures on random small cases, for the tests.

    /usr/bin/python3 record_trackeval.py TRACKEVAL_FOLDER > trackeval.json

Needs numpy and scipy. Recorded with commit 12c8791b303e0a0b50f753af204249e622d0281a.
"""

import contextlib
import json
import random
import sys

import numpy as np

np.float, np.int, np.bool = float, int, bool  # numpy has dropped these names, which TrackEval uses

sys.path.insert(0, sys.argv[1])
with contextlib.redirect_stdout(sys.stderr):  # It says there what it could not import
    from trackeval.datasets._base_dataset import _BaseDataset
    from trackeval.metrics import CLEAR, HOTA, Identity

CASES = 40


def make_case(rng):
    people = [
        dict(x=rng.uniform(0, 200), y=rng.uniform(0, 100), vx=rng.uniform(-15, 15), side=rng.uniform(15, 60), track=rng.randrange(6))
        for _ in range(rng.randint(0, 5))
    ]
    jitter, missed, switched, false = rng.uniform(0, 0.25), rng.uniform(0, 0.4), rng.uniform(0, 0.2), rng.uniform(0, 0.4)
    frames = []
    for _ in range(rng.randint(3, 14)):
        truth, tracks = {}, {}
        for number, person in enumerate(people):
            person["x"] += person["vx"]
            if rng.random() < switched:
                person["track"] = rng.randrange(12)
            if rng.random() < 0.1:
                continue
            box = [person["x"], person["y"], person["side"], person["side"]]
            truth[number] = box
            if rng.random() >= missed:
                tracks[person["track"]] = [value + rng.gauss(0, jitter) * person["side"] for value in box[:2]] + box[2:]
        if rng.random() < false:
            tracks[rng.randrange(12, 15)] = [rng.uniform(0, 200), rng.uniform(0, 100), rng.uniform(15, 60), rng.uniform(15, 60)]
        frames.append({
            "truth": [[key] + [round(v, 1) for v in box] for key, box in truth.items()],
            "tracks": [[key] + [round(v, 1) for v in box] for key, box in sorted(tracks.items(), key=lambda item: item[1])],
        })
    return {"threshold": rng.choice([0.4, 0.5]), "frames": frames}


def data_of(case):
    """The case in the form that TrackEval's metrics take: ids counted from 0 without gaps."""
    numbers = {"truth": {}, "tracks": {}}
    ids = {"truth": [], "tracks": []}
    similarity = []
    for frame in case["frames"]:
        boxes = {}
        for kind in ids:
            rows = frame[kind]
            ids[kind].append(np.array([numbers[kind].setdefault(row[0], len(numbers[kind])) for row in rows], dtype=int))
            boxes[kind] = np.array([row[1:] for row in rows], dtype=float).reshape(-1, 4)
        similarity.append(_BaseDataset._calculate_box_ious(boxes["truth"], boxes["tracks"], box_format="xywh"))
    return {
        "gt_ids": ids["truth"], "tracker_ids": ids["tracks"], "similarity_scores": similarity,
        "num_gt_ids": len(numbers["truth"]), "num_tracker_ids": len(numbers["tracks"]),
        "num_gt_dets": sum(map(len, ids["truth"])), "num_tracker_dets": sum(map(len, ids["tracks"])),
        "num_timesteps": len(case["frames"]),
    }


def figures(clear, identity, hota):
    whole = lambda value: int(value)  # noqa: E731
    real = lambda value: round(float(value), 9)  # noqa: E731
    return {
        "found": whole(clear["CLR_TP"]), "missed": whole(clear["CLR_FN"]), "false": whole(clear["CLR_FP"]),
        "id_switches": whole(clear["IDSW"]), "fragmentations": whole(clear["Frag"]), "mota": real(clear["MOTA"]),
        "recall": real(clear["CLR_Re"]), "precision": real(clear["CLR_Pr"]),
        "idf1": real(identity["IDF1"]), "hota": real(np.mean(hota["HOTA"])),
        "detection_accuracy": real(np.mean(hota["DetA"])), "association_accuracy": real(np.mean(hota["AssA"])),
    }


def measure(case):
    quiet = {"THRESHOLD": case["threshold"], "PRINT_CONFIG": False}
    data = data_of(case)
    return CLEAR(quiet).eval_sequence(data), Identity(quiet).eval_sequence(data), HOTA().eval_sequence(data)


def combine(cases):
    metrics = CLEAR({"PRINT_CONFIG": False}), Identity({"PRINT_CONFIG": False}), HOTA()
    measured = [measure(case) for case in cases]
    return figures(*(metric.combine_sequences({str(i): results[k] for i, results in enumerate(measured)})
                     for k, metric in enumerate(metrics)))


def main():
    rng = random.Random(16)
    cases = [make_case(rng) for _ in range(CASES)]
    cases += [{"threshold": 0.5, "frames": frames} for frames in (
        [{"truth": [], "tracks": []}],
        [{"truth": [[0, 0, 0, 9, 9]], "tracks": []}],
        [{"truth": [], "tracks": [[0, 0, 0, 9, 9]]}],
    )]
    for case in cases:
        case["figures"] = figures(*measure(case))
    together = [case for case in cases if case["threshold"] == 0.4]
    print('{"together_at_0.4": ' + json.dumps(combine(together)) + ',\n"cases": [')
    print(",\n".join(json.dumps(case, separators=(",", ":")) for case in cases) + "\n]}")


main()
