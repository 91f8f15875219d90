"""Worse pictures are worse in the ways that they say, and the same each time."""
import unittest

import numpy as np

from worse import blur, compress, darken, reduce, worse


class WorseTest(unittest.TestCase):
    def setUp(self):
        self.random = np.random.default_rng(1)
        self.flat = np.full((48, 48), 200, np.uint8)
        self.noisy = self.random.integers(0, 256, (48, 48), np.uint8)

    def test_dark_pictures_have_a_third_of_the_light_and_noise(self):
        dark = darken(self.flat, self.random)
        self.assertAlmostEqual(dark.mean(), 70, delta=0.5)
        self.assertAlmostEqual(dark.std(), 6, delta=0.4)

    def test_the_others_lose_what_is_fine_and_keep_what_is_coarse(self):
        for way in (blur, reduce):
            self.assertLess(way(self.noisy, self.random).std(), 0.6 * self.noisy.std(), way.__name__)
        for way in (blur, compress, reduce):
            self.assertEqual(way(self.noisy, self.random).shape, (48, 48))
            np.testing.assert_allclose(way(self.flat, self.random), self.flat, atol=1, err_msg=way.__name__)

    def test_so_are_faces_in_colour(self):
        faces = self.random.integers(0, 256, (4, 48, 48, 3), np.uint8)
        changed = worse(faces)
        self.assertEqual((changed.shape, changed.dtype), (faces.shape, faces.dtype))
        self.assertFalse((changed == faces).all((1, 2, 3)).any())

    def test_each_face_is_made_worse_in_turn_and_the_same_each_time(self):
        faces = np.stack([self.noisy] * 8)
        first = worse(faces)
        np.testing.assert_array_equal(first, worse(faces))
        self.assertFalse((first == faces).all((1, 2)).any())
        np.testing.assert_array_equal(first[1], blur(self.noisy, None))
        np.testing.assert_array_equal(first[7], reduce(self.noisy, None))


if __name__ == "__main__":
    unittest.main()
