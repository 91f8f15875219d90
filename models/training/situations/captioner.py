"""The decoder: an LSTM that looks at another part of the picture for each word.

Attention with several heads (Vaswani et al. 2017, arXiv:1706.03762) between an LSTM's state and the encoder's grid, in the manner of
Show, Attend and Tell (Xu et al. 2015, arXiv:1502.03044).
"""
import math

import torch
from torch import nn
from torch.nn import functional

from words import END, UNKNOWN


class Captioner(nn.Module):
    """Grids [N, 512, 7, 7] to the probabilities of words."""

    def __init__(self, vocabulary, embedding=256, hidden=384, heads=6, dropout=0.3):
        super().__init__()
        self.vocabulary, self.hidden, self.heads = vocabulary, hidden, heads
        self.embed = nn.Embedding(vocabulary, embedding)
        self.project = nn.Linear(512, hidden)
        self.keys = nn.Linear(hidden, hidden)
        self.values = nn.Linear(hidden, hidden)
        self.start = nn.Linear(512, 2 * hidden)
        self.query = nn.Linear(hidden, hidden)
        self.cell = nn.LSTMCell(embedding + hidden, hidden)
        self.combine = nn.Linear(2 * hidden, hidden)
        self.word = nn.Linear(hidden, vocabulary)
        self.dropout = nn.Dropout(dropout)

    def see(self, grid):
        """What the decoder needs of a picture: keys [N, 49, hidden], values [N, 49, hidden], first states h and c [N, hidden]."""
        cells = grid.flatten(2).transpose(1, 2)
        inner = self.dropout(torch.relu(self.project(cells)))
        h, c = torch.tanh(self.start(cells.mean(1))).chunk(2, 1)
        return self.keys(inner), self.values(inner), h, c

    def attend(self, state, keys, values):
        """state [N, K, hidden] for K sentences a picture: what is seen [N, K, hidden], and where [N, K, 49]."""
        n, count, hidden = state.shape
        split = hidden // self.heads
        query = self.query(state).view(n, count, self.heads, split).transpose(1, 2)
        key = keys.view(n, -1, self.heads, split).permute(0, 2, 3, 1)
        value = values.view(n, -1, self.heads, split).transpose(1, 2)
        weights = torch.softmax(query @ key * split ** -0.5, -1)
        return (weights @ value).transpose(1, 2).reshape(n, count, hidden), weights.mean(1)

    def step(self, tokens, h, c, keys, values):
        """tokens [N, K], h and c [N, K, hidden]: logits [N, K, vocabulary], h, c, where it looked [N, K, 49]."""
        n, count = tokens.shape
        seen, where = self.attend(h, keys, values)
        inputs = torch.cat([self.dropout(self.embed(tokens)), seen], 2).flatten(0, 1)
        h, c = self.cell(inputs, (h.flatten(0, 1), c.flatten(0, 1)))
        h, c = h.view(n, count, -1), c.view(n, count, -1)
        output = torch.tanh(self.combine(torch.cat([h, seen], 2)))
        return self.word(self.dropout(output)), h, c, where

    def forward(self, grid, tokens, sampled=0.0):
        """Logits of each word given those before it: tokens [N, K, L] to [N, K, L, vocabulary].

        sampled: the share of the words before that are the decoder's own (scheduled sampling, Bengio et al. 2015).
        """
        keys, values, h, c = self.see(grid)
        count, length = tokens.shape[1:]
        h, c = (state.unsqueeze(1).expand(-1, count, -1) for state in (h, c))
        before = torch.full_like(tokens[:, :, 0], END)
        logits = []
        for position in range(length):
            answer, h, c, _ = self.step(before, h, c, keys, values)
            logits.append(answer)
            before = tokens[:, :, position]
            if sampled > 0:
                own = torch.rand(before.shape) < sampled
                before = torch.where(own, answer.detach().float().argmax(2), before)
        return torch.stack(logits, 2)

    def sample(self, grid, count, length):
        """`count` sentences a picture, drawn by their probability: tokens and their log-probabilities, both [N, count, length]."""
        keys, values, h, c = self.see(grid)
        h, c = (state.unsqueeze(1).expand(-1, count, -1) for state in (h, c))
        before = torch.full((grid.shape[0], count), END)
        ended = torch.zeros_like(before, dtype=torch.bool)
        tokens, scores = [], []
        for _ in range(length):
            logits, h, c, _ = self.step(before, h, c, keys, values)
            scored = functional.log_softmax(sayable(logits), 2)
            with torch.no_grad():
                drawn = torch.multinomial(scored.detach().exp().flatten(0, 1), 1).view(before.shape)
                drawn = drawn.masked_fill(ended, END)
            tokens.append(drawn)
            scores.append(scored.gather(2, drawn.unsqueeze(2)).squeeze(2).masked_fill(ended, 0.0))
            ended = ended | (drawn == END)
            before = drawn
            if ended.all():
                break
        return torch.stack(tokens, 2), torch.stack(scores, 2)

    @torch.no_grad()
    def greedy(self, grid, length):
        """The most probable word each time: tokens [N, length]."""
        keys, values, h, c = self.see(grid)
        h, c = h.unsqueeze(1), c.unsqueeze(1)
        before = torch.full((grid.shape[0], 1), END)
        ended = torch.zeros_like(before, dtype=torch.bool)
        tokens = []
        for _ in range(length):
            logits, h, c, _ = self.step(before, h, c, keys, values)
            before = sayable(logits).argmax(2).masked_fill(ended, END)
            ended = ended | (before == END)
            tokens.append(before)
        return torch.cat(tokens, 1)


def sayable(logits):
    """Without the token of unknown words, which would earn a reward wherever people use a rare one."""
    unknown = torch.zeros(logits.shape[-1], dtype=torch.bool)
    unknown[UNKNOWN] = True
    return logits.float().masked_fill(unknown, -math.inf)
