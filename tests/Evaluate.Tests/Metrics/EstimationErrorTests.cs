using FaceAttributes.Evaluation.Metrics;

namespace FaceAttributes.Evaluation.Tests.Metrics;

public class EstimationErrorTests
{
    // Errors +4, -6, +10, 0; standard deviations 5, 5, 4, 1
    private static readonly RegressionResult[] Faces =
        [Sample.Estimated(20, 24), Sample.Estimated(40, 34), Sample.Estimated(60, 70, 4), Sample.Estimated(8, 8, 1)];

    [Test]
    public void The_mean_absolute_error_forgets_the_sign() => Assert.That(EstimationError.Mean(Faces), Is.EqualTo(5).Within(1e-12));

    [Test]
    public void The_bias_keeps_it() => Assert.That(EstimationError.Bias(Faces), Is.EqualTo(2).Within(1e-12));

    [TestCase(5, 0.5)]
    [TestCase(6, 0.75)]
    [TestCase(10, 1)]
    public void A_share_is_within_some_years(double years, double share) =>
        Assert.That(EstimationError.Within(Faces, years), Is.EqualTo(share));

    [Test]
    public void A_share_is_within_one_and_two_standard_deviations()
    {
        var deviation = EstimationError.Deviation(Faces);

        Assert.That((deviation.WithinOne, deviation.WithinTwo, deviation.Mean), Is.EqualTo((0.5, 0.75, 3.75)));
    }
}
