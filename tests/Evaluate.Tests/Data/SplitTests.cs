using FaceAttributes.Evaluation.Data;

namespace FaceAttributes.Evaluation.Tests.Data;

public class SplitTests
{
    // The split of the released models; they learned from what is in Train.
    [TestCase("FairFace train", 0, "Train")]
    [TestCase("FairFace train", 3, "Test")]
    [TestCase("FairFace train", 4, "Selection")]
    [TestCase("FairFace train", 39999, "Train")]
    [TestCase("UTKFace", 7, "Train")]
    [TestCase("UTKFace", 8, "Selection")]
    [TestCase("UTKFace", 11, "Test")]
    [TestCase("UTKFace", 20104, "Train")]
    public void A_row_is_in_the_split_that_it_was_in_for_the_released_models(string name, int row, string split) =>
        Assert.That(HashSplit.Of(name, row).ToString(), Is.EqualTo(split));
}
