"""Augmentation keeps what it must keep."""
import unittest
from dataclasses import replace

import numpy as np
import torch

from augment import CONTEXT, AugmentConfig, augment, sample_crops

NOTHING = AugmentConfig(shift=0, scale=0, rotation=0, stretch=0, contrast=0, brightness=0, gamma=0, cutout=0, soften=0, noise=0,
                        jpeg=0)


class AugmentTest(unittest.TestCase):
    def setUp(self):
        self.size = 48
        self.patches = torch.randint(0, 256, (16, int(48 * CONTEXT), int(48 * CONTEXT)), dtype=torch.uint8,
                                     generator=torch.Generator().manual_seed(0))
        self.nominal = self.patches[:, 12:60, 12:60].unsqueeze(1).float() / 127.5 - 1

    def augment(self, config, seed=1):
        return augment(self.patches, self.size, config, torch.Generator().manual_seed(seed))

    def test_without_any_range_a_face_is_the_middle_of_its_patch_or_its_mirror_image(self):
        mirrored = 0
        for face, nominal in zip(self.augment(NOTHING), self.nominal):
            as_is = torch.allclose(face, nominal, atol=0.02)
            self.assertTrue(as_is or torch.allclose(face, nominal.flip(2), atol=0.02))
            mirrored += not as_is
        self.assertTrue(0 < mirrored < 16)

    def test_faces_stay_in_the_input_range(self):
        faces = self.augment(AugmentConfig(contrast=0.9, brightness=0.9, noise=0.5))
        self.assertEqual(faces.shape, (16, 1, 48, 48))
        self.assertGreaterEqual(faces.min().item(), -1)
        self.assertLessEqual(faces.max().item(), 1)

    def test_compression_leaves_its_traces_and_the_face(self):
        patches = torch.from_numpy(np.tile(np.linspace(40, 200, 72).astype(np.uint8), (16, 72, 1)))
        nothing, compressed = (augment(patches, self.size, config, torch.Generator().manual_seed(1))
                               for config in (NOTHING, replace(NOTHING, jpeg=1.0)))
        difference = (compressed - nothing).abs()
        self.assertGreater(difference.max().item(), 0.01)
        self.assertLess(difference.mean().item(), 0.1)

    def test_same_seed_gives_the_same_faces_and_another_seed_others(self):
        torch.testing.assert_close(self.augment(AugmentConfig()), self.augment(AugmentConfig()), rtol=0, atol=0)
        self.assertFalse(torch.equal(self.augment(AugmentConfig()), self.augment(AugmentConfig(), seed=2)))

    def test_shift_moves_a_spot_by_at_most_the_configured_share(self):
        patches = torch.zeros(200, 72, 72, dtype=torch.uint8)
        patches[:, 34:38, 34:38] = 255
        faces = sample_crops(patches, 48, AugmentConfig(shift=0.1, scale=0, rotation=0, stretch=0),
                             torch.Generator().manual_seed(3))
        weights = faces[:, 0] + 1
        centre = (weights.sum(1) * torch.arange(48)).sum(1) / weights.sum((1, 2))
        offset = (centre - 23.5).abs()
        self.assertLess(offset.max().item(), 0.1 * 48 + 0.2)
        self.assertGreater(offset.max().item(), 0.08 * 48)


if __name__ == "__main__":
    unittest.main()
