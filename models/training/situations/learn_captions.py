"""Training of the decoder: cross-entropy against people's sentences first, then CIDEr-D of its own ones.

The second part is self-critical training (Rennie et al. 2017, arXiv:1612.00563) whose baseline is the mean of the other sentences
drawn for the same picture (Luo 2020, arXiv:2003.09971).
"""
import csv
import math
import time

import numpy as np
import torch
from torch.nn import functional

import whole
import words
from captioner import Captioner
from ciderd import CiderD

IGNORED = -1


class Captions:
    """Pictures with their sentences as numbers: grids are float16 [N, 512, 7, 7]."""

    def __init__(self, grids, sentences, vocabulary, config):
        self.grids, self.sentences, self.vocabulary = grids, sentences, vocabulary
        index = {word: number for number, word in enumerate(vocabulary)}
        self.length, learned = config["length"], config["learned_length"]
        self.numbers = [[words.encode(sentence, index, learned) for sentence in picture] for picture in sentences]

    def batch(self, chosen, count, random):
        """Grids, and `count` sentences of each picture, padded with IGNORED: [N, count, length]."""
        tokens = np.full((len(chosen), count, max(len(s) for i in chosen for s in self.numbers[i])), IGNORED, np.int64)
        for row, picture in enumerate(chosen):
            own = self.numbers[picture]
            order = random.permutation(len(own))
            for column in range(count):
                sentence = own[order[column % len(own)]]
                tokens[row, column, :len(sentence)] = sentence
        return self.grid(chosen), torch.from_numpy(tokens)

    def grid(self, chosen):
        return torch.from_numpy(self.grids[chosen].astype(np.float32))


def learn(folder, training, selection, config):
    """Trains, or goes on after the last epoch; gives the best decoder by CIDEr-D on the selection pictures.

    training, selection: Captions.
    """
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(config["seed"])
    network = Captioner(len(training.vocabulary), **config["network"])
    phases = [(kind, epoch, config[kind]) for kind in ("imitation", "reward") for epoch in range(config[kind]["epochs"])]
    optimizer = torch.optim.Adam(network.parameters(), lr=config["imitation"]["rate"], betas=(0.9, 0.98))
    done, best = 0, {"imitation": (-1.0, None), "reward": (-1.0, None)}
    checkpoint = folder / "captioner.pt"
    if checkpoint.is_file():
        saved = torch.load(checkpoint)
        network.load_state_dict(saved["network"])
        optimizer.load_state_dict(saved["optimizer"])
        done, best = saved["done"], saved["best"]
    reward = references = None
    measure = CiderD(selection.sentences)
    measured = [[measure.vector(sentence) for sentence in picture] for picture in selection.sentences]
    for number, (kind, epoch, settings) in list(enumerate(phases))[done:]:
        if kind == "reward" and epoch == 0:
            network.load_state_dict(best["imitation"][1])
            optimizer = torch.optim.Adam(network.parameters(), lr=settings["rate"], betas=(0.9, 0.98))
        if kind == "reward" and reward is None:
            reward = CiderD([[sentence + ["<end>"] for sentence in picture] for picture in training.sentences])
            references = [[reward.vector(sentence + ["<end>"]) for sentence in picture] for picture in training.sentences]
        began = time.monotonic()
        random = np.random.default_rng([config["seed"], number])
        torch.manual_seed(config["seed"] * 1000 + number)
        step = imitate if kind == "imitation" else reinforce
        loss = step(network, optimizer, training, settings, epoch, random, reward, references)
        score = evaluate(network, selection, measure, measured)
        if score > best[kind][0]:
            best[kind] = (score, {name: value.clone() for name, value in network.state_dict().items()})
        whole.save(checkpoint, {"network": network.state_dict(), "optimizer": optimizer.state_dict(), "done": number + 1, "best": best})
        with open(folder / "log.csv", "a", newline="") as file:
            csv.writer(file).writerow([kind, epoch, round(loss, 4), round(100 * score, 2), round(time.monotonic() - began)])
        print(f"{kind} {epoch}: {loss:.4f}, CIDEr-D on selection pictures {100 * score:.2f}, {time.monotonic() - began:.0f} s", flush=True)
    network.load_state_dict(max(best.values(), key=lambda entry: entry[0])[1])
    return network.eval()


def imitate(network, optimizer, training, settings, epoch, random, *_):
    """An epoch of cross-entropy: mean loss."""
    network.train()
    order, size, total = random.permutation(len(training.sentences)), settings["batch"], 0.0
    steps = math.ceil(len(order) / size)
    for step in range(steps):
        progress = (epoch + step / steps) / settings["epochs"]
        set_rate(optimizer, settings["rate"] * min(1.0, 20 * progress + 0.05) * (0.05 + 0.95 * 0.5 * (1 + math.cos(math.pi * progress))))
        grid, tokens = training.batch(order[step * size:(step + 1) * size], settings["sentences"], random)
        with torch.autocast("cpu", torch.bfloat16):
            logits = network(grid, tokens.clamp(min=0), settings["sampled"] * progress)
        wanted = tokens.masked_fill(tokens == words.UNKNOWN, IGNORED)
        loss = functional.cross_entropy(logits.float().flatten(0, 2), wanted.flatten(), ignore_index=IGNORED,
                                        label_smoothing=settings["smoothing"])
        descend(network, optimizer, loss, 1.0)
        total += loss.item()
        if step % 20 == 0:
            print(f"  {step}/{steps} {total / (step + 1):.4f}", flush=True)
    return total / steps


def reinforce(network, optimizer, training, settings, epoch, random, reward, references):
    """An epoch of self-critical training: mean CIDEr-D of the drawn sentences."""
    network.train()
    for module in network.modules():
        if isinstance(module, torch.nn.Dropout):
            module.p = settings["dropout"]
    order, size, total = random.permutation(len(training.sentences)), settings["batch"], 0.0
    steps = math.ceil(len(order) / size)
    for step in range(steps):
        progress = (epoch + step / steps) / settings["epochs"]
        set_rate(optimizer, settings["rate"] * (1 - 0.9 * progress))
        chosen = order[step * size:(step + 1) * size]
        with torch.autocast("cpu", torch.bfloat16):
            tokens, scores = network.sample(training.grid(chosen), settings["sentences"], training.length + 1)
        rewards = torch.tensor([[reward.score(finished(sentence, training.vocabulary), references[picture]) for sentence in drawn]
                                for picture, drawn in zip(chosen, tokens.tolist())])
        baseline = (rewards.sum(1, keepdim=True) - rewards) / (rewards.shape[1] - 1)
        said = torch.cat([torch.ones_like(tokens[:, :, :1], dtype=torch.bool), (tokens == words.END).cumsum(2)[:, :, :-1] == 0], 2)
        loss = -((rewards - baseline).unsqueeze(2) * scores * said).sum() / said.sum()
        descend(network, optimizer, loss, 0.5)
        total += rewards.mean().item()
        if step % 20 == 0:
            print(f"  {step}/{steps} {total / (step + 1):.4f}", flush=True)
    return total / steps


def finished(numbers, vocabulary):
    """Words, and the end where it was said: a sentence that never ends shall not pay."""
    found = words.decode(numbers, vocabulary)
    return found + ["<end>"] if words.END in numbers else found


def evaluate(network, selection, measure, measured):
    """CIDEr-D of greedy sentences, from 0 to 10."""
    network.eval()
    total = 0.0
    for start in range(0, len(selection.sentences), 200):
        chosen = np.arange(start, min(start + 200, len(selection.sentences)))
        with torch.autocast("cpu", torch.bfloat16):
            tokens = network.greedy(selection.grid(chosen), selection.length + 1)
        for picture, numbers in zip(chosen, tokens.tolist()):
            total += measure.score(words.decode(numbers, selection.vocabulary), measured[picture])
    return total / len(selection.sentences)


def descend(network, optimizer, loss, most):
    optimizer.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(network.parameters(), most)
    optimizer.step()


def set_rate(optimizer, rate):
    for group in optimizer.param_groups:
        group["lr"] = rate
