"""Ages on nodes and in bands."""
import unittest

import numpy as np

from heads import AGE_BANDS, AGE_NODES, HEADS, band_shares, bands, slices, years


class AgeTest(unittest.TestCase):
    def test_an_age_is_the_mean_of_its_target(self):
        ages = np.array([0, 1, 5, 33, 99, 100, 116])
        targets = years(ages)
        np.testing.assert_allclose(targets.sum(1), 1)
        np.testing.assert_allclose(targets @ AGE_NODES, np.minimum(ages, 100), atol=1e-4)
        self.assertEqual(np.count_nonzero(years([33])), 2)

    def test_every_node_is_shared_out_among_the_bands(self):
        shares = band_shares()
        self.assertEqual(shares.shape, (len(AGE_BANDS), len(AGE_NODES)))
        np.testing.assert_allclose(shares.sum(0), 1, atol=1e-6)

    def test_shares_by_hand(self):
        twenties, open_end, babies = bands(["20-29", "more than 70", "0-2"])
        np.testing.assert_allclose(twenties[3:8], [0, 0.5, 1, 0.5, 0], atol=1e-6)
        np.testing.assert_allclose(open_end[13:], [0, 0.5, 1, 1, 1, 1, 1, 1], atol=1e-6)
        # The hat of node 0 falls from 0 to 5 years: what lies before 3 is 1 - (2/5)^2. That of node 5 begins there.
        np.testing.assert_allclose(babies[:3], [0.84, 0.18, 0], atol=1e-6)

    def test_heads_lie_side_by_side(self):
        heads = [HEADS["emotion"], HEADS["gender"], HEADS["age"]]
        self.assertEqual(list(slices(heads)), [slice(0, 7), slice(7, 9), slice(9, 30)])


if __name__ == "__main__":
    unittest.main()
