using FaceAttributes.Evaluation.Prediction;
using FaceAttributes.Evaluation.Data;
using OpenCvSharp;

namespace FaceAttributes.Evaluation.Tests.Prediction;

public class CorruptionTests
{
    private static readonly Rect Box = new(12, 10, 40, 40);

    private static IEnumerable<string> Names => Corruption.All.Select(corruption => corruption.Name);

    [TestCaseSource(nameof(Names))]
    public void A_face_is_made_worse_in_the_same_way_each_time(string name)
    {
        using var first = DataFolder.Face(64);
        using var second = DataFolder.Face(64);

        var box = Apply(Named(name), first, row: 7);
        Assert.That(Apply(Named(name), second, row: 7), Is.EqualTo(box));
        Assert.That(Cv2.Norm(first, second), Is.Zero);
        Assert.That((first.Width, first.Height, first.Channels()), Is.EqualTo((64, 64, 3)));
    }

    [TestCaseSource(nameof(Names))]
    public void Either_picture_or_box_change(string name)
    {
        using var picture = DataFolder.Face(64);
        using var original = picture.Clone();
        var corruption = Named(name);
        var box = Apply(corruption, picture, row: 7);

        Assert.That(Cv2.Norm(original, picture) > 0, Is.EqualTo(corruption.Distort is not null));
        Assert.That(box != Box, Is.EqualTo(corruption.Move is not null));
    }

    [Test]
    public void The_first_changes_nothing() =>
        Assert.That((Corruption.All[0].Distort, Corruption.All[0].Move), Is.EqualTo(((Action<Mat, Rect, Random>?)null, (Func<Rect, Random, Rect>?)null)));

    [Test]
    public void Dark_pictures_have_a_third_of_the_light_and_noise()
    {
        using var picture = new Mat(64, 64, MatType.CV_8UC1, Scalar.All(200));
        Apply(Named("dark"), picture, row: 1);

        Cv2.MeanStdDev(picture, out var mean, out var deviation);
        Assert.That(mean.Val0, Is.EqualTo(70).Within(0.5));
        Assert.That(deviation.Val0, Is.EqualTo(6).Within(0.3));
    }

    [Test]
    public void Faces_are_noisy_in_their_own_way()
    {
        using var first = DataFolder.Face(64);
        using var second = DataFolder.Face(64);
        Apply(Named("dark"), first, row: 1);
        Apply(Named("dark"), second, row: 2);

        Assert.That(Cv2.Norm(first, second), Is.GreaterThan(0));
    }

    [Test]
    public void Boxes_are_shifted_by_a_tenth_and_scaled()
    {
        using var picture = DataFolder.Face(64);
        for (var row = 0; row < 20; row++)
        {
            var box = Apply(Named("box shifted"), picture, row);
            Assert.That(Math.Sqrt(Math.Pow(box.X - Box.X, 2) + Math.Pow(box.Y - Box.Y, 2)), Is.EqualTo(4).Within(0.75));
            Assert.That(box.Width, Is.EqualTo(40));
        }

        Assert.That(Apply(Named("box 1.15 times smaller"), picture, row: 0).Width, Is.EqualTo(35));
        Assert.That(Apply(Named("box 1.15 times larger"), picture, row: 0).Width, Is.EqualTo(46));
        Assert.That(Apply(Named("box 1.25 times larger"), picture, row: 0).Width, Is.EqualTo(50));
    }

    [Test]
    public void A_face_of_20_pixels_has_lost_what_is_finer()
    {
        // A pixel of the small face has two of this one's columns.
        using var picture = Columns(x => x % 2 == 0);
        using var coarse = Columns(x => x < 32);
        Apply(Named("box of 20 pixels"), picture, row: 0);
        Apply(Named("box of 20 pixels"), coarse, row: 0);

        Cv2.MeanStdDev(picture, out _, out var fine);
        Cv2.MeanStdDev(coarse, out _, out var halves);
        Assert.That(fine.Val0, Is.LessThan(5));
        Assert.That(halves.Val0, Is.EqualTo(127.5).Within(5));
    }

    private static Mat Columns(Func<int, bool> areWhite) => Mat.FromPixelData(
        64, 64, MatType.CV_8UC1, Enumerable.Range(0, 64 * 64).Select(i => areWhite(i % 64) ? byte.MaxValue : (byte)0).ToArray());

    private static Corruption Named(string start) =>
        Corruption.All.Single(corruption => corruption.Name.StartsWith(start, StringComparison.Ordinal));

    private static Rect Apply(Corruption corruption, Mat picture, int row) =>
        corruption.Apply(new LabelledFace(row, new GrayPicture([0], 1)), picture, Box);
}
