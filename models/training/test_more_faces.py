"""A repository of made-up faces becomes faces to learn from: labelled, cropped, none twice, and targets of the heads that their labels are of."""
import contextlib
import io
import subprocess
import sys
import tempfile
import unittest
from functools import partial
from pathlib import Path
from unittest import mock

import cv2
import numpy as np

import more_faces
import tasks
from heads import HEADS


class MoreFacesTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def clone(self, files):
        """A clone of somebody/faces with these files; second: its commit."""
        place = self.folder / "clones" / "somebody+faces"
        for path, content in files.items():
            (place / path).parent.mkdir(parents=True, exist_ok=True)
            (place / path).write_bytes(content)
        git = partial(subprocess.run, cwd=place, check=True, capture_output=True, text=True)
        git(["git", "init", "-q"])
        git(["git", "add", "."])
        git(["git", "-c", "user.name=x", "-c", "user.email=x", "commit", "-qm", "faces"])
        return place, git(["git", "rev-parse", "HEAD"]).stdout.strip()

    def made(self, files, read, config, *attributes):
        """The task's part of what the script makes of a clone, for a network that wants these attributes."""
        _, commit = self.clone(files)
        source = more_faces.Source("somebody/faces", commit, read)
        arguments = ["more_faces.py", "--clones", str(self.folder / "clones"), "--data", "unused", "--out", str(self.folder / "more")]
        with mock.patch.object(more_faces, "SOURCES", (source,)), mock.patch.object(more_faces, "known_hashes", lambda _: []), \
                mock.patch.object(more_faces, "find", lambda _: (40, 40, 80, 80)), mock.patch.object(more_faces, "Pool", NoPool), \
                mock.patch.object(sys, "argv", arguments), contextlib.redirect_stdout(io.StringIO()):
            more_faces.main()
        return tasks.more({"size": 48, **config}, self.folder, attributes)

    def test_raf_db_is_read_by_its_names_and_what_is_nearly_the_same_is_left_out(self):
        files = {f"archive/RAF-DB/train/train_{i}_aligned_{name}.jpg": picture(i) for i, name in ((1, "anger"), (2, "happiness"), (3, "surprise"))}
        files["archive/RAF-DB/train/train_4_aligned_fear.jpg"] = picture(2, quality=70)
        files["archive/RAF-DB/test/test_1_aligned_fear.jpg"] = picture(5)
        part = self.made(files, more_faces.raf_db, {}, "emotion", "gender")
        self.assertEqual(part.patches.shape, (3, 72, 72))
        labels = [HEADS["emotion"].labels[i] for i in part.targets["emotion"].argmax(1)]
        self.assertEqual(labels, ["angry", "happy", "surprise"])
        self.assertEqual((part.targets["gender"].sum(), list(part.targets)), (0, ["emotion", "gender"]))

    def test_yolo_texts_lists_and_tables(self):
        clone, commit = self.clone({
            "dataset/YOLO_format/train/images/a.png": picture(1), "dataset/YOLO_format/train/labels/a.txt": b"5 0.5 0.5 1 1\n",
            "dataset/YOLO_format/test/images/b.png": picture(2), "dataset/YOLO_format/test/labels/b.txt": b"1 0.5 0.5 1 1\n",
            "All-Age-Faces Dataset/original images/00001A34.jpg": picture(3), "All-Age-Faces Dataset/key points/00001A34.txt": b"10 20\n30 40\n",
            "All-Age-Faces Dataset/original images/00010A70.jpg": picture(6), "All-Age-Faces Dataset/key points/00010A70.txt": b"10 20\n30 40\n",
            "All-Age-Faces Dataset/image sets/train.txt": b"00001A34.jpg 1\n", "All-Age-Faces Dataset/image sets/val.txt": b"00010A70.jpg 0\n",
            "train/c.jpg": picture(4), "train_labels.csv": b"c.jpg,71\n", "val_labels.csv": b"", "test_labels.csv": b"e.jpg,18\n",
            "CK+48/anger/S010_004_00000018.png": picture(7), "CK+48/anger/S010_004_00000019.png": picture(8), "CK+48/contempt/S011_001_00000003.png": picture(9),
            "Images/d.jpg": picture(5), "label.lst": b"d.jpg 0 10 20 120 130 60.0 4\nnot_here.jpg 0 1 2 3 4 5.0 0\n",
        })
        with more_faces.Clone(clone, commit) as files:
            self.assertEqual([(path[-5:], labels.emotion) for path, labels in more_faces.affectnet(files)], [("a.png", "neutral")])   # b is contempt
            (_, face), = more_faces.all_age_faces(files)
            self.assertEqual((face.gender, face.age, face.box), ("male", "34", (20 - 36, 30 - 36, 72, 72)))
            (_, face), = more_faces.all_age_faces(files, apart=True)
            self.assertEqual((face.gender, face.age), ("female", "70"))
            self.assertEqual([(path, labels.age) for path, labels in more_faces.appa_real(files)], [("train/c.jpg", "71")])
            self.assertEqual([path for path, _ in more_faces.appa_real(files, splits=("test",))], ["test/e.jpg"])
            self.assertEqual([(path, labels.emotion, labels.box) for path, labels in more_faces.expw(files)], [("Images/d.jpg", "sad", (20, 10, 100, 120))])
            self.assertEqual([(path[-6:], labels.emotion) for path, labels in more_faces.ck_plus(files)], [("19.png", "angry")])

    def test_ages_and_genders_become_targets(self):
        blue = cv2.imencode(".png", np.full((90, 90, 3), (200, 60, 20), np.uint8) + np.arange(90, dtype=np.uint8)[:, None] // 4)[1].tobytes()
        part = self.made({"one.png": blue, "two.png": picture(2), "three.png": picture(3)}, lambda _: [
            ("one.png", more_faces.Labels(gender="male", age="40")), ("two.png", more_faces.Labels(age="71")),
            ("three.png", more_faces.Labels(emotion="happy"))], {"size": 56, "channels": "bgr"}, "gender", "age")
        self.assertEqual(part.patches.shape, (2, 84, 84, 3))     # nobody asks for the emotion of the third
        np.testing.assert_allclose(part.patches[0, 42, 42], (211, 71, 31), atol=3)
        np.testing.assert_array_equal(part.targets["gender"], [[0, 1], [0, 0]])
        np.testing.assert_allclose(part.targets["age"] @ HEADS["age"].values, [40, 71], rtol=1e-5)


class NoPool:
    """Works here and now."""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return False

    @staticmethod
    def imap(function, items, _):
        return map(function, items)


def picture(number, quality=95):
    """A file of coarse noise, another for each number."""
    grey = cv2.resize(np.random.default_rng(number).integers(0, 256, (6, 6), np.uint8), (90, 90), interpolation=cv2.INTER_LINEAR)
    return cv2.imencode(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes()


if __name__ == "__main__":
    unittest.main()
