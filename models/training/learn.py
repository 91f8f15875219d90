"""The training loop: AdamW on a one-cycle schedule, an average of the weights, a checkpoint after each epoch."""
import copy
import csv
import math
import os
import time
from dataclasses import dataclass
from pathlib import Path

import torch

import plots
import teacher
from augment import augment
from heads import columns_of
from losses import head_loss


@dataclass(frozen=True)
class Phase:
    """What a configuration file says under `training: phases`: epochs with settings of their own."""

    epochs: int
    learning_rate: float            # greatest; rises over the warm-up, then falls to zero as a cosine
    warm_up: float = 0.0            # share of the phase
    batch: int = 128
    augment: float = 1.0            # strength: all ranges and probabilities of `augment` times this
    votes: float = 0.0              # share of the crowd's votes in the targets, where the data has votes
    teacher: float = 0.0            # share of the teachers' answers (teacher.py) where the label is known
    unknown: float = 0.0            # weight of the teachers' answers where it isn't
    teachers: dict = None           # attribute -> the models that teach it ("self": the network as it is then); default: self
    shares: dict = None             # attribute -> share of its loss, where it isn't that of the configuration's heads
    balance: float = 0.0            # the faces' weights (Task.weights) to this power weigh their losses
    bfloat16: bool = False          # convolutions in half precision: a quarter less time on processors that know it

    def rate(self, progress):
        """Learning rate at `progress`, 0 to 1 of the phase."""
        if progress < self.warm_up:
            return self.learning_rate * progress / self.warm_up
        return self.learning_rate * half_cosine((progress - self.warm_up) / (1 - self.warm_up))


@dataclass(frozen=True)
class TrainingConfig:
    """What a configuration file says under `training`."""

    phases: tuple
    weight_decay: float = 0.02
    label_smoothing: float = 0.05
    average: float = 0.999          # decay of the moving average of the weights, which is what is kept
    seed: int = 1

    @staticmethod
    def from_dict(values):
        return TrainingConfig(**{**values, "phases": tuple(Phase(**phase) for phase in values["phases"])})

    @property
    def epochs(self):
        return sum(phase.epochs for phase in self.phases)

    def phase_start(self, epoch):
        """The first epoch of an epoch's phase."""
        return epoch - self.phase_at(epoch)[1]

    def phase_at(self, epoch):
        """The phase of an epoch (from 0), and how many epochs of the phase came before it."""
        for phase in self.phases:
            if epoch < phase.epochs:
                return phase, epoch
            epoch -= phase.epochs
        raise ValueError(f"there are only {self.epochs} epochs")


def half_cosine(progress):
    """1 at 0, 0 at 1."""
    return 0.5 * (1 + math.cos(math.pi * progress))


def update_average(average, network, decay):
    """average = decay * average + (1 - decay) * network, for weights and batch-norm statistics."""
    for kept, new in zip(average.state_dict().values(), network.state_dict().values()):
        if kept.is_floating_point():
            kept.lerp_(new, 1 - decay)
        else:
            kept.copy_(new)


def predict(network, faces, batch=512):
    """Logits [N, columns] of faces [N, 1, S, S], on the CPU."""
    network.eval()
    device = next(network.parameters()).device
    with torch.no_grad():
        return torch.cat([network(part.to(device).contiguous(memory_format=network.memory_format)).cpu()
                          for part in faces.split(batch)])


def score(head, logits, labels):
    """Share of right answers; of a numeric head, of means within a step of the label."""
    if not head.numeric:
        return (logits.argmax(1) == labels).float().mean().item()
    means = torch.softmax(logits, 1) @ torch.tensor(head.values)
    return ((means - labels).abs() <= head.values[1] - head.values[0]).float().mean().item()


class Run:
    """One training run in a folder of its own: last.pt to go on from, best.pt to export, log.csv and curves.png to look at."""

    def __init__(self, network, task, size, training, augmenting, folder, shares=None, model=None, device="cpu"):
        """shares: of each head's loss, by attribute; model: gives a teacher by its name: (network, its heads)."""
        self.task, self.size, self.training, self.augmenting = task, size, training, augmenting
        self.shares, self.model, self.device = shares or {}, model, torch.device(device)
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.network = network.to(self.device, memory_format=network.memory_format)
        self.average = copy.deepcopy(self.network)
        decayed = [p for p in self.network.parameters() if p.dim() > 1]
        plain = [p for p in self.network.parameters() if p.dim() <= 1]
        self.optimizer = torch.optim.AdamW(
            [{"params": decayed, "weight_decay": training.weight_decay}, {"params": plain, "weight_decay": 0.0}])
        self.epoch, self.step, self.log = 0, 0, []

    def resume(self):
        """Goes on after the last finished epoch, if there is one."""
        if not (self.folder / "last.pt").is_file():
            return
        state = torch.load(self.folder / "last.pt", map_location=self.device)
        self.network.load_state_dict(state["network"])
        self.average.load_state_dict(state["average"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.epoch, self.step, self.log = state["epoch"], state["step"], state["log"]

    def train_epoch(self):
        """One pass. Its random numbers depend on seed and epoch only, so a resumed run is the same run."""
        training, (phase, done) = self.training, self.training.phase_at(self.epoch)
        generator = torch.Generator().manual_seed(training.seed * 10_000 + self.epoch)
        torch.manual_seed(training.seed * 10_000 + self.epoch)   # dropout
        augmenting = self.augmenting.scaled(phase.augment)
        losses_of = [self.losses_of(index, phase) for index in range(len(self.task.heads))]
        order = torch.randperm(len(self.task.patches), generator=generator)
        steps = len(order) // phase.batch
        self.network.train()
        losses = 0.0
        for index in range(steps):
            for group in self.optimizer.param_groups:
                group["lr"] = phase.rate((done + (index + 1) / steps) / phase.epochs)
            chosen = order[index * phase.batch:(index + 1) * phase.batch]
            faces = augment(self.task.patches[chosen], self.size, augmenting, generator)
            faces = faces.to(self.device).contiguous(memory_format=self.network.memory_format)
            with torch.autocast(self.device.type, torch.bfloat16, enabled=phase.bfloat16):
                logits = self.network(faces).float()
            loss = sum(loss_of(logits, chosen) for loss_of in losses_of)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            update_average(self.average, self.network, min(training.average, (1 + self.step) / (10 + self.step)))
            self.step += 1
            losses += loss.item()
        return losses / steps

    def losses_of(self, index, phase):
        """A head's loss for a phase: (logits of all heads, rows of the faces) -> number."""
        head, part = self.task.heads[index], self.task.parts[index]
        targets = self.task.label_targets(index, phase.votes, self.training.label_smoothing)
        weights = self.task.loss_weights(index, phase.balance)
        answers = None
        if phase.teacher or phase.unknown:
            answers = self.answers(index, (phase.teachers or {}).get(head.attribute, ["self"]))
        share = {**self.shares, **(phase.shares or {})}.get(head.attribute, 1.0)

        def loss_of(logits, rows):
            taught = None if answers is None else answers[rows].to(self.device)
            return share * head_loss(logits[:, part], targets[rows].to(self.device), weights[rows].to(self.device), taught,
                                     phase.teacher, phase.unknown)

        return loss_of

    def answers(self, index, teachers):
        """The mean of the teachers' answers to all training faces for a head, made when the phase begins and kept for a
        resumed run. A numeric head does not teach itself."""
        head, part = self.task.heads[index], self.task.parts[index]
        if teachers == ["self"] and head.numeric:
            return None
        path = self.folder / f"teacher-{head.attribute}-{self.training.phase_start(self.epoch)}.pt"
        if not path.is_file():
            answers = [self.answers_of(name, head, part) for name in teachers]
            self.save(path.name, sum(answers) / len(answers))
        return torch.load(path)

    def answers_of(self, name, head, part):
        """One teacher's answers [N, labels], to faces and their mirror pictures."""
        network, heads = (self.average, self.task.heads) if name == "self" else self.model(name)
        columns = columns_of(head.attribute, heads)
        faces = self.task.nominal_faces(self.size)
        logits = (predict(network, faces) + predict(network, faces.flip(3)))[:, columns] / 2
        if head.numeric:
            return torch.softmax(logits, 1)
        return teacher.fit(logits, self.task.votes[:, part], self.task.targets[:, part])

    def selection_scores(self):
        """How well the averaged network does on each selection set, for each head that has labels there."""
        scores = {}
        for name, (faces, known) in self.task.selection.items():
            logits = predict(self.average, faces)
            for head, part in zip(self.task.heads, self.task.parts):
                if head.attribute in known:
                    scores[f"{name}: {head.attribute}"] = score(head, logits[:, part], known[head.attribute])
        return scores

    def run(self):
        """Trains to the end; best.pt is the averaged network of the epoch with the best mean selection accuracy."""
        self.resume()
        epochs = self.training.epochs
        while self.epoch < epochs:
            start = time.monotonic()
            loss = self.train_epoch()
            self.epoch += 1
            scores = self.selection_scores()
            mean = sum(scores.values()) / len(scores)
            best = max((row["score"] for row in self.log), default=0)
            self.log.append({"epoch": self.epoch, "loss": loss, **scores, "score": mean,
                             "seconds": time.monotonic() - start})
            if mean >= best:
                self.save("best.pt", {"network": self.average.state_dict(), "epoch": self.epoch, "score": mean})
            self.save("last.pt", {"network": self.network.state_dict(), "average": self.average.state_dict(),
                                  "optimizer": self.optimizer.state_dict(), "epoch": self.epoch, "step": self.step,
                                  "log": self.log})
            self.write_log()
            plots.curves(self.log, self.folder / "curves.png")
            print(f"epoch {self.epoch}/{epochs}  loss {loss:.4f}  "
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
