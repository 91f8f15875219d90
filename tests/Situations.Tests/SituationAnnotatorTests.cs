using OpenCvSharp;
using Vision.Imaging;

namespace Situations.Tests;

[TestFixture]
public sealed class SituationAnnotatorTests
{
    [TestCase(1, 1)]
    [TestCase(20, 900)]
    [TestCase(640, 480)]
    public void The_sentence_stands_in_a_dark_band_at_the_lower_edge_of_a_picture_of_any_size(int width, int height)
    {
        using var describer = SituationDescriber.Load(SmallModel.Manifest);
        using var frame = SmallModel.Frame(new Scalar(200, 200, 200), width, height);
        describer.Describe(frame);
        using var drawn = new Mat();
        SituationAnnotator.Draw(frame, describer.Sentence, describer.Danger, drawn);
        Assert.That(drawn.Size(), Is.EqualTo(new Size(width, height)));
        if (height < 400)
            return;
        Assert.That(drawn.At<Vec3b>(0, 0).Item0, Is.EqualTo(200));
        Assert.That(drawn.At<Vec3b>(height - 1, width - 1).Item0, Is.EqualTo(60));
    }

    [Test]
    public void A_map_reddens_what_was_looked_at()
    {
        using var frame = SmallModel.Frame(new Scalar(100, 100, 100), 80, 80);
        using var drawn = new Mat();
        SituationAnnotator.DrawMap(frame, [0, 0, -1, 2], drawn);
        var (quiet, looked) = (drawn.At<Vec3b>(8, 8), drawn.At<Vec3b>(72, 72));
        Assert.That(quiet.Item2 - quiet.Item0, Is.LessThan(20));
        Assert.That(looked.Item2 - looked.Item0, Is.GreaterThan(100));
    }
}
