"""The rules on recorded messages, with the same results as those in C#."""

import csv
import itertools
import pathlib
from types import SimpleNamespace
import unittest

import rules

RECORDED = pathlib.Path(__file__).parent.parent / 'recorded'


def messages(name):
    """Read the messages of a recording: rows of stamp, id, emotion and tracked_seconds, without id where there is no face."""
    with open(RECORDED / f'{name}.csv', newline='') as file:
        for stamp, rows in itertools.groupby(csv.DictReader(file), key=lambda row: row['stamp']):
            faces = [
                SimpleNamespace(
                    id=row['id'], emotion=SimpleNamespace(label=row['emotion']), tracked_seconds=float(row['tracked_seconds']))
                for row in rows if row['id']]
            sec, nanosec = stamp.split('.')
            yield SimpleNamespace(
                header=SimpleNamespace(stamp=SimpleNamespace(sec=int(sec), nanosec=int(nanosec.ljust(9, '0')))), faces=faces)


def events():
    """Read what is expected: rows of recording, rule, stamp and id."""
    with open(RECORDED / 'events.csv', newline='') as file:
        return [tuple(row.values()) for row in csv.DictReader(file)]


class RulesTest(unittest.TestCase):
    """Each rule on each recording."""

    def test_rules_fire_when_they_should_and_never_else(self):
        """All that is expected happens, in order, and nothing else."""
        happened = []
        for name in sorted(path.stem for path in RECORDED.glob('*.csv') if path.stem != 'events'):
            happy, distress, new = rules.HappyGroup(), rules.Distress(), rules.Newcomers()
            for message in messages(name):
                stamp = f'{rules.seconds(message):.2f}'
                if happy.update(message):
                    happened.append((name, 'happy_group', stamp, ''))
                happened += [(name, 'distress', stamp, id) for id in distress.update(message)]
                happened += [(name, 'newcomer', stamp, id) for id in new.update(message)]
        self.assertEqual(happened, events())


if __name__ == '__main__':
    unittest.main()
