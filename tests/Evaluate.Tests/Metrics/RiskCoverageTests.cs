using FaceAttributes.Evaluation.Metrics;

namespace FaceAttributes.Evaluation.Tests.Metrics;

public class RiskCoverageTests
{
    [Test]
    public void Higher_thresholds_leave_fewer_faces()
    {
        ClassificationResult[] faces =
            [Sample.Classified(0, 1, 0.52), Sample.Classified(0, 0, 0.6), Sample.Classified(0, 1, 0.72), Sample.Classified(0, 0, 0.83)];
        var curve = RiskCoverage.Curve(faces);

        Assert.That(curve.Select(point => (point.Threshold, point.Coverage, Math.Round(point.Accuracy, 4))), Is.EqualTo(new[]
        {
            (0.0, 1.0, 0.5), (0.55, 0.75, 0.6667), (0.6, 0.75, 0.6667), (0.65, 0.5, 0.5), (0.7, 0.5, 0.5), (0.75, 0.25, 1.0),
            (0.8, 0.25, 1.0),
        }));
    }

    [Test]
    public void It_agrees_with_a_plain_reference()
    {
        var faces = Sample.Many(500);

        foreach (var point in RiskCoverage.Curve(faces))
        {
            var answered = 0;
            var right = 0;
            foreach (var face in faces)
            {
                answered += face.Confidence >= point.Threshold ? 1 : 0;
                right += face.Confidence >= point.Threshold && face.Truth == face.Predicted ? 1 : 0;
            }

            Assert.That(point.Coverage, Is.EqualTo(answered / 500.0).Within(1e-12));
            Assert.That(point.Accuracy, Is.EqualTo((double)right / answered).Within(1e-12));
        }
    }
}
