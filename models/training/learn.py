"""The training loop: AdamW on a one-cycle schedule, an average of the weights, a checkpoint after each epoch."""
import copy
import csv
import math
import os
import time
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F

from augment import AugmentConfig, augment


@dataclass(frozen=True)
class TrainingConfig:
    """What a configuration file says under `training`."""

    epochs: int = 45
    batch: int = 128
    learning_rate: float = 0.004    # greatest; rises over the first tenth, then falls as a cosine
    weight_decay: float = 0.02
    label_smoothing: float = 0.05
    average: float = 0.999          # decay of the moving average of the weights, which is what is kept
    seed: int = 1


def learning_rate(step, steps, greatest):
    """One cycle: linear to the greatest over the first tenth, cosine to zero after."""
    warm = max(1, steps // 10)
    if step < warm:
        return greatest * (step + 1) / warm
    return greatest * 0.5 * (1 + math.cos(math.pi * (step - warm) / max(1, steps - warm)))


def update_average(average, network, decay):
    """average = decay * average + (1 - decay) * network, for weights and batch-norm statistics."""
    for kept, new in zip(average.state_dict().values(), network.state_dict().values()):
        if kept.is_floating_point():
            kept.lerp_(new, 1 - decay)
        else:
            kept.copy_(new)


def predict(network, faces, batch=512):
    """Logits [N, classes] of faces [N, 1, S, S]."""
    network.eval()
    with torch.no_grad():
        return torch.cat([network(part.contiguous(memory_format=torch.channels_last)) for part in faces.split(batch)])


def accuracy(logits, labels):
    return (logits.argmax(1) == labels).float().mean().item()


class Run:
    """One training run in a folder of its own: last.pt to go on from, best.pt to export, log.csv to plot."""

    def __init__(self, network, task, size, training, augmenting, folder):
        self.task, self.size, self.training, self.augmenting = task, size, training, augmenting
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.network = network.to(memory_format=torch.channels_last)
        self.average = copy.deepcopy(self.network)
        decayed = [p for p in self.network.parameters() if p.dim() > 1]
        plain = [p for p in self.network.parameters() if p.dim() <= 1]
        self.optimizer = torch.optim.AdamW(
            [{"params": decayed, "weight_decay": training.weight_decay}, {"params": plain, "weight_decay": 0.0}])
        self.steps_per_epoch = len(task.patches) // training.batch
        self.epoch, self.log = 0, []

    def resume(self):
        """Goes on after the last finished epoch, if there is one."""
        if not (self.folder / "last.pt").is_file():
            return
        state = torch.load(self.folder / "last.pt")
        self.network.load_state_dict(state["network"])
        self.average.load_state_dict(state["average"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.epoch, self.log = state["epoch"], state["log"]

    def train_epoch(self):
        """One pass. Its random numbers depend on seed and epoch only, so a resumed run is the same run."""
        training = self.training
        generator = torch.Generator().manual_seed(training.seed * 10_000 + self.epoch)
        torch.manual_seed(training.seed * 10_000 + self.epoch)   # dropout
        order = torch.randperm(len(self.task.patches), generator=generator)
        self.network.train()
        losses = 0.0
        for index in range(self.steps_per_epoch):
            step = self.epoch * self.steps_per_epoch + index
            rate = learning_rate(step, training.epochs * self.steps_per_epoch, training.learning_rate)
            for group in self.optimizer.param_groups:
                group["lr"] = rate
            chosen = order[index * training.batch:(index + 1) * training.batch]
            faces = augment(self.task.patches[chosen], self.size, self.augmenting, generator)
            logits = self.network(faces.contiguous(memory_format=torch.channels_last))
            loss = F.cross_entropy(logits, self.task.targets[chosen], label_smoothing=training.label_smoothing)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            update_average(self.average, self.network, min(training.average, (1 + step) / (10 + step)))
            losses += loss.item()
        return losses / self.steps_per_epoch

    def selection_scores(self):
        """Accuracy of the averaged network on each selection set."""
        return {name: accuracy(predict(self.average, faces), labels) for name, (faces, labels) in self.task.selection.items()}

    def run(self):
        """Trains to the end; best.pt is the averaged network of the epoch with the best mean selection accuracy."""
        self.resume()
        while self.epoch < self.training.epochs:
            start = time.monotonic()
            loss = self.train_epoch()
            self.epoch += 1
            scores = self.selection_scores()
            score = sum(scores.values()) / len(scores)
            best = max((row["score"] for row in self.log), default=0)
            self.log.append({"epoch": self.epoch, "loss": loss, **scores, "score": score,
                             "seconds": time.monotonic() - start})
            if score >= best:
                self.save("best.pt", {"network": self.average.state_dict(), "epoch": self.epoch, "score": score})
            self.save("last.pt", {"network": self.network.state_dict(), "average": self.average.state_dict(),
                                  "optimizer": self.optimizer.state_dict(), "epoch": self.epoch, "log": self.log})
            self.write_log()
            print(f"epoch {self.epoch}/{self.training.epochs}  loss {loss:.4f}  "
                  + "  ".join(f"{name} {value:.4f}" for name, value in scores.items())
                  + f"  {self.log[-1]['seconds']:.0f} s", flush=True)

    def save(self, name, state):
        """Writes whole or not at all, so that an interrupted run can go on."""
        partial = self.folder / (name + ".partial")
        torch.save(state, partial)
        os.replace(partial, self.folder / name)

    def write_log(self):
        with open(self.folder / "log.csv", "w", newline="") as file:
            writer = csv.DictWriter(file, self.log[0].keys())
            writer.writeheader()
            for row in self.log:
                writer.writerow({k: f"{v:.5f}" if isinstance(v, float) else v for k, v in row.items()})
