"""Card and manifest from what was measured."""
import tempfile
import unittest
from pathlib import Path

import yaml

import card
import plots
import release
from heads import HEADS

FIGURES = {"model": "tiny", "split": "test", "heads": [
    {"attribute": "gender", "age": [], "categorical": [{
        "set": "Somebody's faces", "labels": ["female", "male"], "confusion": [[3, 1], [0, 4]],
        "headline": {"n": 8, "accuracy": 0.875, "balanced_accuracy": 0.875, "expected_calibration_error": 0.01},
        "reliability": [{"low": 0.5, "high": 0.75, "n": 0}, {"low": 0.75, "high": 1.0, "n": 8, "confidence": 0.9, "accuracy": 0.875}],
        "risk_coverage": [{"threshold": 0.0, "coverage": 1.0, "accuracy": 0.875}, {"threshold": 0.9, "coverage": 0.5, "accuracy": 1.0}],
    }]},
    {"attribute": "age", "categorical": [], "age": [{"set": "Somebody's faces", "mean_absolute_error": 5.4321, "n": 8}]},
]}

REPORT = {
    "config": {"name": "tiny", "size": 48, "margin": 0.0, "description": "What it says.", "licence": "Free.",
               "intended_use": "Tests.", "misuse": "Anything else.", "data": "None.", "limits": "Many.",
               "training": {"phases": [{"epochs": 4}]}},
    "heads": [HEADS["gender"], HEADS["age"]],
    "chosen": [{"temperature": 0.9, "unknown_below": 0.6, "coverage": 0.9, "risk": 0.08, "calibration_error_before": 0.03,
                "calibration_error": 0.02, "sets": {"a": 5}},
               {"temperature": 1.1, "unknown_above": 12.5, "coverage": 0.85, "risk": 0.2, "mean_absolute_error": 5.0, "sets": {"a": 5}}],
    "sha256": "0" * 64, "explanation_sha256": "1" * 64, "parameters": 1234, "multiply_adds": 2e6, "bytes": 999, "epochs": [(3, 4)],
    "training_faces": 100,
}


class ReleaseTest(unittest.TestCase):
    def test_manifest_has_what_the_node_needs_of_each_head(self):
        manifest = yaml.safe_load(release.manifest(REPORT, FIGURES))
        self.assertEqual(list(manifest.items())[:2], [("name", "tiny"), ("kind", "attributes")])
        gender, age = manifest["heads"]
        self.assertEqual(gender, {"attribute": "gender", "output": {"name": "gender", "kind": "logits"}, "labels": ["female", "male"],
                                  "temperature": 0.9, "unknown_below": 0.6})
        self.assertEqual((age["values"][1], age["labels"][1], age["unknown_above"]), (5.0, "5", 12.5))
        self.assertEqual(manifest["metrics"], {"test": {
            "gender": {"Somebody's faces": {"accuracy": 0.875, "balanced": 0.875, "calibration_error": 0.01, "n": 8}},
            "age": {"Somebody's faces": {"mean_absolute_error": 5.432, "n": 8}}}})

    def test_card_holds_what_was_measured_and_its_pictures(self):
        with tempfile.TemporaryDirectory() as folder:
            pictures = plots.draw(FIGURES, Path(folder) / "figures")
            self.assertTrue(pictures["gender"].read_bytes().startswith(b"\x89PNG"))
            text = card.write(REPORT, "# tiny, measured\n\nHow.\n\n## gender\n\n### A set\n", pictures)
        self.assertIn("(figures/tiny_gender.png)", text)
        self.assertIn("## Measured\n\n![", text)
        self.assertIn("\n### gender\n\n#### A set\n", text)
        self.assertNotIn("# tiny, measured", text)
        self.assertIn("unknown above a standard deviation of 12.5 years", text)


if __name__ == "__main__":
    unittest.main()
