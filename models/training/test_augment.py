"""Augmentation keeps what it must keep."""
import unittest
from dataclasses import replace

import cv2
import torch

from augment import CONTEXT, LUMA, AugmentConfig, augment, jpeg, mix, sample_crops

NOTHING = AugmentConfig(shift=0, scale=0, rotation=0, stretch=0, contrast=0, brightness=0, gamma=0, cutout=0, downscale=0, noise=0,
                        jpeg=0, tint=0, saturation=0, grey=0)


class AugmentTest(unittest.TestCase):
    def setUp(self):
        self.size = 48
        self.patches = torch.randint(0, 256, (16, int(48 * CONTEXT), int(48 * CONTEXT)), dtype=torch.uint8,
                                     generator=torch.Generator().manual_seed(0))
        self.nominal = self.patches[:, 12:60, 12:60].unsqueeze(1).float() / 127.5 - 1

    def augment(self, config, seed=1):
        torch.manual_seed(seed)
        return augment(self.patches, self.size, config)

    def test_without_any_range_a_face_is_the_middle_of_its_patch_or_its_mirror_image(self):
        mirrored = 0
        for face, nominal in zip(self.augment(NOTHING), self.nominal):
            as_is = torch.allclose(face, nominal, atol=0.02)
            self.assertTrue(as_is or torch.allclose(face, nominal.flip(2), atol=0.02))
            mirrored += not as_is
        self.assertTrue(0 < mirrored < 16)

    def test_crops_may_be_more_often_too_large_than_too_small(self):
        """A square of a third of the patch's side is a half of the nominal crop's, and less of a larger one's."""
        patches = torch.zeros(64, 72, 72, dtype=torch.uint8)
        patches[:, 24:48, 24:48] = 255
        torch.manual_seed(2)
        faces = sample_crops(patches, 48, replace(NOTHING, larger=0.35))
        sides = (faces > 0).float().sum((1, 2, 3)).sqrt() / 48
        self.assertLess(sides.max().item(), 0.52)
        self.assertLess(sides.min().item(), 0.40)
        self.assertGreater(sides.min().item(), 0.5 / 1.35 - 0.02)

    def test_faces_stay_in_the_input_range(self):
        faces = self.augment(AugmentConfig(contrast=0.9, brightness=0.9, noise=0.5))
        self.assertEqual(faces.shape, (16, 1, 48, 48))
        self.assertGreaterEqual(faces.min().item(), -1)
        self.assertLessEqual(faces.max().item(), 1)

    def test_compression_is_that_of_a_real_jpeg(self):
        """Against libjpeg, which rounds a little otherwise."""
        smooth = cv2.GaussianBlur(self.patches[0].numpy(), (0, 0), 1.2)[12:60, 12:60]
        face = torch.from_numpy(cv2.normalize(smooth, None, 0, 255, cv2.NORM_MINMAX)).float() / 127.5 - 1
        for quality in (10, 30, 50):
            _, file = cv2.imencode(".jpg", ((face + 1) * 127.5).round().to(torch.uint8).numpy(), [cv2.IMWRITE_JPEG_QUALITY, quality])
            expected = torch.from_numpy(cv2.imdecode(file, cv2.IMREAD_GRAYSCALE)).float() / 127.5 - 1
            compressed = jpeg(face[None, None], torch.tensor([float(quality)]))[0, 0]
            self.assertLess((compressed - expected).abs().mean().item(), 0.25 * (face - expected).abs().mean().item(), quality)

    def test_faces_in_colour_are_augmented_as_grey_ones_are(self):
        strong = replace(AugmentConfig(), noise=0.0, tint=0.0, saturation=0.9, grey=0.3, jpeg=0.0)
        expected = self.augment(replace(strong, saturation=0.0, grey=0.0))
        self.patches = self.patches.unsqueeze(3).repeat(1, 1, 1, 3)
        faces = self.augment(NOTHING)
        torch.testing.assert_close(faces, faces[:, :1].expand(-1, 3, -1, -1))
        torch.manual_seed(1)
        self.assertEqual(self.augment(strong).shape, (16, 3, 48, 48))
        self.assertEqual(expected.shape, (16, 1, 48, 48))

    def test_without_its_colour_a_face_is_as_a_grey_camera_sees_it(self):
        colours = torch.rand(16, 3, 1, 1).expand(-1, -1, 72, 72)
        self.patches = (colours.permute(0, 2, 3, 1) * 255).to(torch.uint8)
        faces = self.augment(replace(NOTHING, grey=1.0))
        pictures = [cv2.cvtColor(patch.numpy(), cv2.COLOR_BGR2GRAY)[0, 0] for patch in self.patches]
        torch.testing.assert_close(faces, (torch.tensor(pictures).float() / 127.5 - 1).view(-1, 1, 1, 1).expand(-1, 3, 48, 48), atol=0.01, rtol=0)

    def test_white_balance_changes_the_channels_and_saturation_keeps_the_luma(self):
        self.patches = torch.randint(80, 150, (16, 72, 72, 3), dtype=torch.uint8)
        nominal = self.augment(NOTHING)
        means = (self.augment(replace(NOTHING, tint=0.3)) - nominal).mean((2, 3))
        self.assertGreater((means.amax(1) - means.amin(1)).min().item(), 0.01)
        saturated = self.augment(replace(NOTHING, saturation=0.5))
        self.assertGreater((saturated - nominal).abs().mean().item(), 0.01)
        torch.testing.assert_close((saturated * LUMA).sum(1), (nominal * LUMA).sum(1), atol=1e-4, rtol=0)

    def test_compression_of_colours_loses_as_much_as_a_real_jpeg(self):
        random = torch.Generator().manual_seed(4)
        smooth = cv2.GaussianBlur(torch.randint(0, 256, (48, 48, 3), dtype=torch.uint8, generator=random).numpy(), (0, 0), 4)
        picture = cv2.normalize(smooth, None, 0, 255, cv2.NORM_MINMAX)
        face = torch.from_numpy(picture).permute(2, 0, 1).float() / 127.5 - 1
        _, file = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 30])
        expected = torch.from_numpy(cv2.imdecode(file, cv2.IMREAD_COLOR)).permute(2, 0, 1).float() / 127.5 - 1
        compressed = jpeg(face[None], torch.tensor([30.0]))[0]
        lost, expected_loss = (compressed - face).abs().mean().item(), (expected - face).abs().mean().item()
        self.assertAlmostEqual(lost / expected_loss, 1, delta=0.3)

    def test_mixed_faces_are_theirs_by_their_shares(self):
        faces = torch.arange(8.0).view(8, 1, 1, 1).expand(8, 1, 2, 2)
        torch.manual_seed(0)
        mixed, ((rows, own), (partners, rest)) = mix(faces, torch.arange(8), 0.5)
        torch.testing.assert_close(mixed[:, 0, 0, 0], own * rows + rest * partners)
        torch.testing.assert_close(own + rest, torch.ones(8))
        self.assertTrue(0 < (own < 1).sum().item() < 8)

    def test_without_mixing_each_face_is_its_own(self):
        faces, parts = mix(self.nominal, torch.arange(16), 0.0)
        self.assertIs(faces, self.nominal)
        self.assertEqual(len(parts), 1)

    def test_same_seed_gives_the_same_faces_and_another_seed_others(self):
        torch.testing.assert_close(self.augment(AugmentConfig()), self.augment(AugmentConfig()), rtol=0, atol=0)
        self.assertFalse(torch.equal(self.augment(AugmentConfig()), self.augment(AugmentConfig(), seed=2)))

    def test_shift_moves_a_spot_by_at_most_the_configured_share(self):
        patches = torch.zeros(200, 72, 72, dtype=torch.uint8)
        patches[:, 34:38, 34:38] = 255
        torch.manual_seed(3)
        faces = sample_crops(patches, 48, AugmentConfig(shift=0.1, scale=0, rotation=0, stretch=0))
        weights = faces[:, 0] + 1
        centre = (weights.sum(1) * torch.arange(48)).sum(1) / weights.sum((1, 2))
        offset = (centre - 23.5).abs()
        self.assertLess(offset.max().item(), 0.1 * 48 + 0.2)
        self.assertGreater(offset.max().item(), 0.08 * 48)


if __name__ == "__main__":
    unittest.main()
