"""The crop against a plain reference."""
import unittest

import numpy as np

import crops


class CropTest(unittest.TestCase):
    def setUp(self):
        self.picture = np.random.default_rng(0).integers(0, 256, (60, 80), dtype=np.uint8)

    def test_box_of_the_crop_size_is_cut_out_unchanged(self):
        cut = crops.crop(self.picture, (10, 5, 48, 48), margin=0.0, size=48)
        np.testing.assert_array_equal(cut, self.picture[5:53, 10:58])

    def test_margin_widens_the_square_on_every_side(self):
        self.assertEqual(crops.square_round((10, 20, 40, 30), 0.25), (0.0, 5.0, 60.0))

    def test_border_is_repeated_where_the_square_leaves_the_picture(self):
        cut = crops.crop(self.picture, (-8, -8, 48, 48), margin=0.0, size=48)
        np.testing.assert_array_equal(cut[8:, 8:], self.picture[:40, :40])
        np.testing.assert_array_equal(cut[:8, 8:], np.repeat(self.picture[:1, :40], 8, 0))
        np.testing.assert_array_equal(cut[:8, :8], np.full((8, 8), self.picture[0, 0]))

    def test_shrinking_by_two_averages_blocks_of_four_pixels(self):
        cut = crops.crop(self.picture, (0, 0, 60, 60), margin=0.0, size=30)
        blocks = self.picture[:60, :60].reshape(30, 2, 30, 2).astype(float).mean((1, 3))
        self.assertLessEqual(np.abs(cut - blocks).max(), 0.5)

    def test_wider_margin_gives_a_square_that_many_times_as_wide(self):
        box = (30, 30, 20, 20)
        x, y, side = crops.square_round(box, 0.1)
        wide_x, wide_y, wide_side = crops.square_round(box, crops.wider(0.1, 1.5))
        self.assertAlmostEqual(wide_side, 1.5 * side)
        self.assertAlmostEqual(wide_x + wide_side / 2, x + side / 2)


if __name__ == "__main__":
    unittest.main()
