"""The figures of the model cards on cases that can be worked out by hand."""
import unittest

import numpy as np

import metrics


class MetricsTest(unittest.TestCase):
    def test_confusion_counts_true_class_by_row(self):
        probabilities = np.array([[0.9, 0.1], [0.2, 0.8], [0.6, 0.4]])
        matrix = metrics.confusion(probabilities, np.array([0, 0, 1]))
        np.testing.assert_array_equal(matrix, [[1, 1], [1, 0]])
        np.testing.assert_allclose(metrics.recall(matrix), [0.5, 0.0])

    def test_calibration_error_is_the_gap_between_confidence_and_accuracy(self):
        probabilities = np.tile([0.9, 0.1], (10, 1))
        labels = np.array([0] * 7 + [1] * 3)
        self.assertAlmostEqual(metrics.calibration_error(probabilities, labels), 0.2)
        self.assertAlmostEqual(metrics.calibration_error(probabilities, np.array([0] * 9 + [1])), 0.0)

    def test_temperature_undoes_a_scaling_of_calibrated_logits(self):
        generator = np.random.default_rng(0)
        logits = generator.normal(size=(20000, 3)) * 2
        chance = metrics.softmax(logits).cumsum(1)
        labels = (generator.random((20000, 1)) > chance).sum(1)
        self.assertAlmostEqual(metrics.fit_temperature(logits * 1.7, labels), 1.7, delta=0.08)

    def test_threshold_is_the_smallest_that_keeps_the_risk(self):
        probabilities = np.array([[0.55, 0.45]] * 2 + [[0.7, 0.3]] * 18)
        labels = np.array([1, 1] + [0] * 18)
        self.assertAlmostEqual(metrics.choose_threshold(probabilities, labels, risk=0.05), 0.56)
        self.assertEqual(metrics.choose_threshold(probabilities, labels, risk=0.5), 0.0)

    def test_threshold_never_silences_more_than_a_fifth_of_the_faces(self):
        probabilities = np.array([[0.6, 0.4]] * 50 + [[0.9, 0.1]] * 50)
        labels = np.array([1] * 100)
        threshold = metrics.choose_threshold(probabilities, labels, risk=0.05)
        self.assertGreaterEqual(metrics.risk_coverage(probabilities, labels, threshold)[1], 0.8)


if __name__ == "__main__":
    unittest.main()
