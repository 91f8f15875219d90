#!/usr/bin/env python3
"""Records what published implementations measure on sentences of our own, into metrics.json.

    python3 record_metrics.py COCO WORDNET

COCO is a folder with the packages bleu, cider and rouge of pycocoevalcap (github:salaniz/pycocoevalcap); WORDNET is WordNet's database
folder, such as /usr/share/wordnet of Debian's wordnet-base. NLTK is Debian's python3-nltk; it wants a list of WordNet's files that
Debian leaves out, which is made here.
"""
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

import nltk
from nltk.corpus.reader.wordnet import WordNetCorpusReader
from nltk.stem.porter import PorterStemmer
from nltk.translate.meteor_score import meteor_score, single_meteor_score

PICTURES = [
    ("a man is riding a bike on the street",
     ["a man rides a bicycle down a street", "someone is cycling on the road", "a man on a bike in the street"]),
    ("two dogs are playing in the snow",
     ["two dogs play in the snow", "two black dogs are running through snow", "dogs chasing each other in a snowy field"]),
    ("a little girl is jumping on a bed",
     ["a small girl jumps up and down on her bed", "the girl is leaping on a mattress", "a child jumping on a bed"]),
    ("a boy in a red shirt is climbing a rock",
     ["a young boy climbs up a large stone", "a boy wearing red climbs a rock wall", "the kid in the red shirt is climbing"]),
    ("a woman is standing in front of a building",
     ["a lady waits outside a shop", "a woman stands by an old building", "the woman in the coat is standing on the pavement"]),
    ("a man is lying on the floor",
     ["an elderly man lies on the ground", "a man has fallen down and is lying on the floor", "the man is lying on the floor of a room"]),
    ("the quickly running horses happily galloped", ["horses running", "the horse galloped quickly and happily", "a pony gallops"]),
    ("dog", ["dog", "the dog", "a dog runs"]),
    ("zebra", ["a man eats", "two people are talking", "nothing of that kind"]),
]

STEMS = ("caresses ponies ties cats feed agreed plastered motoring sing conflated troubled sized hopping tanned falling hissing fizzed "
         "failing filing happy sky skies relational conditional rational valency digitizer radically differently vilely analogously "
         "vietnamization predication operator feudalism decisiveness hopefulness callousness formality sensitivity sensibility "
         "triplicate formative formalize electricity electrical hopeful goodness revival allowance inference airliner gyroscopic "
         "adjustable defensible irritant replacement adjustment dependent adoption communism activate angularity homologous effective "
         "bowdlerize probate rate cease controlling rolling dying lying news innings proceed died spied cried flies enjoy by say "
         "geology playing played player players running runs ran skiing biking children snowy grassy wearing dressed").split()


def main(coco, folder):
    sys.path.insert(0, coco)
    from bleu.bleu_scorer import BleuScorer
    from cider.cider_scorer import CiderScorer
    from rouge.rouge import Rouge
    place = Path(tempfile.mkdtemp())
    for file in Path(folder).iterdir():
        if file.is_file():
            shutil.copy(file, place)
    (place / "lexnames").write_text("".join(f"{number:02}\tlex{number}\t{kind}\n" for number, kind in enumerate(
        [3, 3, 4] + 26 * [1] + 15 * [2] + [3])))
    wordnet = WordNetCorpusReader(nltk.data.FileSystemPathPointer(str(place)), None)
    bleu, cider, rouge = BleuScorer(n=4), CiderScorer(n=4, sigma=6.0), Rouge()
    for candidate, references in PICTURES:
        bleu += (candidate, references)
        cider += (candidate, references)
    scores = cider.compute_score()
    stemmer = PorterStemmer()
    split = [(candidate.split(), [reference.split() for reference in references]) for candidate, references in PICTURES]
    words = sorted({word for candidate, references in split for sentence in (candidate, *references) for word in sentence})
    recorded = {
        "versions": f"pycocoevalcap at ad63453; NLTK {nltk.__version__}; WordNet 3.0",
        "pictures": [{
            "candidate": candidate, "references": references,
            "cider_d": float(scores[1][number]), "rouge_l": float(rouge.calc_score([candidate], references)),
            "meteor": meteor_score(others, own, stemmer=stemmer, wordnet=wordnet),
            "meteors": [single_meteor_score(other, own, stemmer=stemmer, wordnet=wordnet) for other in others],
        } for number, ((candidate, references), (own, others)) in enumerate(zip(PICTURES, split))],
        "bleu": [float(value) for value in bleu.compute_score(option="closest")[0]],
        "cider_d": float(scores[0]),
        "stems": {word: stemmer.stem(word) for word in STEMS},
        "synonyms": {word: sorted({lemma for sense in wordnet.synsets(word) for lemma in sense.lemma_names() if "_" not in lemma} | {word})
                     for word in words},
    }
    (Path(__file__).parent / "metrics.json").write_text(json.dumps(recorded, indent=1) + "\n")
    shutil.rmtree(place)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(os.path.abspath(sys.argv[1]), sys.argv[2])
