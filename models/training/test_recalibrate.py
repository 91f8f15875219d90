"""A released model's temperatures in its graph that explains and in what is recorded of it."""
import json
import tempfile
import unittest
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

import export
import recalibrate
from heads import Head
from network import MiniXception, NetworkConfig

HEADS = [Head("light", ("dark", "bright")), Head("size", ("small", "middle", "large"))]


class RecalibrateTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        torch.manual_seed(0)
        self.network = MiniXception(5, NetworkConfig(stem=((16, 2),), stages=((16, 1),), squeeze=0))
        with torch.no_grad():
            self.network.train()(torch.rand(64, 1, 48, 48) * 2 - 1)
        self.network.eval()

    def test_only_the_temperatures_of_a_graph_change(self):
        for first, second in (([1.0, 1.0], [1.3, 0.7]), ([0.8, 1.1], [1.0, 1.0])):
            export.export_explanation(self.network, HEADS, 48, first, self.folder / "given.onnx")
            export.export_explanation(self.network, HEADS, 48, second, self.folder / "expected.onnx")
            recalibrate.set_temperatures(self.folder / "given.onnx", second)
            given, expected = (onnx.load(str(self.folder / f"{name}.onnx")).graph for name in ("given", "expected"))
            self.assertEqual([node.op_type for node in given.node], [node.op_type for node in expected.node])
            for one, other in zip(given.node, expected.node):
                if one.op_type == "Constant":
                    np.testing.assert_array_equal(*(numpy_helper.to_array(node.attribute[0].t) for node in (one, other)))

    def test_a_graph_without_temperatures_is_told(self):
        export.export_onnx(self.network, HEADS, 48, self.folder / "plain.onnx")
        with self.assertRaisesRegex(ValueError, "by their temperatures"):
            recalibrate.set_temperatures(self.folder / "plain.onnx", [1.0, 1.0])

    def test_recorded_probabilities_are_those_of_the_new_temperatures(self):
        path = self.folder / "tiny.json"
        export.record(self.network, HEADS, 48, "tiny", "0", [2.0, 0.5], self.folder / "expected.json")
        export.record(self.network, HEADS, 48, "tiny", "0", [1.0, 1.0], path)
        recalibrate.record(path, [2.0, 0.5])
        given, expected = (json.loads(file.read_text()) for file in (path, self.folder / "expected.json"))
        for one, other in zip(given["heads"], expected["heads"]):
            self.assertEqual(one["temperature"], other["temperature"])
            np.testing.assert_allclose(one["probabilities"], other["probabilities"], atol=2e-6)
        self.assertEqual(given["gradient"], expected["gradient"])


if __name__ == "__main__":
    unittest.main()
