"""A tiny network on made-up faces: it learns, goes on after an interruption, and is exported unchanged."""
import argparse
import json
import tempfile
import unittest
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

import numpy as np
import onnx
import torch
import torch.nn.functional as F

import compact
import data
import export
import learn
import mobilefacenet
import train
import transfer
from architectures import build
from augment import LUMA, AugmentConfig
from ensemble import Adapted, Ensemble, as_shape
from heads import HEADS, Head, bands, slices, years
from learn import Phase, Run, TrainingConfig, predict
from losses import head_losses
from mobilefacenet import MobileFaceNet
from network import FixedPReLU, MiniXception, NetworkConfig, multiply_adds, parameter_count
from restore import restore
from tasks import Part, Task, assemble, cropped, fer2013, group_weights, to_input, to_pictures
from train import members, model, read_config, start_from
from transfer import TransferSet
from votes import label_given_votes

SHAPE = (1, 48, 48)
SMALL = NetworkConfig(stem=((16, 2),), stages=((32, 2), (32, 1)), squeeze=4, dropout=0.0,
                      normalise=False)  # Which of two faces is brighter is what these tests learn.
LIGHT = Head("light", ("dark", "bright"))
HERE = Path(__file__).resolve().parent


def bright_or_dark(count=256):
    """Two classes that a few steps can tell apart."""
    generator = torch.Generator().manual_seed(0)
    labels = torch.arange(count) % 2
    patches = torch.randint(0, 60, (count, 72, 72), generator=generator) + 130 * labels.view(-1, 1, 1)
    patches = patches.to(torch.uint8)
    selection = {"held out": (to_input(patches[:64, 12:60, 12:60].numpy()), {"light": labels[:64]})}
    return Task([LIGHT], patches, torch.eye(2)[labels], selection)


class TrainingTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        torch.set_num_threads(1)

    def new_run(self, folder, epochs):
        torch.manual_seed(0)
        training = TrainingConfig(phases=(Phase(epochs, learning_rate=0.01, batch=32),), average=0.9)
        return Run(MiniXception(2, SMALL), bright_or_dark(), 48, training, AugmentConfig(), self.folder / folder)

    def test_learns_what_can_be_learned(self):
        run = self.new_run("learns", epochs=4)
        run.run()
        self.assertGreater(run.log[-1]["score"], 0.95)
        self.assertEqual(len((self.folder / "learns" / "log.csv").read_text().splitlines()), 5)

    def test_learning_rate_rises_and_falls_to_zero(self):
        phase = Phase(epochs=10, learning_rate=0.4, warm_up=0.1)
        rates = [phase.rate((step + 1) / 1000) for step in range(1000)]
        self.assertAlmostEqual(max(rates), 0.4)
        self.assertEqual(rates.index(max(rates)), 99)
        self.assertAlmostEqual(rates[0], 0.004)
        self.assertAlmostEqual(rates[-1], 0)

    def test_an_epoch_may_be_a_share_of_the_faces(self):
        run = self.new_run("share", epochs=1)
        run.training = replace(run.training, share=0.5)
        with mock.patch.object(run, "step", return_value=torch.zeros(())) as step:
            run.train_epoch()
        rows = torch.cat([call.args[1] for call in step.call_args_list])
        self.assertEqual((len(rows), len(rows.unique())), (128, 128))

    def test_each_epoch_belongs_to_its_phase(self):
        first, second = Phase(epochs=3, learning_rate=0.1), Phase(epochs=2, learning_rate=0.01)
        training = TrainingConfig(phases=(first, second))
        self.assertEqual([training.phase_at(epoch) for epoch in range(5)],
                         [(first, 0), (first, 1), (first, 2), (second, 0), (second, 1)])

    def test_votes_are_mixed_into_the_targets_by_their_share(self):
        task = Task([LIGHT], None, torch.tensor([[1.0, 0.0]]), {}, torch.tensor([[0.2, 0.8]]))
        torch.testing.assert_close(task.label_targets(0, votes=0.5), torch.tensor([[0.6, 0.4]]))
        torch.testing.assert_close(task.label_targets(0), torch.tensor([[1.0, 0.0]]))

    def test_without_votes_the_label_stands_alone(self):
        task = Task([LIGHT], None, torch.tensor([[1.0, 0.0]]), {}, torch.zeros(1, 2))
        torch.testing.assert_close(task.label_targets(0, votes=0.5), torch.tensor([[1.0, 0.0]]))

    def test_an_opinion_is_mixed_into_what_has_no_votes_and_stands_alone_where_nothing_is_known(self):
        task = Task([LIGHT], None, torch.tensor([[1.0, 0.0], [1.0, 0.0], [0.0, 0.0]]), {}, torch.tensor([[0.2, 0.8], [0.0, 0.0], [0.0, 0.0]]))
        task.opinions[:] = torch.tensor([0.6, 0.4])
        torch.testing.assert_close(task.label_targets(0, votes=0.5, opinion=0.5), torch.tensor([[0.6, 0.4], [0.8, 0.2], [0.6, 0.4]]))
        torch.testing.assert_close(task.teacher_weights(0, 0.0, unknown=0.2), torch.tensor([1.0, 1.0, 0.2]))

    def test_a_band_of_age_stays_a_band_whatever_the_teacher_says(self):
        task = Task([HEADS["age"]], None, torch.from_numpy(np.concatenate([bands(["20-29"]), years([31])])), {})
        band = task.label_targets(0)[0]
        task.opinions[:] = 1 / len(HEADS["age"])
        targets = task.label_targets(0, opinion=0.5)
        torch.testing.assert_close(targets[0], band)
        self.assertAlmostEqual(targets[1, 0].item(), 0.5 / len(HEADS["age"]))

    def test_of_faces_without_a_label_as_many_are_kept_of_each_that_the_teacher_sees(self):
        task = Task([LIGHT], torch.arange(6).view(6, 1, 1), torch.tensor([[1.0, 0.0]] + [[0.0, 0.0]] * 5), {})
        task.opinions[1:] = torch.tensor([[0.9, 0.1], [0.8, 0.2], [0.7, 0.3], [0.6, 0.4], [0.2, 0.8]])
        rows = train.chosen(task, 2)
        self.assertEqual((True, 2, True), (rows[0].item(), rows[1:5].sum().item(), rows[5].item()))
        kept = task.where(rows)
        self.assertEqual((4, [4], [0, 2]), (len(kept.patches), list(kept.opinions.shape[:1]), [kept.parts[0].start, kept.parts[0].stop]))

    def test_a_model_asks_its_teachers_about_the_training_faces(self):
        task = bright_or_dark(4)
        task.votes[1] = torch.tensor([0.5, 0.5])    # a crowd has said what it is: nobody is asked
        asked = []

        def said(name, options, pictures):
            asked.append((name, pictures.shape))
            return {"light": torch.tensor([[0.3, 0.7]]).expand(len(pictures), 2)}

        config = {"size": 48, "opinions": {"teacher": ["light"]}}
        with mock.patch.object(train, "opinions", said), mock.patch.object(train, "read_config", lambda _: {"size": 48}):
            train.ask(config, task, None, None)
        self.assertEqual(asked, [("teacher", (3, 48, 48))])
        torch.testing.assert_close(task.opinions[:2], torch.tensor([[0.3, 0.7], [0.0, 0.0]]))

        # One that sees colours gets the same faces in its own size.
        coloured = replace(task, patches=torch.zeros(4, 84, 84, 3, dtype=torch.uint8))
        with mock.patch.object(train, "opinions", said), mock.patch.object(train, "read_config", lambda _: {"size": 56, "channels": "bgr"}), \
                mock.patch.object(train, "build_task", return_value=coloured) as built:
            train.ask(config, task, ["light"], SimpleNamespace(data="data", cache="cache"))
        self.assertEqual(asked[1], ("teacher", (3, 56, 56, 3)))
        self.assertEqual(built.call_args.args, ({**config, "size": 56, "channels": "bgr"}, "data", "cache", ["light"]))

    def test_a_model_that_is_its_own_teacher_asks_the_released_one(self):
        asked, pictures, network = [], np.random.default_rng(1).integers(0, 256, (4, 48, 48), np.uint8), MiniXception(2, SMALL)

        def given(name, cache, _):
            asked.append((name, cache))
            return network, [LIGHT]

        faces = to_input(pictures)
        expected = torch.stack([torch.softmax(predict(network, seen, bfloat16=True), 1) for seen in (faces, faces.flip(3))]).mean(0)
        for name in ("own", "other"):
            with mock.patch.object(train, "model", given), mock.patch.object(train, "AT_ONCE", 3):
                said = train.opinions(name, argparse.Namespace(config={"name": "own"}, cache=self.folder, device="cpu"), pictures)["light"]
            torch.testing.assert_close(said, expected, rtol=0, atol=0.01)
        self.assertEqual(asked, [("own", None), ("other", self.folder)])

    def test_labels_that_are_not_known_are_not_smoothed_into_being(self):
        task = Task([LIGHT], None, torch.tensor([[1.0, 0.0], [0.0, 0.0]]), {})
        torch.testing.assert_close(task.label_targets(0, smoothing=0.1), torch.tensor([[0.95, 0.05], [0.0, 0.0]]))

    def test_weights_of_the_loss_are_1_in_the_mean(self):
        weights = torch.tensor([[1.0], [1.0], [1.0], [9.0]])
        task = Task([LIGHT], None, torch.eye(2)[[0, 1, 0, 1]], {}, weights=weights)
        torch.testing.assert_close(task.loss_weights(0, 0.5), torch.tensor([1.0, 1.0, 1.0, 3.0]) / 1.5)
        torch.testing.assert_close(task.loss_weights(0, 0.0), torch.ones(4))

    def test_sets_that_know_other_attributes_stand_side_by_side(self):
        heads = [HEADS["emotion"], HEADS["gender"]]
        pictures = np.zeros((2, 72, 72), np.uint8)
        task = assemble(heads, [Part("a", pictures, {"emotion": np.eye(7, dtype=np.float32)[:2]}),
                                Part("b", pictures, {"gender": np.eye(2, dtype=np.float32)}, weights={"gender": 2.0})])
        self.assertEqual([task.known(part).tolist() for part in task.parts], [[True, True, False, False], [False, False, True, True]])
        torch.testing.assert_close(task.weights[:, 1], torch.tensor([1.0, 1.0, 2.0, 2.0]))

    def test_each_group_has_its_weight(self):
        faces = data.Faces(np.zeros((3, 2, 2)), {"race": np.array(["Black", "White", "Black"]), "gender": np.array([0, 0, 1])})
        np.testing.assert_array_equal(group_weights(faces, {"Black, female": 1.5}), np.float32([1.5, 1, 1]))
        faces = data.Faces(np.zeros((2, 2, 2)), {"glasses": np.array([True, False]), "gender": np.array([0, 1])})
        np.testing.assert_array_equal(group_weights(faces, {"glasses": 2.0}), np.float32([2, 1]))

    def test_the_crowd_tells_the_label_as_well_as_it_can(self):
        generator = torch.Generator().manual_seed(0)
        labels = torch.randint(0, 3, (3000,), generator=generator)
        biased = torch.where(labels == 2, 1, labels)                          # the crowd says 1 for 2
        wrong = torch.rand(3000, generator=generator) < 0.3
        votes = F.one_hot(torch.where(wrong, torch.randint(0, 3, (3000,), generator=generator), biased), 3).float()
        votes[:1000] = 0             # nobody was asked
        answers = label_given_votes(votes, F.one_hot(labels, 3).float())
        torch.testing.assert_close(answers[:1000], torch.zeros(1000, 3))
        torch.testing.assert_close(answers[1000:].sum(1), torch.ones(2000))
        said_1 = answers[1000:][votes[1000:, 1] > 0]
        shares = F.one_hot(labels[1000:][votes[1000:, 1] > 0], 3).float().mean(0)
        torch.testing.assert_close(said_1.mean(0), shares, atol=0.01, rtol=0)

    def test_a_teacher_tells_apart_what_the_crowd_does_not(self):
        generator = torch.Generator().manual_seed(0)
        labels = torch.randint(0, 3, (3000,), generator=generator)
        votes = F.one_hot(torch.where(labels == 2, 1, labels), 3).float()     # the crowd says 1 for 2
        votes[:100] = 0
        right = torch.rand(3000, generator=generator) < 0.9
        predictions = 0.6 * F.one_hot(torch.where(right, labels, (labels + 1) % 3), 3) + 0.4 / 3
        alone, together = (label_given_votes(votes, F.one_hot(labels, 3).float(), teacher) for teacher in (None, predictions))
        torch.testing.assert_close(together[:100], torch.zeros(100, 3))      # a face nobody voted on keeps its label
        said_1 = votes[:, 1] > 0
        self.assertLess((alone.argmax(1) == labels)[said_1].float().mean(), 0.6)
        self.assertGreater((together.argmax(1) == labels)[said_1].float().mean(), 0.88)

    def test_learns_from_a_transfer_set_and_then_from_the_labels(self):
        task = bright_or_dark()
        faces = task.patches[:, 12:60, 12:60].numpy()
        swapped = task.targets.flip(1).numpy().astype(np.float16)             # the teacher predicts the opposite of the label
        transfer_set = TransferSet(np.stack([faces, faces]), np.stack([swapped, swapped]), [LIGHT])
        from_teacher, from_labels = Phase(2, 0.01, batch=32), Phase(8, 0.01, batch=32, labels=True, bfloat16=True)
        run = Run(MiniXception(2, SMALL), task, 48, TrainingConfig((from_teacher, from_labels), average=0.9), AugmentConfig(),
                  self.folder / "taught", transfer=transfer_set)
        run.run()
        self.assertLess(run.log[1]["score"], 0.05)
        self.assertGreater(run.log[-1]["score"], 0.95)

    def test_mixed_faces_are_learned_from_too(self):
        run = Run(MiniXception(2, SMALL), bright_or_dark(), 48,
                  TrainingConfig((Phase(6, 0.01, batch=32, mixup=0.5),), average=0.9, score_every=4), AugmentConfig(),
                  self.folder / "mixed")
        run.run()
        self.assertGreater(run.log[-1]["score"], 0.95)
        self.assertEqual([row["epoch"] for row in run.log], [4, 6])

    @unittest.skipUnless(torch.cuda.is_available(), "needs a GPU")
    def test_a_recorded_step_learns_as_one_that_is_not(self):
        training = TrainingConfig((Phase(6, 0.01, batch=32, mixup=0.2, bfloat16=True),), average=0.9)
        run = Run(MiniXception(2, SMALL), bright_or_dark(), 48, training, AugmentConfig(), self.folder / "gpu", device="cuda")
        run.run()
        self.assertGreater(run.log[-1]["score"], 0.95)
        self.assertGreater(len({round(row["loss"], 6) for row in run.log}), 3)

    def test_the_last_phase_is_blended_with_what_was_before_it(self):
        training = TrainingConfig((Phase(1, 0.01, batch=32), Phase(1, 0.01, batch=32)), average=0.9, blend=0.25)
        run = Run(MiniXception(2, SMALL), bright_or_dark(), 48, training, AugmentConfig(), self.folder / "blended")
        run.run()
        before = torch.load(self.folder / "blended" / "before.pt")["classifier.weight"]
        after = torch.load(self.folder / "blended" / "last.pt")["average"]["classifier.weight"]
        torch.testing.assert_close(torch.load(self.folder / "blended" / "best.pt")["network"]["classifier.weight"],
                                   0.25 * before + 0.75 * after)
        self.assertFalse(torch.equal(before, after))

    def test_weights_of_what_a_teacher_says(self):
        task = Task([LIGHT], None, torch.tensor([[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]]), {},
                    weights=torch.tensor([[1.0], [3.0], [1.0]]))
        torch.testing.assert_close(task.teacher_weights(0, 1.0, 0.25), torch.tensor([0.5, 1.5, 0.25]))

    def test_interrupted_run_ends_like_an_uninterrupted_one(self):
        whole = self.new_run("whole", epochs=2)
        whole.run()
        interrupted = self.new_run("parts", epochs=2)
        interrupted.train_epoch()
        interrupted.epoch = 1
        interrupted.save("last.pt", {"network": interrupted.network.state_dict(), "log": [], "epoch": 1,
                                     "average": interrupted.average.network.state_dict(),
                                     "optimizer": interrupted.optimizer.state_dict()})
        resumed = self.new_run("parts", epochs=2)
        resumed.run()
        for expected, got in zip(whole.average.network.state_dict().values(),
                                 resumed.average.network.state_dict().values()):
            torch.testing.assert_close(got, expected)

    def trained_on_noise(self, outputs=2, config=SMALL, seed=3):
        torch.manual_seed(seed)
        network = MiniXception(outputs, config)
        with torch.no_grad():     # batch-norm statistics that folding must not lose
            network.train()(torch.rand(64, 1, 48, 48) * 2 - 1)
        return network.eval()

    def test_exported_graph_answers_as_pytorch_and_the_record_tells_how(self):
        heads = [LIGHT, Head("size", ("small", "middle", "large"))]
        network = self.trained_on_noise(5)
        path = self.folder / "tiny.onnx"
        sha256 = export.export_onnx(network, heads, SHAPE, path)
        self.assertLess(export.difference_to_pytorch(network, heads, SHAPE, path), 1e-4)
        export.record(network, heads, SHAPE, "tiny", sha256, [2.0, 1.0], self.folder / "tiny.json")
        record = json.loads((self.folder / "tiny.json").read_text())
        logits = predict(network, torch.from_numpy(export.pattern_faces(4, SHAPE))).numpy()
        for head, part in zip(record["heads"], slices(heads)):
            np.testing.assert_allclose(np.sum(head["probabilities"], 1), 1, atol=1e-5)
            np.testing.assert_allclose(head["logits"], logits[:, part], atol=1e-4)
        self.assertEqual([len(record[key]) for key in ("gradient_faces", "target", "guided_gradient", "gradient")], [4] * 4)

    def test_a_face_at_a_kink_has_no_steady_gradient(self):
        class Kink(torch.nn.Module):
            def forward(self, face):
                return F.relu(face[:, :1, 0, 0] * 3 - 1)

        faces = torch.tensor([0.5, 1 / 3, -0.5])[:, None, None, None]     # a third is at the kink
        self.assertEqual([noise < 1e-5 for noise in export.gradient_noise(Kink(), faces, torch.zeros(3, dtype=torch.int64), False)[0]], [True, False, True])

    def test_an_ensemble_answers_with_the_mean_of_its_members(self):
        first, second = self.trained_on_noise(), self.trained_on_noise(seed=4)
        both = Ensemble([first, second]).eval()
        faces = torch.rand(3, 1, 48, 48) * 2 - 1
        torch.testing.assert_close(predict(both, faces), (predict(first, faces) + predict(second, faces)) / 2)
        export.export_onnx(both, [LIGHT], SHAPE, self.folder / "both.onnx")
        restored = restore(Ensemble([MiniXception(2, SMALL), MiniXception(2, SMALL)]), self.folder / "both.onnx", faces)
        torch.testing.assert_close(predict(restored, faces), predict(both, faces), atol=1e-4, rtol=1e-3)

    def test_a_released_file_becomes_a_network_again(self):
        for config in (SMALL, NetworkConfig(stem=((16, 2),), stages=((32, 2), (32, 1)), squeeze=4, dropout=0.0, plain=True)):
            network, path = self.trained_on_noise(config=config), self.folder / "released.onnx"
            export.export_onnx(network, [LIGHT], SHAPE, path)
            faces = torch.rand(256, 1, 48, 48, generator=torch.Generator().manual_seed(5)) * 2 - 1
            restored = restore(MiniXception(2, config), path, faces)
            expected = predict(network, faces)
            torch.testing.assert_close(predict(restored, faces), expected, atol=1e-4, rtol=1e-3)
            with torch.no_grad():  # In training, too: its batch norms know what they see.
                torch.testing.assert_close(restored.train()(faces), expected, atol=1e-2, rtol=1e-2)

    def test_weights_of_16_bits_are_half_the_file_and_answer_as_the_rounded_network(self):
        network = compact.rounded(self.trained_on_noise(config=replace(SMALL, plain=True)))
        whole, half = self.folder / "whole.onnx", self.folder / "half.onnx"
        export.export_onnx(network, [LIGHT], SHAPE, whole)
        export.export_onnx(network, [LIGHT], SHAPE, half, float16=True)
        self.assertLess(half.stat().st_size, 0.65 * whole.stat().st_size)
        faces = torch.rand(64, 1, 48, 48) * 2 - 1
        first, second = (restore(MiniXception(2, replace(SMALL, plain=True)), path, faces) for path in (whole, half))
        torch.testing.assert_close(predict(first, faces), predict(second, faces), atol=0, rtol=0)
        torch.testing.assert_close(predict(second, faces), predict(network, faces), atol=1e-4, rtol=1e-3)

    def test_weights_that_are_not_rounded_are_not_kept_as_16_bits(self):
        network, path = self.trained_on_noise(config=replace(SMALL, plain=True)), self.folder / "whole.onnx"
        with self.assertRaisesRegex(ValueError, "isn't rounded"):
            export.export_onnx(network, [LIGHT], SHAPE, path, float16=True)

    def test_multiply_adds_of_one_convolution_by_hand(self):
        network = MiniXception(2, NetworkConfig(stem=((4, 2),), stages=(), squeeze=0))
        self.assertEqual(multiply_adds(network, SHAPE), 24 * 24 * 4 * 9 + 4 * 2)

    def test_released_networks_stay_within_their_budgets(self):
        for name, most in (("emotion", 60_000), ("gender", 60_000), ("face", 100_000)):
            self.assertLessEqual(parameter_count(build(read_config(HERE / f"{name}.yaml"))), most, name)
        for name in ("emotion_accurate", "people_accurate"):
            networks = [build(config) for _, _, config in members(read_config(HERE / f"{name}.yaml"), Path())]
            self.assertLessEqual(sum(map(parameter_count, networks)), 2_000_000, name)

    def test_every_configuration_can_be_read(self):
        for path in sorted(HERE.glob("*.yaml")):
            with self.subTest(path.name):
                config = read_config(path)
                if "teachers" in config:
                    AugmentConfig(**config["augment"])
                    self.assertEqual(set(config["teachers"]), set(config["heads"]))
                else:
                    for _, _, own in members(config, Path()):
                        AugmentConfig(**own.get("augment", {}))
                        build(own)
                        self.assertGreater(TrainingConfig.from_dict(own["training"]).epochs, 0)
                self.assertTrue("transfer" not in config or (HERE / f"{config['transfer']}.yaml").is_file())

    def test_light_and_contrast_of_a_face_change_no_answer(self):
        network = MiniXception(3, replace(SMALL, normalise=True)).eval()
        face = torch.rand(2, 1, 48, 48) * 2 - 1
        torch.testing.assert_close(network(0.35 * (face + 1) - 1), network(face), atol=0.01, rtol=0.05)


class LossTest(unittest.TestCase):
    def setUp(self):
        self.logits = torch.tensor([[2.0, 0.0, 1.0], [0.0, 1.0, 0.0]])
        self.log = F.log_softmax(self.logits, 1)

    def test_faces_of_which_nothing_is_known_cost_nothing(self):
        targets = torch.tensor([[1.0, 0.0, 0.0], [0.0, 0.0, 0.0]])
        losses = head_losses(self.logits, targets, torch.ones(2))
        torch.testing.assert_close(losses, torch.stack([-self.log[0, 0], torch.tensor(0.0)]))

    def test_a_wide_class_costs_what_its_labels_together_cost(self):
        targets = torch.tensor([[1.0, 1.0, 0.5], [0.2, 0.8, 0.0]])
        p = self.log.exp()[0]
        torch.testing.assert_close(head_losses(self.logits, targets, torch.tensor([1.0, 3.0])), torch.stack(
            [-(p[0] + p[1] + p[2] / 2).log(), -3 * (0.2 * self.log[1, 0] + 0.8 * self.log[1, 1])]))

    def test_a_numeric_head_scores_means_within_a_step(self):
        age = HEADS["age"]
        logits = 20 * torch.from_numpy(years([30, 42, 90]))
        self.assertAlmostEqual(learn.score(age, logits, torch.tensor([30, 45, 60])), 2 / 3, places=6)


FACE = torch.rand(1, 1, 16, 16, generator=torch.Generator().manual_seed(0)) * 2 - 1


class StartTest(unittest.TestCase):
    def test_starts_from_the_features_of_another_model_with_a_classifier_of_its_own(self):
        other, network = MiniXception(7, SMALL), MiniXception(2, SMALL)
        fresh = network.classifier.weight.clone()
        start_from(network, other, FACE)
        for expected, got in zip(other.features.state_dict().values(), network.features.state_dict().values()):
            torch.testing.assert_close(got, expected)
        torch.testing.assert_close(network.classifier.weight, fresh)

    def test_each_network_starts_from_a_member_of_an_ensemble(self):
        members, network = [MiniXception(7, SMALL), MiniXception(7, SMALL)], MiniXception(2, SMALL)
        for number in range(3):
            start_from(network, Ensemble(members), FACE, number)
            torch.testing.assert_close(network.features[0].weight, members[number % 2].features[0].weight)

    def test_a_network_of_colours_starts_from_one_that_sees_their_luma(self):
        grey, network = (MiniXception(3, SMALL, channels).eval() for channels in (1, 3))
        start_from(network, grey, FACE)
        colours = torch.rand(2, 3, 16, 16) * 2 - 1
        with torch.no_grad():
            torch.testing.assert_close(network(colours), grey((colours * LUMA).sum(1, keepdim=True)))
            again = MiniXception(3, SMALL).eval()
            start_from(again, network, FACE)
            torch.testing.assert_close(again(FACE), network(FACE.expand(-1, 3, -1, -1)))

    def test_a_gate_that_the_network_lacks_is_its_mean(self):
        stages = ((32, 2), (32, 1))
        gated, network = (MiniXception(3, NetworkConfig(stem=((16, 2),), stages=stages, squeeze=squeeze)).eval() for squeeze in (8, [0, 8]))
        start_from(network, gated, FACE)
        with torch.no_grad():
            torch.testing.assert_close(network(FACE), gated(FACE))    # of one face the mean is its own
            self.assertFalse(torch.allclose(network(FACE.flip(3)), gated(FACE.flip(3))))

    def test_channels_that_nothing_reads_can_go(self):
        def built(width, **settings):
            return MiniXception(3, NetworkConfig(stem=((16, 2),), stages=((8, 2), (width, 1), (width, 1)), **settings)).eval()

        wide, network = built(24, squeeze=8), built(16, squeeze=[8, 8, 0])
        unread = [1, 2, 5, 9, 14, 17, 20, 23]
        with torch.no_grad():
            for stage in (wide.features[4], wide.features[5]):
                stage.second[1].weight[:, unread] = 0                  # within the stage
                stage.gate.down.weight[-1] = stage.gate.down.bias[-1] = 0   # 3 numbers in the gates, of which 2 stay
            wide.features[5].first[1].weight[:, unread] = 0            # between the stages
            wide.features[5].gate.down.weight[:, unread] = wide.features[4].gate.down.weight[:, unread] = 0
            wide.classifier.weight[:, unread] = 0
            start_from(network, wide, FACE)
            torch.testing.assert_close(network(FACE), wide(FACE))

    def test_says_which_model_to_train_first(self):
        with tempfile.TemporaryDirectory() as folder:
            with self.assertRaisesRegex(FileNotFoundError, "train 'nobody' first"), mock.patch("train.read_config", lambda _: {
                    "heads": {"gender": 1}, "network": {}}):
                model("nobody", Path(folder), None)

    def test_a_training_counts_when_it_has_ended(self):
        config = {"training": {"phases": [{"epochs": 3, "learning_rate": 0.1}]}}
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            self.assertFalse(train.is_trained(config, place))
            torch.save({}, place / "best.pt")
            for epoch, ended in ((2, False), (3, True)):
                torch.save({"epoch": epoch}, place / "last.pt")
                self.assertEqual(train.is_trained(config, place), ended)


class SettingsTest(unittest.TestCase):
    def test_a_setting_of_one_of_several_networks_is_named_with_its_number(self):
        path = HERE / "emotion_accurate.yaml"
        config = read_config(path, ["networks.1.training.seed=9", "networks.0.network.dropout=0.4", "heads.emotion=0.7"])
        self.assertEqual((config["networks"][1]["training"]["seed"], config["networks"][0]["network"]["dropout"], config["heads"]["emotion"]), (9, 0.4, 0.7))
        with self.assertRaisesRegex(ValueError, r"say networks\.K\.training\.seed=9"):
            read_config(path, ["training.seed=9"])


class MobileFaceNetTest(unittest.TestCase):
    """A made-up published network, as wide as the real one, which is fetched only for training."""

    WIDE = (128, 256, 512)

    def setUp(self):
        torch.manual_seed(0)
        self.faces = F.interpolate(torch.rand(8, 1, 8, 8) * 2 - 1, size=48, mode="bilinear", align_corners=False)
        self.source = self.layer(64, 3, 3, 33) + self.layer(64, 1, 3, 33)
        channels = 64
        for inside, outputs, _ in mobilefacenet.BLOCKS:
            wide = min(width for width in self.WIDE if width >= inside)
            weight, bias = self.layer(outputs, wide, 1, outputs)[0]
            self.source += self.layer(wide, channels, 1, inside) + self.layer(wide, 1, 3, inside) + [[weight, bias]]
            channels = outputs
        self.source += self.layer(512, channels, 1, 512)

    @staticmethod
    def layer(outputs, inputs, kernel, used):
        """A convolution of which only some outputs are used, the others denormal numbers, and the slopes after it."""
        weight = torch.randn(outputs, inputs, kernel, kernel) / (inputs * kernel * kernel) ** 0.5
        unused = torch.linspace(0, outputs - 1, outputs - used).long() if outputs > used else []
        weight[unused] = 1e-40
        bias = torch.randn(outputs) * 0.1
        bias[unused] = 0
        return [[weight, bias], [torch.rand(outputs, 1, 1) * 0.5]]

    def expected(self, colour):
        """What the published network's last features are for faces [N, 3, 96, 96]."""
        layers = iter(self.source)

        def convolve(x, stride=1, slopes=True):
            weight, bias = next(layers)
            y = F.conv2d(x, weight, bias, stride, weight.shape[-1] // 2, groups=1 if weight.shape[1] > 1 else x.shape[1])
            return F.prelu(y, next(layers)[0].flatten()) if slopes else y

        x = convolve(convolve(colour, 2))
        for _, _, stride in mobilefacenet.BLOCKS:
            y = convolve(convolve(convolve(x), stride), slopes=False)
            x = x + y if y.shape == x.shape else y
        return convolve(x)

    def test_features_are_the_published_ones_of_an_enlarged_face(self):
        self.compare(self.faces)

    def test_so_they_are_of_a_face_in_colour(self):
        self.compare(F.interpolate(torch.rand(8, 3, 8, 8) * 2 - 1, size=48, mode="bilinear", align_corners=False))

    def compare(self, faces):
        network = mobilefacenet.start_from_published(MobileFaceNet(2, channels=faces.shape[1]), faces, self.source)
        normalised = network.normalise(faces)
        self.assertAlmostEqual(normalised[0].std().item(), 1, places=1)
        enlarged = F.interpolate(normalised, scale_factor=2, mode="bilinear", align_corners=False) * mobilefacenet.DEVIATION
        with torch.no_grad():
            given, expected = network.features(normalised), self.expected(enlarged.expand(-1, 3, -1, -1))
        ratios = given.std((0, 2, 3)) / expected.std((0, 2, 3))     # each channel is scaled
        differences = (given - expected * ratios[:, None, None])[:, :, 2:-2, 2:-2]     # at the border an enlarged picture is padded otherwise
        self.assertLess(differences.std().item(), 0.02 * given.std().item())
        self.assertAlmostEqual(given.mean((2, 3)).std(0).median().item(), 1, places=3)

    def test_a_wider_network_is_refused(self):
        self.source[0] = self.layer(64, 3, 3, 64)[0]
        with self.assertRaisesRegex(ValueError, "more than 40 channels that are not zero"):
            mobilefacenet.start_from_published(MobileFaceNet(2), self.faces, self.source)

    def test_frozen_layers_stay_and_the_others_learn(self):
        network = MobileFaceNet(2, mobilefacenet.MobileFaceNetConfig(frozen=5)).train()
        network(self.faces).square().sum().backward()
        learns = [any(p.grad is not None for p in layer.parameters()) for layer in network.features if list(layer.parameters())]
        self.assertEqual([False, False, False], learns[:3])
        self.assertTrue(all(learns[3:]), learns)

    def test_slopes_are_pytorchs_prelu(self):
        layer = FixedPReLU(4).train()
        layer.slopes.copy_(torch.tensor([0.1, -0.3, 0.0, 1.0]))
        x = torch.randn(3, 4, 5, 5, requires_grad=True)
        upstream = torch.randn(3, 4, 5, 5)
        expected, = torch.autograd.grad((F.prelu(x, layer.slopes) * upstream).sum(), x)
        torch.testing.assert_close(layer(x), F.prelu(x, layer.slopes))
        torch.testing.assert_close(torch.autograd.grad((layer(x) * upstream).sum(), x)[0], expected)
        torch.testing.assert_close(layer.eval()(x), F.prelu(x, layer.slopes))

    def test_comes_back_from_its_file(self):
        for faces in (self.faces, F.interpolate(torch.rand(8, 3, 8, 8) * 2 - 1, size=48)):
            channels = faces.shape[1]
            network = mobilefacenet.start_from_published(MobileFaceNet(2, channels=channels), faces, self.source).eval()
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / "gender.onnx"
                export.export_onnx(network, [HEADS["gender"]], (channels, 48, 48), path)
                restored = restore(MobileFaceNet(2, channels=channels), path, faces).eval()
            with torch.no_grad():
                torch.testing.assert_close(restored(faces), network(faces))


class NormaliseTest(unittest.TestCase):
    def test_the_exported_graph_computes_no_shapes(self):
        network = MiniXception(2, replace(SMALL, normalise=True), channels=3).eval()
        for values in network.parameters():      # equal ones would be shared: findings/onnx_equal_constants.sh
            values.data += 0.1 * torch.randn_like(values)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "light.onnx"
            export.export_onnx(network, [LIGHT], (3, 48, 48), path)     # compares with PyTorch, too
            self.assertNotIn("Shape", [node.op_type for node in onnx.load(path).graph.node])


class ShapeTest(unittest.TestCase):
    def test_faces_become_those_that_another_network_sees(self):
        grey = torch.rand(2, 1, 48, 48)
        torch.testing.assert_close(as_shape(grey, (1, 48, 48)), grey)
        repeated = as_shape(grey, (3, 48, 48))
        torch.testing.assert_close(repeated, torch.cat([grey] * 3, 1))
        torch.testing.assert_close(as_shape(repeated, (1, 48, 48)), grey)
        self.assertEqual(as_shape(grey, (3, 56, 56)).shape, (2, 3, 56, 56))

    def test_a_teacher_of_other_faces_is_shown_what_it_sees(self):
        teacher = MobileFaceNet(2, channels=3).eval()
        with torch.no_grad():
            grey = torch.rand(2, 1, 48, 48)
            torch.testing.assert_close(Adapted(teacher, (3, 56, 56))(grey), teacher(as_shape(grey, (3, 56, 56))))

    def test_pictures_and_inputs_are_each_others_inverse(self):
        for shape in ((4, 8, 8), (4, 8, 8, 3)):
            pictures = np.random.default_rng(0).integers(0, 256, shape, np.uint8)
            np.testing.assert_array_equal(to_pictures(to_input(pictures)), pictures)

    def test_grey_data_sets_are_shown_in_every_channel_to_a_network_of_colours(self):
        pictures = np.random.default_rng(0).integers(0, 256, (8, 48, 48), np.uint8)
        faces = data.Faces(pictures, {"usage": np.array(["Training"] * 7 + ["PublicTest"]), "emotion": np.arange(8) % 7, "votes": np.zeros((8, 7), np.float32)})
        with mock.patch.object(data, "fer2013", lambda _: faces):
            part = fer2013({"size": 56, "channels": "bgr"}, None, None)
        self.assertEqual((part.patches.shape, part.chosen.shape), ((7, 84, 84, 3), (1, 56, 56, 3)))
        np.testing.assert_array_equal(part.patches[..., 0], part.patches[..., 2])


class TransferTest(unittest.TestCase):
    CONFIG = {"name": "taught", "teachers": {"light": ["one", "other"]}, "versions": 2, "size": 48, "mixup": 0.5,
              "augment": {"noise": 0.1}}

    def test_the_teachers_mean_answers_to_the_very_faces_that_are_kept(self):
        task = bright_or_dark(64)
        teachers = {}
        for name in ("one", "other"):
            torch.manual_seed(len(name))
            teachers[name] = MiniXception(2, SMALL).eval(), [LIGHT]
        with tempfile.TemporaryDirectory() as folder, mock.patch.dict(HEADS, {"light": LIGHT}):
            transfer.make(self.CONFIG, task, teachers.get, folder)
            made = transfer.load(folder, ["light"])
            self.assertEqual(made.faces.shape, (2, 64, 48, 48))
            self.assertFalse(np.array_equal(made.faces[0], made.faces[1]))
            expected = sum(torch.softmax(predict(network, to_input(made.faces[1].copy())), 1) for network, _ in teachers.values()) / 2
            torch.testing.assert_close(made.answers_of(1, "light"), expected, atol=2e-3, rtol=0)
            # Each face is mostly its own row's: the two kinds differ in brightness.
            brightness = torch.from_numpy(made.faces[0].mean((1, 2)))
            self.assertGreater(brightness[1::2].mean(), brightness[::2].mean() + 40)

            def nobody(name):
                raise AssertionError("what is there isn't made again")
            transfer.make(self.CONFIG, task, nobody, folder)


class BoxTableTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "boxes.csv"
        self.path.write_text("set,row,split,x,y,width,height,found\n" "UTKFace,8,selection,-1,2,30,30,0\n"
                             "MTFL,0,test,5,6,40,40,1\n" "UTKFace,0,train,3,4,50,50,1\n")

    def test_rows_are_found_by_their_number_in_their_set(self):
        given = data.BoxTable(self.path).of("UTKFace", np.array([0, 8]))
        np.testing.assert_array_equal(given.boxes, [[3, 4, 50, 50], [-1, 2, 30, 30]])
        self.assertEqual((given.found.tolist(), given.split.tolist()), ([True, False], ["train", "selection"]))

    def test_missing_rows_are_named(self):
        for name, rows in (("UTKFace", [0, 1]), ("UTKFace", [9]), ("FairFace val", [0])):
            with self.assertRaisesRegex(ValueError, f"boxes.csv has not all rows of {name}"):
                data.BoxTable(self.path).of(name, np.array(rows))

    def test_faces_learn_and_are_held_out_by_the_split_of_the_file(self):
        pictures = np.stack([np.full((64, 64), 10, np.uint8), np.full((64, 64), 20, np.uint8)])
        faces = data.Faces(pictures, {"row": np.array([0, 8]), "gender": np.array([0, 1])})
        part = cropped("UTKFace", faces, data.BoxTable(self.path), {"size": 48, "margin": 0.0},
                       lambda chosen: {"gender": np.eye(2, dtype=np.float32)[chosen["gender"]]},
                       lambda chosen: {"gender": chosen["gender"]})
        self.assertEqual((np.unique(part.patches).tolist(), np.unique(part.chosen).tolist()), ([10], [20]))
        self.assertEqual(part.labels["gender"].tolist(), [1])


if __name__ == "__main__":
    unittest.main()
