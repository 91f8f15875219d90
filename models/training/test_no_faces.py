import json
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import cv2
import numpy as np

import data
import no_faces
import tasks


class NoFacesTests(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def test_pictures_of_nobody_are_those_none_of_whose_captions_speaks_of_people(self):
        captions = {"a": ("A dog runs .", "Two dogs on a sandy beach"), "b": ("A dog runs", "A dog and its owner"), "c": ("Snowboarder in the air", "A jump"), "d": ("A car", "A car race")}
        (self.folder / "Flickr8k.token.txt").write_text("".join(f"{name}.jpg#{i}\t{said}\n" for name, both in captions.items() for i, said in enumerate(both)))
        for part, names in (("train", "ab"), ("dev", "c"), ("test", "d")):
            (self.folder / f"Flickr_8k.{part}Images.txt").write_text("".join(f"{name}.jpg\n" for name in names))
        for name in captions:
            (self.folder / f"{name}.jpg").write_bytes(name.encode())
        self.assertEqual([("train", "Flickr8k", b"a"), ("test", "Flickr8k", b"d")], list(no_faces.of_nobody(self.folder, self.folder)))

    def test_the_surest_boxes_of_each_detector_are_kept(self):
        faces = [{"detection_score": score / 100, "roi": {"x_offset": score, "y_offset": 1, "width": 2, "height": 3}} for score in range(10, 30)]
        line = json.dumps({"file": str(self.folder / "000000.jpg"), "faces": {"faces": faces}})
        with mock.patch("subprocess.run") as run:
            run.return_value.stdout = line + "\n"
            found = list(no_faces.found([b"jpeg"], self.folder))
        self.assertEqual(2 * no_faces.AT_MOST, len(found))
        self.assertEqual((0, "ultraface", 0.29, [29, 1, 2, 3]), found[0])

    def test_each_label_is_as_probable_as_the_others_and_no_teacher_is_asked(self):
        place = self.folder / "no_faces"
        place.mkdir()
        jpeg = cv2.imencode(".jpg", np.full((96, 96, 3), 90, np.uint8))[1].tobytes()
        (place / "faces.jpgs").write_bytes(2 * jpeg)
        (place / "index.csv").write_text("row,split,source,detector,score,jpeg_offset,jpeg_bytes\n"
                                         f"0,train,Flickr8k,haar,0.5,0,{len(jpeg)}\n1,test,Flickr8k,haar,0.5,{len(jpeg)},{len(jpeg)}\n")
        part = tasks.no_faces({"size": 48, "channels": "bgr", "no_faces": 0.5}, self.folder, {"emotion", "gender"})
        task = tasks.assemble([tasks.HEADS["emotion"], tasks.HEADS["gender"]], [part])
        self.assertEqual((1, 72, 72, 3), tuple(task.patches.shape))
        self.assertTrue(np.allclose([1 / 7] * 7 + [0.5] * 2, task.targets[0]))
        task.opinions[:] = 0.9
        self.assertTrue(np.allclose(task.targets[0, :7], task.label_targets(0, votes=0.5, smoothing=0.02, opinion=0.5)[0], atol=1e-6))
        self.assertEqual(1, len(data.no_faces(self.folder, "test")))


if __name__ == "__main__":
    unittest.main()
