using FaceAttributes.Detection.Onnx;
using OpenCvSharp;
using Vision.Imaging;
using Vision.Inference;

namespace FaceAttributes.Tests.Detection.Onnx;

[TestFixture]
public sealed class InputPictureTests
{
    [Test]
    public void It_resamples_as_opencv_does(
        [Values(ChannelOrder.Rgb, ChannelOrder.Bgr)] ChannelOrder order, [Values] TensorLayout layout, [Values] bool isRgb)
    {
        var random = new Random(1);
        Cv2.SetTheRNG(1);
        for (var i = 0; i < 100; i++)
        {
            using var picture = new Mat(random.Next(1, 120), random.Next(1, 120), MatType.CV_8UC3);
            Cv2.Randu(picture, Scalar.All(0), Scalar.All(256));
            var part = new Rect(random.Next(picture.Width), random.Next(picture.Height), 0, 0);
            part.Width = random.Next(1, picture.Width - part.X + 1);
            part.Height = random.Next(1, picture.Height - part.Y + 1);
            var input = new ModelInput("input", random.Next(1, 70), random.Next(1, 70), order, -1, 2, layout);

            // Both sides shrink or both grow: where one does the one and the other the other, OpenCV goes a third way.
            var factor = random.NextDouble() * 3;
            var size = new Size(
                Math.Clamp((int)(part.Width * factor), 1, input.Width), Math.Clamp((int)(part.Height * factor), 1, input.Height));
            if (size.Width < part.Width != size.Height < part.Height)
                continue;

            using var view = new Mat(picture, part);
            using var precise = new Mat();
            view.ConvertTo(precise, MatType.CV_32FC3);
            using var expected = precise.Resize(
                size, 0, 0, size.Width < part.Width ? InterpolationFlags.Area : InterpolationFlags.Linear);
            var floats = new float[input.Length];
            new InputPicture(input).Write(Pixels(picture, isRgb), part, size, floats);
            AssertLike(floats, expected, input, isRgb);
        }
    }

    [Test]
    public void What_the_picture_leaves_is_black_also_after_a_larger_one()
    {
        var input = new ModelInput("input", 32, 48, ChannelOrder.Rgb, -1, 1);
        using var white = new Mat(64, 96, MatType.CV_8UC3, Scalar.All(255));
        var floats = new float[input.Length];
        var picture = new InputPicture(input);
        picture.Write(Pixels(white, isRgb: false), new Rect(0, 0, 96, 64), new Size(48, 32), floats);
        Assert.That(floats, Is.All.EqualTo(1).Within(1e-5));
        picture.Write(Pixels(white, isRgb: false), new Rect(0, 0, 64, 64), new Size(32, 32), floats);
        Assert.That(floats.Select((value, i) => i % 48 < 32 ? value - 1 : value + 1), Is.All.EqualTo(0).Within(1e-5));
    }

    private static ColorPixels Pixels(Mat picture, bool isRgb) => new(picture.Data, (int)picture.Step(), isRgb);

    private static void AssertLike(float[] floats, Mat expected, ModelInput input, bool isRgb)
    {
        for (var y = 0; y < input.Height; y++)
        {
            for (var x = 0; x < input.Width; x++)
            {
                var isInside = x < expected.Width && y < expected.Height;
                var color = isInside ? expected.Get<Vec3f>(y, x) : default;
                for (var channel = 0; channel < 3; channel++)
                {
                    var value = color[input.Channels == ChannelOrder.Rgb != isRgb ? 2 - channel : channel];
                    var at = input.Layout == TensorLayout.Planes
                        ? (channel * input.Height + y) * input.Width + x
                        : (y * input.Width + x) * 3 + channel;
                    Assert.That(floats[at], Is.EqualTo(-1 + value * 3 / 255).Within(2e-3), $"{x} {y} {channel}");
                }
            }
        }
    }
}
