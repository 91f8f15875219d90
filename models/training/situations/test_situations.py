"""Tests that need no data: python3 -m unittest discover -s models/training/situations"""
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import cv2
import numpy as np
import onnx
import torch

import augment
import ciderd
import danger
import data
import export
import learn_captions
import metrics
import more
import movenet
import resnet
import small
import words
from captioner import Captioner

CONFIG = {"length": 6, "learned_length": 5, "seed": 1, "network": {"embedding": 8, "hidden": 12, "heads": 2, "dropout": 0.0},
          "imitation": {"epochs": 60, "batch": 4, "sentences": 2, "rate": 0.02, "smoothing": 0.0, "sampled": 0.1},
          "reward": {"epochs": 1, "batch": 4, "sentences": 3, "rate": 0.001, "dropout": 0.0}}


def captions(seed=0):
    """Four pictures, each with grids of its own and two sentences."""
    random = np.random.default_rng(seed)
    sentences = [[["a", "dog", "runs"], ["the", "dog", "runs"]], [["a", "man", "sits"], ["the", "man", "sits"]]] * 2
    grids = np.stack([np.full((512, 7, 7), 3.0 * (i % 2)) + random.random((512, 7, 7)) for i in range(4)]).astype(np.float16)
    vocabulary = words.vocabulary([sentence for picture in sentences for sentence in picture], 1)
    return learn_captions.Captions(grids, sentences, vocabulary, CONFIG)


class WordsTest(unittest.TestCase):
    def test_punctuation_and_possessives_are_dropped(self):
        self.assertEqual(words.tokenize("A man 's T-shirt , and the dog's ball ."), ["a", "man", "t-shirt", "and", "the", "dog", "ball"])

    def test_a_sentence_that_is_cut_has_no_end(self):
        index = {"<end>": 0, "<unknown>": 1, "a": 2, "dog": 3}
        self.assertEqual(words.encode(["a", "dog"], index, 2), [2, 3, 0])
        self.assertEqual(words.encode(["a", "red", "dog"], index, 2), [2, 1])

    def test_the_sentences_of_ours_are_two_for_each_of_300_pictures_at_least(self):
        found = data.written(Path(__file__).parent / "sentences.csv")
        self.assertGreaterEqual(len(found), 300)
        self.assertEqual({len(sentences) for sentences in found.values()}, {2})


class CiderTest(unittest.TestCase):
    def test_the_reference_itself_scores_more_than_another_sentence(self):
        pictures = [[["a", "dog", "runs", "fast"]], [["a", "man", "sits", "down"]], [["two", "cats", "sleep"]]]
        cider = ciderd.CiderD(pictures)
        references = [cider.vector(sentence) for sentence in pictures[0]]
        self.assertAlmostEqual(cider.score(pictures[0][0], references), 10.0)
        self.assertLess(cider.score(["a", "dog", "sits"], references), 5.0)
        self.assertEqual(cider.score(["two", "cats"], references), 0.0)


def stopped(module, name, call):
    """Stands in for a function of a module; the so-manieth call ends the program."""
    function, calls = getattr(module, name), []

    def counted(*arguments):
        calls.append(arguments)
        if len(calls) == call:
            raise KeyboardInterrupt
        return function(*arguments)

    return mock.patch.object(module, name, counted)


class LearningTest(unittest.TestCase):
    def test_the_decoder_learns_its_sentences_and_goes_on_after_a_stop(self):
        with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as other:
            network = learn_captions.learn(Path(folder), captions(), captions(1), CONFIG)
            with stopped(learn_captions, "evaluate", 31), self.assertRaises(KeyboardInterrupt):
                learn_captions.learn(Path(other), captions(), captions(1), CONFIG)
            again = learn_captions.learn(Path(other), captions(), captions(1), CONFIG)
            for each in (folder, other):
                self.assertEqual(len((Path(each) / "log.csv").read_text().splitlines()), 61)
        for (name, value), other in zip(network.state_dict().items(), again.state_dict().values()):
            self.assertTrue(torch.equal(value, other), name)
        said = [words.decode(numbers, captions().vocabulary) for numbers in network.greedy(captions().grid([0, 1]), 7).tolist()]
        self.assertEqual([sentence[1:] for sentence in said], [["dog", "runs"], ["man", "sits"]])

    def test_the_token_of_unknown_words_is_never_said(self):
        torch.manual_seed(0)
        network = Captioner(5, embedding=4, hidden=6, heads=1).eval()
        with torch.no_grad():
            network.word.bias[words.UNKNOWN] = 50.0
            tokens, scores = network.sample(torch.rand(3, 512, 7, 7), 20, 6)
            greedy = network.greedy(torch.rand(3, 512, 7, 7), 6)
        self.assertFalse((tokens == words.UNKNOWN).any() or (greedy == words.UNKNOWN).any())
        self.assertGreater(scores.min().item(), -20, "The probability goes to the other words.")

    def test_a_source_with_four_times_the_pictures_counts_twice(self):
        pictures = [data.Picture("", "train", "a", 1, [])] * 4 + [data.Picture("", "train", "b", 1, [])]
        weights = danger.balanced(pictures)
        self.assertAlmostEqual(weights.mean(), 1.0)
        self.assertAlmostEqual(weights[:4].sum() / weights[4], 2.0)

    def test_a_classifier_learns_what_differs_and_goes_on_after_a_stop(self):
        torch.manual_seed(0)
        random = np.random.default_rng(0)
        top = torch.nn.Sequential(torch.nn.Conv2d(256, 512, 1), torch.nn.ReLU())
        grids = random.random((32, 256, 14, 14)).astype(np.float16)
        labels = np.arange(32) % 2
        grids[labels == 1, :16] += 1.0
        config = {"dropout": 0.0, "rate": 0.001, "answer_rate": 0.01, "decay": 0.0, "batch": 16, "mixup": 0.3, "smoothing": 0.0,
                  "average": 0.5, "epochs": 4}
        with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as other:
            def learned(where):
                return danger.learn(Path(where), top, [(danger.Examples([grids], labels, np.ones(32)), 1.0)], (grids, labels), config, 2, 1)

            network = learned(folder)
            with stopped(danger, "predict", 3), self.assertRaises(KeyboardInterrupt):
                learned(other)
            again = learned(other)
        for (name, value), found in zip(network.state_dict().items(), again.state_dict().values()):
            self.assertTrue(torch.equal(value, found), name)
        self.assertEqual(danger.predict(network, grids).argmax(1).tolist(), labels.tolist())
        mapped = network.maps(torch.from_numpy(grids[:2].astype(np.float32))).mean((2, 3)) + network.answer.bias
        torch.testing.assert_close(mapped, network(torch.from_numpy(grids[:2].astype(np.float32))), rtol=1e-4, atol=1e-4)


class FiguresTest(unittest.TestCase):
    def test_of_figures_counted_by_hand(self):
        found = metrics.danger([0.9, 0.6, 0.2, 0.7, 0.1], [True, True, True, False, False])
        self.assertAlmostEqual(found["auc"], 4 / 6)
        self.assertEqual((found["accuracy"], round(found["recall_at_5"], 3)), (0.6, 0.333))

    def test_certain_pictures_have_a_narrow_band_and_doubtful_ones_a_wide_one(self):
        labels = np.arange(200) % 2
        sure = np.stack([np.where(labels == 0, 4.0, -4.0), np.zeros(200)], 1)
        self.assertEqual({key: metrics.choose(sure, labels, 0.1)[key] for key in ("none_below", "danger_from")},
                         {"none_below": 0.5, "danger_from": 0.5})
        doubtful = metrics.choose(np.random.default_rng(0).normal(0, 1, (200, 2)), labels, 0.1)
        self.assertLess(doubtful["none_below"], 0.4)
        self.assertGreater(doubtful["danger_from"], 0.6)


class PictureTest(unittest.TestCase):
    def test_augmentation_is_repeatable_and_keeps_the_type(self):
        picture = np.random.default_rng(0).integers(0, 256, (40, 60, 3)).astype(np.uint8)
        first, second = (augment.augment(picture, np.random.default_rng([3, 7])) for _ in range(2))
        self.assertTrue(np.array_equal(first, second))
        self.assertEqual((first.dtype, first.ndim, first.shape[2]), (np.uint8, 3, 3))


class PeopleTest(unittest.TestCase):
    def test_it_has_the_packages_shape_and_its_maps_add_up(self):
        network = movenet.Encoder(made_up_weights()).eval()
        scene = resnet.ResNet18().eval()
        seen, people = danger.DangerNetwork(scene.top, 3).eval(), danger.DangerNetwork(network.top, 3, channels=1280).eval()
        encoder = export.Encoder(scene.trunk, scene.top, Captioner(9, 8, 12, 2), seen, network.trunk, people.scaled(0.5)).eval()
        picture = torch.rand(1, 3, 224, 224) * 255
        with torch.no_grad():
            grid = network.trunk(picture)
            *_, answer, maps = encoder(picture)
            wanted = seen(scene.trunk(picture)) + 0.5 * people(grid)
        self.assertEqual((grid.shape[1:], network.top(grid).shape, maps.shape), (network.trunk.GRID, (1, 1280, 7, 7), (1, 3, 7, 7)))
        torch.testing.assert_close(answer, wanted, rtol=1e-4, atol=1e-4)
        torch.testing.assert_close(maps.mean((2, 3)) + seen.answer.bias + 0.5 * people.answer.bias, answer, rtol=1e-4, atol=1e-4)

    def test_at_stride_2_the_end_of_an_even_side_is_padded(self):
        convolution = torch.nn.Conv2d(1, 1, 3, 2, bias=False)
        with torch.no_grad():
            convolution.weight.fill_(1.0)
            found = movenet.halved(convolution, torch.arange(16.0).view(1, 1, 4, 4))[0, 0]
        self.assertEqual(found.tolist(), [[45.0, 39.0], [66.0, 50.0]])  # TensorFlow's "SAME"

    def test_with_mixed_styles_a_picture_has_the_mean_of_others_but_its_own_shape(self):
        grids = torch.rand(8, 3, 4, 4) * torch.arange(1.0, 9).view(8, 1, 1, 1)
        mixed = danger.mix_style(grids, 1.0, np.random.default_rng(0))
        self.assertFalse(torch.allclose(mixed, grids))
        def shape(value):
            return (value - value.mean((2, 3), keepdim=True)) / value.std((2, 3), keepdim=True)
        torch.testing.assert_close(shape(mixed), shape(grids), rtol=1e-3, atol=1e-3)
        torch.testing.assert_close(danger.mix_style(grids, 0.0, np.random.default_rng(0)), grids, rtol=1e-4, atol=1e-4)


def made_up_weights():
    """As movenet.read finds them: {name: (TensorFlow's weight, bias)}."""
    random = np.random.default_rng(0)
    inside, found = 24, {"Conv1/Conv2D": (random.normal(0, 0.1, (3, 3, 3, 48)), np.zeros(48))}
    for number, outside in enumerate([24] + [40] * 2 + [48] * 3 + [96] * 4 + [144] * 3 + [240] * 3 + [480]):
        name, wide = (f"block_{number}", 6 * inside) if number else ("expanded_conv", 48)
        if number:
            found[f"{name}_expand/Conv2D"] = random.normal(0, 0.1, (1, 1, inside, wide)), np.zeros(wide)
        found[f"{name}_depthwise/depthwise"] = random.normal(0, 0.3, (3, 3, wide, 1)), np.zeros(wide)
        found[f"{name}_project/Conv2D"] = random.normal(0, 0.1, (1, 1, wide, outside)), np.zeros(outside)
        inside = outside
    found["Conv_1/Conv2D"] = random.normal(0, 0.1, (1, 1, inside, 1280)), np.zeros(1280)
    return {name: tuple(value.astype(np.float32) for value in pair) for name, pair in found.items()}


class ExportTest(unittest.TestCase):
    def test_a_word_further_is_what_the_decoder_says_in_training(self):
        torch.manual_seed(0)
        network = Captioner(9, embedding=8, hidden=12, heads=2).eval()
        keys, values, h, c = network.see(torch.rand(2, 512, 7, 7))
        token = torch.tensor([3, 5])
        logits, next_h, next_c, where = network.step(token[:, None], h[:, None], c[:, None], keys, values)
        found = export.Decoder(network)(token, h, c, keys, values)
        for own, other in zip(found, (torch.log_softmax(logits, 2)[:, 0], next_h[:, 0], next_c[:, 0], where[:, 0])):
            torch.testing.assert_close(own, other)

    def test_files_are_valid_and_small(self):
        network = Captioner(50, embedding=32, hidden=384, heads=2)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "decoder.onnx"
            sha256 = export.write_decoder(network, path)
            model = onnx.load(str(path))
            self.assertLess(path.stat().st_size, 2.3 * sum(tensor.numel() for tensor in network.parameters()))
        self.assertEqual(len(sha256), 64)
        self.assertTrue(torch.equal(network.word.weight, network.word.weight.half().float()), "as in the file")
        self.assertEqual([output.name for output in model.graph.output], list(export.Decoder.OUTPUTS))

    def test_eight_bits_lose_less_than_a_hundredth(self):
        weights = np.random.default_rng(0).normal(0, 1, (8, 16, 3, 3)).astype(np.float32)
        scale = export.quantization_scale(weights)
        rounded = np.clip(np.round(weights / scale), -127, 127) * scale
        self.assertLess(np.abs(rounded - weights).mean() / np.abs(weights).mean(), 0.02)


class SmallTest(unittest.TestCase):
    def test_whole_numbers_lose_little_and_are_what_the_file_holds(self):
        torch.manual_seed(0)
        network = resnet.ResNet18().eval()
        with torch.no_grad():
            for convolution in resnet.in_order(network):
                torch.nn.init.kaiming_normal_(convolution.weight)
        slim, pictures = small.SlimTop(network.top).eval(), torch.rand(2, 3, 224, 224) * 255
        ranges = small.measure(network.trunk, slim, [pictures])
        with torch.no_grad():
            exact = slim(network.trunk(pictures))
            ranges.rounds = True
            rounded = small.walk(ranges, network.trunk, slim, pictures)
        self.assertLess(((rounded - exact) ** 2).mean() / (exact ** 2).mean(), 0.05)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "small.onnx"
            export.write_small(network.trunk, slim, ranges, small.Heads(Captioner(9, 8, 12, 2), small.SmallDanger(3, 8)), path)
            model = onnx.load(str(path))
        self.assertEqual([output.name for output in model.graph.output], list(export.Encoder.OUTPUTS))
        held = {tensor.name: onnx.numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
        scale = small.weight_scale(network.trunk.stem.weight.detach().numpy())
        np.testing.assert_array_equal(held["stem.weight_8"], small.whole(network.trunk.stem.weight.detach().numpy(), scale))

    def test_the_lists_of_more_pictures_say_whence_each_is(self):
        learned, chosen_by = more.listed(), more.listed("choosing")
        for found in (learned, chosen_by):
            self.assertTrue(all(len(commit) == 40 and label in data.CATEGORY_OF for _, commit, label, _ in found))
            self.assertEqual(len({(source, path) for source, _, _, path in found}), len(found))
        self.assertFalse({source for source, *_ in learned} & {source for source, *_ in chosen_by})

    def test_a_frame_of_a_clip_is_found_by_its_number(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "clip.avi"
            clip = cv2.VideoWriter(str(path), cv2.VideoWriter_fourcc(*"MJPG"), 10, (64, 48))
            for grey in (0, 100, 200):
                clip.write(np.full((48, 64, 3), grey, np.uint8))
            clip.release()
            self.assertAlmostEqual(more.decoded(path.read_bytes(), 1).mean(), 100, delta=5)

    def test_a_picture_is_made_as_the_situations_are(self):
        self.assertEqual(more.prepare(np.zeros((448, 2000, 3), np.uint8)).shape, (224, 336, 3))
        self.assertEqual(more.prepare(np.zeros((90, 100, 3), np.uint8)).shape, (90, 100, 3))


class EncoderTest(unittest.TestCase):
    def test_it_has_the_packages_shape(self):
        network = resnet.ResNet18()
        self.assertEqual(len(resnet.in_order(network)), 22)
        with torch.no_grad():
            self.assertEqual(network(torch.zeros(1, 3, 224, 224)).shape, (1, 512, 7, 7))


if __name__ == "__main__":
    unittest.main()
