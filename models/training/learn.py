"""The training loop: AdamW on a one-cycle schedule, an average of the weights, checkpoints."""
import copy
import csv
import math
import time
from dataclasses import dataclass
from pathlib import Path

import torch

import plots
import whole
from objectives import DistillationObjective, LabelObjective


@dataclass(frozen=True)
class Phase:
    """What a configuration file says under `training: phases`: epochs with settings of their own."""

    epochs: int
    learning_rate: float            # greatest; rises over the warm-up, then falls to zero as a cosine
    warm_up: float = 0.0            # share of the phase
    batch: int = 128
    augment: float = 1.0            # strength: all ranges and probabilities of `augment` times this
    votes: float = 0.0              # share of the label distribution estimated from votes in the targets, where the data has votes
    mixup: float = 0.0              # share of the faces that are mixed with another
    opinion: float = 0.0            # share of a teacher's prediction in the targets, where the configuration names one in `opinions`
    unknown: float = 0.0            # weight of a teacher's prediction for a face whose label isn't known
    labels: bool = False            # learns from the labels, though there is a transfer set
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
    blend: float = 0.0              # share of the network before the last phase in the weights that are kept after it
    share: float = 1.0              # of the training faces, chosen at random, in an epoch
    score_every: int = 1            # epochs between two looks at the selection split, each with a checkpoint
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


class Average:
    """A copy of a network whose weights and batch-norm statistics are moving averages of the network's."""

    def __init__(self, network, decay):
        self.network, self.decay = copy.deepcopy(network), decay
        pairs = zip(self.network.state_dict().values(), network.state_dict().values())
        self.kept, self.new = map(list, zip(*(pair for pair in pairs if pair[0].is_floating_point())))

    def update(self):
        """average = decay * average + (1 - decay) * network."""
        torch._foreach_mul_(self.kept, self.decay)
        torch._foreach_add_(self.kept, self.new, alpha=1 - self.decay)


def predict(network, faces, batch=512, bfloat16=False):
    """Logits [N, columns] of faces [N, C, S, S], on the CPU; bfloat16: convolutions in half precision, for predictions to learn from."""
    network.eval()
    device = next(network.parameters()).device
    with torch.no_grad(), torch.autocast(device.type, torch.bfloat16, enabled=bfloat16):
        return torch.cat([network(part.to(device).contiguous(memory_format=network.memory_format)).float().cpu()
                          for part in faces.split(batch)])


def score(head, logits, labels):
    """Share of right answers; of a numeric head, of means within a step of the label."""
    if not head.numeric:
        return (logits.argmax(1) == labels).float().mean().item()
    means = torch.softmax(logits, 1) @ torch.tensor(head.values)
    return ((means - labels).abs() <= head.values[1] - head.values[0]).float().mean().item()


class Recorded:
    """A step on a GPU as a graph that is recorded once: to launch its hundreds of kernels one by one takes longer than they run."""

    def __init__(self, step, batch):
        self.rows = torch.arange(batch, device="cuda")
        aside = torch.cuda.Stream()
        aside.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(aside):
            for _ in range(3):       # so that what is chosen and allocated at first isn't recorded
                step(self.rows)
        torch.cuda.current_stream().wait_stream(aside)
        self.graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(self.graph):
            self.loss = step(self.rows)

    def __call__(self, rows):
        self.rows.copy_(rows)
        self.graph.replay()
        return self.loss


class Run:
    """One training run in a folder of its own: last.pt to go on from, best.pt to export, log.csv and curves.png to look at."""

    def __init__(self, network, task, size, training, augmenting, folder, shares=None, transfer=None, device="cpu"):
        """shares: of each head's loss, by attribute; transfer: the transfer set to learn from, if not from the labels."""
        self.task, self.size, self.training, self.augmenting = task, size, training, augmenting
        self.shares, self.transfer, self.device = shares or {}, transfer, torch.device(device)
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        torch.backends.cudnn.benchmark = True
        self.network = network.to(self.device, memory_format=network.memory_format)
        self.average = Average(self.network, training.average)
        decayed = [p for p in self.network.parameters() if p.dim() > 1]
        plain = [p for p in self.network.parameters() if p.dim() <= 1]
        on_gpu = self.device.type == "cuda"
        self.optimizer = torch.optim.AdamW(
            [{"params": decayed, "weight_decay": training.weight_decay}, {"params": plain, "weight_decay": 0.0}],
            lr=torch.zeros((), device=self.device) if on_gpu else 0.0, capturable=on_gpu, foreach=True)
        self.epoch, self.log, self.prepared = 0, [], (None, None)

    def resume(self):
        """Goes on after the last checkpoint, if there is one."""
        if not (self.folder / "last.pt").is_file():
            return
        state = torch.load(self.folder / "last.pt", map_location=self.device)
        self.network.load_state_dict(state["network"])
        self.average.network.load_state_dict(state["average"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.epoch, self.log = state["epoch"], state["log"]

    def train_epoch(self):
        """One pass; returns the mean loss. Its random numbers depend on seed and epoch only, so a resumed run is the same run,
        on a GPU nearly: there recording a step changes the optimizer's state a little."""
        phase, done = self.training.phase_at(self.epoch)
        torch.manual_seed(self.training.seed * 10_000 + self.epoch)
        self.network.train()
        objective, step = self.objective_and_step(phase)
        objective.start(self.epoch)
        order = torch.randperm(len(self.task.patches), device=self.device)
        steps = int(len(order) * self.training.share) // phase.batch
        losses = torch.zeros((), device=self.device)
        for index in range(steps):
            self.set_rate(phase.rate((done + (index + 1) / steps) / phase.epochs))
            losses += step(order[index * phase.batch:(index + 1) * phase.batch])
        return losses.item() / steps

    def set_rate(self, rate):
        for group in self.optimizer.param_groups:
            if self.device.type == "cuda":
                group["lr"].fill_(rate)     # the recorded step reads this tensor
            else:
                group["lr"] = rate

    def objective_and_step(self, phase):
        """A phase's objective and a step on it, (rows) -> loss, made when it begins."""
        start = self.training.phase_start(self.epoch)
        if self.prepared[0] != start:
            objective = (DistillationObjective(self.transfer, self.task, phase, self.shares, self.device)
                      if self.transfer and not phase.labels else
                      LabelObjective(self.task, phase, self.training, self.augmenting, self.shares, self.size, self.device))
            objective.start(self.epoch)

            def step(rows):
                return self.step(objective, rows, phase.bfloat16)

            self.set_rate(0.0)     # what is recorded, is carried out too
            self.prepared = start, objective, Recorded(step, phase.batch) if self.device.type == "cuda" else step
        return self.prepared[1:]

    def step(self, objective, rows, bfloat16):
        """One step of the network and of its average; returns the loss."""
        faces, loss_of = objective.batch(rows)
        faces = faces.contiguous(memory_format=self.network.memory_format)
        with torch.autocast(self.device.type, torch.bfloat16, enabled=bfloat16, cache_enabled=False):
            logits = self.network(faces).float()
        loss = loss_of(logits)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        self.optimizer.step()
        self.average.update()
        return loss.detach()

    def selection_scores(self):
        """How well the averaged network does on each selection set, for each head that has labels there."""
        scores = {}
        for name, (faces, known) in self.task.selection.items():
            logits = predict(self.average.network, faces)
            for head, part in zip(self.task.heads, self.task.parts):
                if head.attribute in known:
                    scores[f"{name}: {head.attribute}"] = score(head, logits[:, part], known[head.attribute])
        return scores

    def run(self):
        """Trains to the end; best.pt is the averaged network of the epoch with the best mean selection accuracy."""
        self.resume()
        epochs = self.training.epochs
        start = time.monotonic()
        while self.epoch < epochs:
            if self.training.blend and self.epoch == self.training.phase_start(epochs - 1):
                self.save("before.pt", self.average.network.state_dict())
            loss = self.train_epoch()
            self.epoch += 1
            if self.epoch % self.training.score_every and self.epoch < epochs:
                continue
            scores = self.selection_scores()
            mean = sum(scores.values()) / len(scores)
            best = max((row["score"] for row in self.log), default=0)
            self.log.append({"epoch": self.epoch, "loss": loss, **scores, "score": mean,
                             "seconds": time.monotonic() - start})
            if mean >= best:
                self.save_best(mean)
            self.save("last.pt", {"network": self.network.state_dict(), "average": self.average.network.state_dict(),
                                  "optimizer": self.optimizer.state_dict(), "epoch": self.epoch, "log": self.log})
            self.write_log()
            plots.curves(self.log, self.folder / "curves.png")
            print(f"epoch {self.epoch}/{epochs}  loss {loss:.4f}  "
                  + "  ".join(f"{name} {value:.4f}" for name, value in scores.items())
                  + f"  {self.log[-1]['seconds']:.0f} s", flush=True)
            start = time.monotonic()
        if self.training.blend:
            self.blend()

    def blend(self):
        """Keeps a mean of the weights before and after the last phase, which has most of what is good about both
        (Wortsman et al. 2022, arXiv:2109.01903)."""
        before = torch.load(self.folder / "before.pt", map_location=self.device)
        for name, values in self.average.network.state_dict().items():
            if values.is_floating_point():
                values.lerp_(before[name], self.training.blend)
        scores = self.selection_scores()
        self.save_best(sum(scores.values()) / len(scores))

    def save_best(self, score):
        """Keeps the averaged network as the one to export."""
        self.save("best.pt", {"network": self.average.network.state_dict(), "epoch": self.epoch, "score": score, "faces": len(self.task.patches)})

    def save(self, name, state):
        """Writes whole or not at all, so that an interrupted run can go on."""
        whole.save(self.folder / name, state)

    def write_log(self):
        with open(self.folder / "log.csv", "w", newline="") as file:
            writer = csv.DictWriter(file, self.log[0].keys())
            writer.writeheader()
            for row in self.log:
                writer.writerow({k: f"{v:.5f}" if isinstance(v, float) else v for k, v in row.items()})
