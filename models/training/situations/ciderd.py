"""CIDEr-D (Vedantam et al. 2015, arXiv:1411.5726), as a reward: how alike a sentence is to people's, by rare words more than by common ones."""
import math
from collections import Counter

ORDERS = 4
SIGMA = 6.0


def counts(words):
    """How often each sequence of one to four words occurs: [Counter] by length."""
    return [Counter(tuple(words[i:i + n]) for i in range(len(words) - n + 1)) for n in range(1, ORDERS + 1)]


class CiderD:
    """Weights of word sequences from the captions of many pictures: captions is [[words]] of each picture."""

    def __init__(self, captions):
        self.frequency = Counter()
        for sentences in captions:
            self.frequency.update({sequence for words in sentences for order in counts(words) for sequence in order})
        self.pictures = math.log(len(captions))

    def vector(self, words):
        """A sentence as weights, their lengths, and the number of words."""
        weights = [{sequence: count * (self.pictures - math.log(max(1, self.frequency.get(sequence, 0))))
                    for sequence, count in order.items()} for order in counts(words)]
        return weights, [math.sqrt(sum(weight * weight for weight in order.values())) for order in weights], len(words)

    def score(self, candidate, references):
        """candidate: words; references: vectors of the picture's captions. From 0 to 10, often below 1."""
        weights, lengths, words = self.vector(candidate)
        total = 0.0
        for other, other_lengths, other_words in references:
            penalty = math.exp(-(words - other_words) ** 2 / (2 * SIGMA ** 2))
            for n in range(ORDERS):
                if lengths[n] and other_lengths[n]:
                    product = sum(min(weight, other[n][sequence]) * other[n][sequence]
                                  for sequence, weight in weights[n].items() if sequence in other[n])
                    total += penalty * product / (lengths[n] * other_lengths[n])
        return 10 * total / ORDERS / len(references)
