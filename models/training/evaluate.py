"""The project's `evaluate`: what the node's own detector, crop and ONNX Runtime give on the data sets."""
import json
import subprocess
import tempfile
from pathlib import Path

import data

PROJECT = Path(__file__).resolve().parents[2]


def run(*arguments, program="Evaluate"):
    """Runs it, or another program of src; returns what it prints."""
    command = ["dotnet", "run", "--configuration", "Release", "--project", str(PROJECT / "src" / program), "--", *arguments]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def measure(model, folder, split):
    """What it measures of a model, as figures and as text."""
    with tempfile.TemporaryDirectory() as temporary:
        figures = Path(temporary) / "figures.json"
        report = run(str(model.resolve()), "--data", str(Path(folder).resolve()), "--split", split, "--json", str(figures))
        return json.loads(figures.read_text()), report


def boxes(folder, cache):
    """The boxes that the node's detector finds: boxes.csv in the cache, made when it is missing, which takes minutes."""
    path = Path(cache) / "boxes.csv"
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        run("--boxes", str(path.resolve()), "--data", str(Path(folder).resolve()))
    return data.BoxTable(path)
