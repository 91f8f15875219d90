"""Sentences as tokens, and tokens as numbers."""
import re
from collections import Counter

END, UNKNOWN = 0, 1  # The end of a sentence is also its start.
SPECIAL = ("<end>", "<unknown>")
WORD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def tokenize(sentence):
    """Words in lower case; punctuation and the 's of possessives are dropped: [word]."""
    return WORD.findall(sentence.lower().replace(" 's", "").replace("'s", "").replace("'", ""))


def vocabulary(sentences, least):
    """What occurs at least so often, the most frequent first, after the special tokens: [word]."""
    counts = Counter(word for sentence in sentences for word in sentence)
    return list(SPECIAL) + sorted((word for word, count in counts.items() if count >= least), key=lambda word: (-counts[word], word))


def encode(sentence, index, length):
    """Numbers of at most `length` words, with the end behind them where they are all: [int]."""
    numbers = [index.get(word, UNKNOWN) for word in sentence]
    return numbers[:length] if len(numbers) > length else numbers + [END]


def decode(numbers, vocabulary):
    """Words up to the end: [word]."""
    words = []
    for number in numbers:
        if number == END:
            break
        words.append(vocabulary[number])
    return words
