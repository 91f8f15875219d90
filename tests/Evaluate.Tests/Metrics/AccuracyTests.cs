using FaceAttributes.Evaluation.Metrics;

namespace FaceAttributes.Evaluation.Tests.Metrics;

public class AccuracyTests
{
    // Class 0: three of four right; class 1: one of two; class 2 does not occur; class 3: none of one.
    private static readonly ClassificationResult[] Faces =
    [
        Sample.Classified(0, 0), Sample.Classified(0, 0), Sample.Classified(0, 0), Sample.Classified(0, 2),
        Sample.Classified(1, 1), Sample.Classified(1, 0), Sample.Classified(3, 0),
    ];

    [Test]
    public void Accuracy_is_the_share_of_right_answers() => Assert.That(Accuracy.Of(Faces), Is.EqualTo(4 / 7.0).Within(1e-12));

    [Test]
    public void Balanced_accuracy_is_the_mean_over_the_classes_that_occur() =>
        Assert.That(Accuracy.Balanced(Faces), Is.EqualTo((0.75 + 0.5 + 0) / 3).Within(1e-12));

    [Test]
    public void A_neighbour_may_count_as_right() =>
        Assert.That(Accuracy.WithNeighbours(Faces), Is.EqualTo(5 / 7.0).Within(1e-12));

    [Test]
    public void Confusions_are_counted_by_truth_and_answer() =>
        Assert.That(Accuracy.Confusion(Faces, 4), Is.EqualTo(new int[][] { [3, 0, 1, 0], [1, 1, 0, 0], [0, 0, 0, 0], [1, 0, 0, 0] }));

    [Test]
    public void The_answer_is_the_first_of_the_most_probable()
    {
        var result = ClassificationResult.Of(Sample.Face(), isFound: false, truth: 2, [0.2, 0.4, 0.4], isKnown: true);

        Assert.That((result.Predicted, result.Confidence, result.IsCorrect, result.IsFound), Is.EqualTo((1, 0.4, false, false)));
    }
}
