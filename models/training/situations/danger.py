"""The classifiers of danger: the last stage of a network that learned something else, fine-tuned, its mean over the picture, and one layer.

There are two, whose logits are added: one looks at scenes (the encoder's network, which learned ImageNet's classes), one at people (MoveNet's, which
learned limbs). Because the answer is linear in the mean of the grid, each cell's share of it (class activation mapping, Zhou et al. 2016) is what
Grad-CAM (Selvaraju et al. 2017) gives too.
"""
import copy
import csv
import math
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional

import metrics
import whole


class DangerNetwork(nn.Module):
    """Grids of a trunk [N, c, 14, 14] to logits of the categories [N, C]. top: its last stage, of so many channels."""

    def __init__(self, top, categories, dropout=0.3, channels=512):
        super().__init__()
        self.top = copy.deepcopy(top)
        self.dropout = nn.Dropout(dropout)
        self.answer = nn.Linear(channels, categories)

    def forward(self, grid):
        return self.answer(self.dropout(self.top(grid).float().mean((2, 3))))

    def maps(self, grid):
        """What each cell speaks for: [N, C, 7, 7], whose mean is the logit less its bias."""
        return functional.conv2d(self.top(grid), self.answer.weight[:, :, None, None])

    def scaled(self, share):
        """The same, whose logits are the share of its own."""
        result = copy.deepcopy(self).eval()
        with torch.no_grad():
            result.answer.weight *= share
            result.answer.bias *= share
        return result


class Examples:
    """Grids with their categories. views: arrays [N, c, 14, 14] of the same pictures, of which a random one is shown."""

    def __init__(self, views, labels, weights):
        self.views, self.labels, self.weights = views, np.asarray(labels), np.asarray(weights, np.float32)

    def grids(self, chosen, random):
        picked = random.integers(len(self.views), size=len(chosen))
        grids = np.stack([self.views[view][i] for view, i in zip(picked, chosen)]).astype(np.float32)
        return torch.from_numpy(grids)


def balanced(pictures):
    """A weight for each picture, 1 in the mean: one over the square root of how many its source has of its class, so that no source rules."""
    groups = [(picture.source, picture.category) for picture in pictures]
    weights = np.array([groups.count(group) ** -0.5 for group in groups])
    return weights / weights.mean()


def mix_style(grids, share, random):
    """A share of the pictures gets each channel's mean and deviation mixed with another's (MixStyle, Zhou et al. 2021, arXiv:2104.02008):
    what is left to learn from depends less on the camera."""
    mean, deviation = grids.mean((2, 3), keepdim=True), grids.std((2, 3), keepdim=True) + 1e-5
    own = torch.from_numpy(np.where(random.random(len(grids)) < share, random.beta(0.1, 0.1, len(grids)), 1).astype(np.float32))[:, None, None, None]
    other = torch.from_numpy(random.permutation(len(grids)))
    return (grids - mean) / deviation * (own * deviation + (1 - own) * deviation[other]) + own * mean + (1 - own) * mean[other]


def learn(folder, top, parts, selection, config, categories, seed, answer=None, channels=512):
    """Trains, or goes on after the last epoch; gives the moving average of the weights after the best epoch.

    parts: [(Examples, share of them that an epoch shows)]; selection: (grids as `top` takes them, labels); answer: the last layer to
    begin with, a new one by default.
    """
    folder.mkdir(parents=True, exist_ok=True)
    number = seed if isinstance(seed, int) else 101
    torch.manual_seed(number)
    network = DangerNetwork(top, categories, config["dropout"], channels).to(memory_format=torch.channels_last)
    if answer is not None:
        network.answer.load_state_dict(answer.state_dict())
    average = copy.deepcopy(network)
    optimizer = torch.optim.AdamW([{"params": network.top.parameters(), "rate": config["rate"]},
                                   {"params": network.answer.parameters(), "rate": config["answer_rate"]}],
                                  lr=config["rate"], weight_decay=config["decay"])
    done, best = 0, (-1.0, None)
    checkpoint = folder / f"danger_{seed}.pt"
    if checkpoint.is_file():
        saved = torch.load(checkpoint)
        network.load_state_dict(saved["network"])
        average.load_state_dict(saved["average"])
        optimizer.load_state_dict(saved["optimizer"])
        done, best = saved["done"], saved["best"]
    for epoch in range(done, config["epochs"]):
        began = time.monotonic()
        random = np.random.default_rng([number, epoch])
        torch.manual_seed(1000 * number + epoch)
        loss = run_epoch(network, average, optimizer, parts, config, epoch, random)
        scores = predict(average, selection[0])
        figures = metrics.danger(torch.softmax(scores, 1)[:, 1:].sum(1).numpy(), np.asarray(selection[1]) > 0)
        value = figures["auc"] - 0.1 * functional.cross_entropy(scores, torch.tensor(selection[1])).item()
        if value > best[0]:
            best = (value, {name: tensor.clone() for name, tensor in average.state_dict().items()})
        whole.save(checkpoint, {"network": network.state_dict(), "average": average.state_dict(), "optimizer": optimizer.state_dict(),
                                "done": epoch + 1, "best": best})
        with open(folder / f"danger_{seed}.csv", "a", newline="") as file:
            csv.writer(file).writerow([epoch, round(loss, 4), round(figures["auc"], 4), round(figures["accuracy"], 4)])
        print(f"danger {seed}, epoch {epoch}: {loss:.4f}; on selection pictures AUC {figures['auc']:.4f}, "
              f"accuracy {figures['accuracy']:.4f}, found at 5% {figures['recall_at_5']:.3f}, {time.monotonic() - began:.0f} s", flush=True)
    average.load_state_dict(best[1])
    return average.eval()


def run_epoch(network, average, optimizer, parts, config, epoch, random):
    """One epoch: mean loss."""
    network.train()
    items = [(part, i) for part, (examples, share) in enumerate(parts)
             for i in random.permutation(len(examples.labels))[:round(share * len(examples.labels))]]
    order, size, total = random.permutation(len(items)), config["batch"], 0.0
    steps = len(order) // size
    for step in range(steps):
        progress = (epoch + step / steps) / config["epochs"]
        for group in optimizer.param_groups:
            group["lr"] = group["rate"] * min(1.0, 10 * progress + 0.05) * 0.5 * (1 + math.cos(math.pi * progress))
        chosen = [items[i] for i in order[step * size:(step + 1) * size]]
        grids, labels, weights = together(chosen, parts, random)
        flipped = torch.from_numpy(random.random(len(grids)) < 0.5)
        grids = torch.where(flipped[:, None, None, None], grids.flip(3), grids)
        if "mixed_styles" in config:
            grids = mix_style(grids, config["mixed_styles"], random)
        mix = float(random.beta(config["mixup"], config["mixup"]))
        other = torch.from_numpy(random.permutation(len(grids)))
        with torch.autocast("cpu", torch.bfloat16):
            logits = network((mix * grids + (1 - mix) * grids[other]).contiguous(memory_format=torch.channels_last))
        losses = [functional.cross_entropy(logits.float(), wanted, reduction="none", label_smoothing=config["smoothing"]) * weight
                  for wanted, weight in ((labels, weights), (labels[other], weights[other]))]
        loss = (mix * losses[0] + (1 - mix) * losses[1]).sum() / weights.sum()
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 2.0)
        optimizer.step()
        keep = min(config["average"], (1 + epoch * steps + step) / (10 + epoch * steps + step))
        with torch.no_grad():
            for mean, value in zip(average.parameters(), network.parameters()):
                mean.lerp_(value, 1 - keep)
        total += loss.item()
    return total / steps


def together(chosen, parts, random):
    """A batch from several data sets: grids, labels, weights."""
    grids, labels, weights = [], [], []
    for part, (examples, _) in enumerate(parts):
        own = [i for of, i in chosen if of == part]
        if own:
            grids.append(examples.grids(own, random))
            labels.append(torch.from_numpy(examples.labels[own]))
            weights.append(torch.from_numpy(examples.weights[own]))
    return torch.cat(grids), torch.cat(labels), torch.cat(weights)


@torch.no_grad()
def predict(network, grids):
    """Logits [N, C] of grids, of float16 or float32."""
    network.eval()
    found = []
    for start in range(0, len(grids), 64):
        batch = torch.from_numpy(np.asarray(grids[start:start + 64], np.float32)).contiguous(memory_format=torch.channels_last)
        with torch.autocast("cpu", torch.bfloat16):
            found.append(network(batch).float())
    return torch.cat(found)


def soup(networks):
    """The mean of the weights of networks that began alike (model soups, Wortsman et al. 2022)."""
    result = copy.deepcopy(networks[0])
    with torch.no_grad():
        for name, value in result.state_dict().items():
            value.copy_(sum(network.state_dict()[name] for network in networks) / len(networks))
    return result.eval()
