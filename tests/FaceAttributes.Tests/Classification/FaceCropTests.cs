using FaceAttributes.Classification;
using OpenCvSharp;
using Vision.Geometry;
using Vision.Imaging;
using Vision.Inference;

namespace FaceAttributes.Tests.Classification;

[TestFixture]
public sealed class FaceCropTests
{
    // x, y, width, height in a picture of 97 x 61
    private static readonly object[] Boxes =
    [
        new object[] { 20, 10, 40, 40 },     // inside
        new object[] { 21, 11, 33, 39 },     // odd and not square
        new object[] { 0, 0, 30, 30 },       // top left corner
        new object[] { 67, 31, 30, 30 },     // bottom right corner
        new object[] { -15, 20, 30, 30 },    // over the left edge
        new object[] { 85, 20, 30, 30 },     // over the right edge
        new object[] { 30, -20, 30, 30 },    // over the top
        new object[] { 30, 50, 30, 30 },     // over the bottom
        new object[] { 0, 0, 97, 61 },       // the whole picture
        new object[] { -50, -40, 300, 200 }, // larger than the picture
        new object[] { 200, 200, 20, 20 },   // beside the picture
        new object[] { 50, 30, 1, 1 },       // one pixel
        new object[] { 96, 60, 1, 1 },       // the last pixel
        new object[] { 50, 30, 0, 0 },       // nothing
        new object[] { 10, 5, 80, 3 },       // a stripe
        new object[] { 24, 6, 48, 48 },      // as large as the input
    ];

    [TestCaseSource(nameof(Boxes))]
    public void A_face_anywhere_is_cut_as_the_definition_says(int x, int y, int width, int height)
    {
        using var gray = TestPictures.GrayPattern(1, 97, 61);
        using var color = TestPictures.ColorPattern(2, 97, 61);
        var box = new Box(x, y, width, height);
        foreach (var margin in new[] { 0, 0.1f, 0.37f, -0.1f })
        {
            AssertLikePlain(gray, box, new ModelInput("face", 48, 48, ChannelOrder.Gray, -1, 1), margin);
            AssertLikePlain(color, box, new ModelInput("face", 32, 24, ChannelOrder.Rgb, 0, 1), margin);
            AssertLikePlain(color, box, new ModelInput("face", 7, 64, ChannelOrder.Bgr, -128, 127), margin);
        }
    }

    [TestCase(1, 1)]
    [TestCase(1, 50)]
    [TestCase(50, 1)]
    [TestCase(2, 3)]
    public void A_tiny_picture_is_cut_as_the_definition_says(int width, int height)
    {
        using var gray = TestPictures.GrayPattern(3, width, height);
        var input = new ModelInput("face", 48, 48, ChannelOrder.Gray, -1, 1);
        AssertLikePlain(gray, new Box(0, 0, width, height), input, 0.1f);
        AssertLikePlain(gray, new Box(-3, -2, 200, 100), input, 0.1f);
    }

    [Test]
    public void A_box_of_the_inputs_size_is_copied_exactly()
    {
        using var gray = TestPictures.GrayPattern(0, 60, 60);
        var crop = Crop(gray, new Box(7, 9, 48, 48), new ModelInput("face", 48, 48, ChannelOrder.Gray, 0, 255), 0);
        for (var y = 0; y < 48; y++)
        {
            for (var x = 0; x < 48; x++)
                Assert.That(crop[y * 48 + x], Is.EqualTo(TestPictures.Pattern(0, x + 7, y + 9, 0)).Within(1e-4));
        }
    }

    [Test]
    public void Shrinking_agrees_with_opencvs_area_interpolation()
    {
        using var gray = TestPictures.GrayPattern(4, 200, 160);
        var box = new Rect(30, 20, 107, 107);
        using var part = new Mat(gray, box);
        using var expected = new Mat();
        Cv2.Resize(part, expected, new Size(48, 48), 0, 0, InterpolationFlags.Area);
        var crop = Crop(gray, Box.From(box), new ModelInput("face", 48, 48, ChannelOrder.Gray, 0, 255), 0);
        AssertPixels(crop, expected, border: 0);
    }

    [Test]
    public void Enlarging_agrees_with_opencvs_linear_interpolation()
    {
        using var gray = TestPictures.GrayPattern(4, 200, 160);
        var box = new Rect(30, 20, 29, 29);
        using var part = new Mat(gray, box);
        using var expected = new Mat();
        Cv2.Resize(part, expected, new Size(48, 48), 0, 0, InterpolationFlags.Linear);
        var crop = Crop(gray, Box.From(box), new ModelInput("face", 48, 48, ChannelOrder.Gray, 0, 255), 0);

        // At its border OpenCV sees the part only; the crop sees the picture around it.
        AssertPixels(crop, expected, border: 1);
    }

    [Test]
    public void A_face_in_colour_is_the_same_whichever_channel_the_camera_has_first(
        [Values(ChannelOrder.Rgb, ChannelOrder.Bgr)] ChannelOrder channels)
    {
        using var bgr = TestPictures.ColorPattern(2, 97, 61);
        using var rgb = new Mat();
        Cv2.CvtColor(bgr, rgb, ColorConversionCodes.BGR2RGB);
        var (box, input) = (new Box(20, 5, 50, 50), new ModelInput("face", 32, 24, channels, -1, 1));
        using var frame = new ImageFrame();
        frame.Set(rgb.Data, (int)(rgb.Step() * rgb.Rows), rgb.Cols, rgb.Rows, rgb.Step(), "rgb8");
        var crop = new float[input.Length];
        new FaceCrop(input, 0.1f).Write(frame, box, crop);
        Assert.That(crop, Is.EqualTo(Crop(bgr, box, input, 0.1f)));
    }

    [Test]
    public void Outside_the_picture_its_edge_goes_on()
    {
        using var gray = new Mat(20, 20, MatType.CV_8UC1, Scalar.All(100));
        gray.Rectangle(new Rect(0, 0, 1, 20), Scalar.All(200), thickness: -1);
        var crop = Crop(gray, new Box(-40, 0, 20, 20), new ModelInput("face", 8, 8, ChannelOrder.Gray, 0, 255), 0);
        Assert.That(crop, Is.All.EqualTo(200).Within(1e-3));
    }

    [Test]
    public void The_square_lies_round_the_boxs_centre_with_the_margin_on_each_side()
    {
        var square = FaceCrop.Square(new Box(10, 20, 30, 40), 0.25);
        Assert.That(square, Is.EqualTo(new Rect2d(-5, 10, 60, 60)));
    }

    [Test]
    public void A_box_of_absurd_size_is_cut_without_absurd_memory()
    {
        using var gray = TestPictures.GrayPattern(1, 97, 61);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var crop = Crop(
            gray, new Box(-1_000_000_000, -1_000_000_000, 2_000_000_000, 2_000_000_000),
            new ModelInput("face", 48, 48, ChannelOrder.Gray, 0, 255), 2);
        Assert.That(crop[0], Is.EqualTo(TestPictures.Pattern(1, 0, 0, 0)).Within(1e-2));
        Assert.That(crop[^1], Is.EqualTo(TestPictures.Pattern(1, 96, 60, 0)).Within(1e-2));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(200_000));
    }

    private static float[] Crop(Mat picture, Box box, ModelInput input, float margin)
    {
        using var frame = new ImageFrame();
        frame.Set(picture);
        var crop = new float[input.Length];
        new FaceCrop(input, margin).Write(frame, box, crop);
        return crop;
    }

    private static void AssertLikePlain(Mat picture, Box box, ModelInput input, float margin)
    {
        // Single precision over 255 levels
        var tolerance = (input.High - input.Low) * 2e-6;
        Assert.That(
            Crop(picture, box, input, margin), Is.EqualTo(PlainCrop.Of(picture, box, input, margin)).Within(tolerance), $"{input}");
    }

    private static void AssertPixels(float[] crop, Mat expected, int border)
    {
        var worst = 0.0;
        var (width, height) = (expected.Width, expected.Height);
        for (var y = border; y < height - border; y++)
        {
            for (var x = border; x < width - border; x++)
                worst = Math.Max(worst, Math.Abs(crop[y * width + x] - expected.At<byte>(y, x)));
        }

        // OpenCV rounds to whole grey levels, and its linear weights to whole 2048ths.
        Assert.That(worst, Is.LessThan(1));
    }
}
