"""Figures against ones worked out by hand, and what is chosen from them."""
import unittest

import numpy as np

import calibrate
import metrics
from heads import HEADS


class MetricsTest(unittest.TestCase):
    def test_calibration_error_of_honest_and_of_boastful_answers(self):
        probabilities = np.array([[0.9, 0.1]] * 10)
        labels = np.array([0] * 9 + [1])
        self.assertAlmostEqual(metrics.calibration_error(probabilities, labels), 0)
        self.assertAlmostEqual(metrics.calibration_error(probabilities, 1 - labels), 0.8)

    def test_temperature_finds_back_the_scale_that_was_lost(self):
        generator = np.random.default_rng(0)
        logits = generator.normal(size=(20_000, 3))
        labels = np.array([generator.choice(3, p=p) for p in metrics.softmax(logits)])
        self.assertAlmostEqual(metrics.fit_temperature((3 * logits, np.eye(3)[labels])), 3, delta=0.15)

    def test_threshold_is_the_first_that_keeps_the_risk(self):
        doubts = np.array([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0])
        wrong = doubts > 0.85
        candidates = np.arange(10, 0, -1) / 10
        self.assertEqual(metrics.choose_threshold(doubts, wrong, 0.2, candidates), 1.0)
        self.assertEqual(metrics.choose_threshold(doubts, wrong, 0.12, candidates), 0.9)
        self.assertEqual(metrics.choose_threshold(doubts, wrong, 0.0, candidates), 0.8)

    def test_threshold_leaves_answers_for_four_of_five_faces(self):
        doubts, wrong = np.arange(10) / 10, np.ones(10, bool)
        self.assertEqual(metrics.choose_threshold(doubts, wrong, 0.0, np.arange(10, 0, -1) / 10), 0.7)


class CalibrateTest(unittest.TestCase):
    def test_doubtful_classes_become_unknown(self):
        sure, doubtful = np.array([[4.0, 0.0]] * 90), np.array([[0.1, 0.0]] * 10)
        labels = np.array([0] * 90 + [0, 1] * 5)
        chosen = calibrate.choose(HEADS["gender"], np.concatenate([sure, doubtful]), labels, risk=0.01)
        self.assertGreater(chosen["unknown_below"], 0.5)
        self.assertAlmostEqual(chosen["coverage"], 0.9)
        self.assertEqual(chosen["risk"], 0)

    def test_wide_ages_become_unknown(self):
        nodes = np.array(HEADS["age"].values)
        def around(age, width):
            return -((nodes - age) / width) ** 2 / 2
        logits = np.array([around(30, 5)] * 90 + [around(50, 15)] * 10)
        labels = np.array([30] * 90 + [20] * 10)
        chosen = calibrate.choose(HEADS["age"], logits, labels, risk=0.0)
        self.assertAlmostEqual(chosen["coverage"], 0.9)
        self.assertEqual(chosen["risk"], 0)
        self.assertLess(chosen["unknown_above"], 15)
        self.assertLess(chosen["mean_absolute_error"], 3.5)

    def test_the_temperature_fits_what_is_known_as_a_band_too(self):
        generator = np.random.default_rng(0)
        logits = generator.normal(size=(4000, 4)) * 2
        labels = [generator.choice(4, p=p) for p in metrics.softmax(logits)]
        targets = np.eye(4)[labels]
        bands = np.array([[1.0, 1.0, 0, 0], [1.0, 1.0, 0, 0], [0, 0, 1.0, 1.0], [0, 0, 1.0, 1.0]])[labels]
        self.assertAlmostEqual(metrics.fit_temperature((logits * 2, bands)), 2, delta=0.2)
        self.assertAlmostEqual(metrics.fit_temperature((logits * 2, targets), (logits * 2, bands)), 2, delta=0.2)



if __name__ == "__main__":
    unittest.main()
