using FaceAttributes.Evaluation.Metrics;

namespace FaceAttributes.Evaluation.Tests.Metrics;

public class CalibrationTests
{
    [Test]
    public void The_error_is_the_distance_of_confidence_and_accuracy_in_each_bin()
    {
        // Two faces at 0.9 and 0.92 (bin 13), one right; one at 1 (the last bin, 14), right; one at 0.5 (bin 7), wrong.
        ClassificationResult[] faces =
            [Sample.Classified(0, 0, 0.9), Sample.Classified(0, 1, 0.92), Sample.Classified(0, 0, 1), Sample.Classified(0, 1, 0.5)];
        var bins = Calibration.Reliability(faces);

        Assert.That(bins.Select(bin => bin.N), Is.EqualTo([0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 2, 1]));
        Assert.That(bins[13].Confidence, Is.EqualTo(0.91).Within(1e-12));
        Assert.That(bins[13].Accuracy, Is.EqualTo(0.5));
        Assert.That(bins[0].Accuracy, Is.Null);
        Assert.That((bins[13].Low, bins[13].High), Is.EqualTo((13 / 15.0, 14 / 15.0)));
        Assert.That(Calibration.ExpectedError(bins), Is.EqualTo((2 * 0.41 + 0 + 0.5) / 4).Within(1e-12));
    }

    [Test]
    public void It_agrees_with_a_plain_reference()
    {
        var faces = Sample.Many(1000);

        Assert.That(Calibration.ExpectedError(Calibration.Reliability(faces)), Is.EqualTo(Reference(faces)).Within(1e-12));
    }

    // Guo et al. 2017, equation 3
    private static double Reference(ClassificationResult[] faces)
    {
        var error = 0.0;
        for (var bin = 0; bin < 15; bin++)
        {
            var (count, right, confidence) = (0, 0, 0.0);
            foreach (var face in faces)
            {
                if (face.Confidence * 15 < bin || face.Confidence * 15 >= bin + 1)
                    continue;
                count++;
                right += face.IsCorrect ? 1 : 0;
                confidence += face.Confidence;
            }

            if (count > 0)
                error += (double)count / faces.Length * Math.Abs((right - confidence) / count);
        }

        return error;
    }
}
