using FaceAttributes.Evaluation.Data;

namespace FaceAttributes.Evaluation.Tests.Data;

public class HashPartTests
{
    // Computed by hash_part of models/training/data.py
    [TestCase("FairFace train", 0, "train")]
    [TestCase("FairFace train", 3, "test")]
    [TestCase("FairFace train", 4, "val")]
    [TestCase("FairFace train", 39999, "train")]
    [TestCase("UTKFace", 7, "train")]
    [TestCase("UTKFace", 8, "val")]
    [TestCase("UTKFace", 11, "test")]
    [TestCase("UTKFace", 20104, "train")]
    public void A_row_is_in_the_part_that_training_puts_it_in(string name, int row, string part) =>
        Assert.That(HashPart.Of(name, row), Is.EqualTo(part));
}
