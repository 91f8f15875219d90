"""The written-out backward pass against PyTorch's autograd."""
import unittest

import torch
import torch.nn.functional as F

import explain
from ensemble import Ensemble
from explain import Explained, gradient_of
from mobilefacenet import MobileFaceNet
from network import MiniXception, NetworkConfig

SMALL = NetworkConfig(stem=((8, 1), (12, 2)), stages=((16, 2), (16, 1), (20, 2)), squeeze=4, dropout=0.2)
PARTS = [slice(0, 2), slice(2, 5)]
TOLERANCE = 1e-4


def explained(network, temperatures=(1.0, 1.0)):
    return Explained(network, PARTS, temperatures)


class ExplainTest(unittest.TestCase):
    def setUp(self):
        torch.manual_seed(0)
        torch.set_num_threads(1)
        self.network = MiniXception(5, SMALL)
        self.face = torch.rand(3, 1, 48, 48) * 2 - 1
        self.target = torch.tensor([0, 4, 2])
        with torch.no_grad():
            for _ in range(3):  # Batch norms that do something.
                self.network.train()(torch.rand(8, 1, 48, 48))
        self.network.eval()

    def compare(self, output, expected):
        scale = expected.abs().max()
        self.assertGreater(scale, 0)
        self.assertLess(((output - expected).abs().max() / scale).item(), TOLERANCE)

    def test_gradient_is_autograds(self):
        _, _, plain, _ = explained(self.network)(self.face, self.target)
        self.compare(plain, gradient_of(self.network, self.face, self.target, guided=False))

    def test_guided_gradient_is_autograds_with_guided_relus(self):
        _, guided, plain, _ = explained(self.network)(self.face, self.target)
        self.compare(guided, gradient_of(self.network, self.face, self.target, guided=True))
        self.assertGreater((guided - plain).abs().max().item(), 0)

    def test_probabilities_are_those_of_each_head(self):
        probabilities, _, _, _ = explained(self.network, (1.3, 0.7))(self.face, self.target)
        logits = self.network(self.face)
        torch.testing.assert_close(probabilities[:, :2], torch.softmax(logits[:, :2] / 1.3, 1))
        torch.testing.assert_close(probabilities[:, 2:], torch.softmax(logits[:, 2:] / 0.7, 1))

    def test_class_activation_is_grad_cam(self):
        _, _, _, activation = explained(self.network)(self.face, self.target)
        features = self.network.features(self.network.normalise(self.face))
        features.retain_grad()
        logits = self.network.classifier(features.mean((2, 3)))
        logits.gather(1, self.target[:, None]).sum().backward()
        weights = features.grad.mean((2, 3), keepdim=True)
        self.compare(activation, F.relu((weights * features).sum(1)))

    def test_a_mobilefacenet_is_explained_too(self):
        for channels in (1, 3):
            network, face = MobileFaceNet(5, channels=channels).eval(), torch.rand(3, channels, 48, 48) * 2 - 1
            _, guided, plain, _ = explained(network)(face, self.target)
            self.compare(plain, gradient_of(network, face, self.target, guided=False))
            self.compare(guided, gradient_of(network, face, self.target, guided=True))
            self.assertGreater((guided - plain).abs().max().item(), 0)

    def test_an_ensemble_is_explained_as_a_whole(self):
        other = MiniXception(self.network.classifier.out_features, SMALL)
        with torch.no_grad():
            other.train()(torch.rand(16, 1, 48, 48))
        both = Ensemble([self.network, other.eval()]).eval()
        probabilities, guided, plain, activation = explained(both)(self.face, self.target)
        torch.testing.assert_close(probabilities[:, 2:], torch.softmax(both(self.face)[:, 2:], 1))
        self.compare(plain, gradient_of(both, self.face, self.target, guided=False))
        self.compare(guided, gradient_of(both, self.face, self.target, guided=True))
        self.assertGreater(activation.max().item(), 0)

    def test_of_equal_pixels_the_first_is_the_greatest(self):
        x = torch.randint(0, 3, (2, 4, 9, 12)).float().requires_grad_()
        pool = torch.nn.MaxPool2d(3, 2, padding=1)
        y, backward = explain.forward(pool, x)
        upstream = torch.rand_like(y)
        self.compare(backward(upstream, guided=False), torch.autograd.grad((pool(x) * upstream).sum(), x)[0])

    def test_unknown_layers_are_named(self):
        self.network.features.append(torch.nn.Tanh())
        with self.assertRaisesRegex(TypeError, "Tanh"):
            explained(self.network)(self.face, self.target)


if __name__ == "__main__":
    unittest.main()
