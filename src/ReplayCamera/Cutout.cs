using OpenCvSharp;

namespace ReplayCamera;

/// <summary>A person cut out of a photograph, drawn into a frame where the person is at a moment.</summary>
internal sealed class Cutout : IDisposable
{
    private readonly SceneDescription.Person _person;

    // Blue, green and red, each times alpha, and 255 - alpha.
    private readonly Mat _premultiplied = new();
    private readonly Mat _moved = new();
    private readonly Mat<double> _placement = new(2, 3);

    public Cutout(SceneDescription.Person person, Mat picture, Mat mask)
    {
        _person = person;
        using var alpha = new Mat();
        using var colours = new Mat();
        using var transparency = new Mat();
        Cv2.CvtColor(mask, alpha, ColorConversionCodes.GRAY2BGR);
        Cv2.Multiply(picture, alpha, colours, 1 / 255.0);
        Cv2.BitwiseNot(mask, transparency);
        Cv2.Merge([.. Cv2.Split(colours), transparency], _premultiplied);
        if (person.Mirrored)
            Cv2.Flip(_premultiplied, _premultiplied, FlipMode.Y);
    }

    /// <param name="time">Seconds since the scene's beginning.</param>
    /// <param name="frame">bgr8; drawn on.</param>
    public void Draw(double time, Mat frame)
    {
        var phase = 2 * Math.PI * time / _person.Period;
        var scale = frame.Height * _person.Height * (1 + _person.Zoom * Math.Sin(phase / 2)) / _premultiplied.Height;
        var width = scale * _premultiplied.Width;
        var height = scale * _premultiplied.Height;
        var left = frame.Width * _person.Position[0] + frame.Height * _person.Sway[0] * Math.Sin(phase) - width / 2;
        var top = frame.Height * (_person.Position[1] + _person.Sway[1] * Math.Sin(2 * phase)) - height / 2;

        // Only the part of the frame that the person covers is touched.
        var covered = new Rect((int)Math.Floor(left), (int)Math.Floor(top), (int)Math.Ceiling(width) + 1, (int)Math.Ceiling(height) + 1)
            .Intersect(new Rect(0, 0, frame.Width, frame.Height));
        if (covered.Width <= 0 || covered.Height <= 0)
            return;

        var placement = _placement.GetIndexer();
        placement[0, 0] = placement[1, 1] = scale;
        placement[0, 1] = placement[1, 0] = 0;
        placement[0, 2] = left - covered.X;
        placement[1, 2] = top - covered.Y;
        Cv2.WarpAffine(_premultiplied, _moved, _placement, covered.Size, InterpolationFlags.Linear,
            BorderTypes.Constant, new Scalar(0, 0, 0, 255));
        using var region = new Mat(frame, covered);
        Blend(_moved, region);
    }

    public void Dispose()
    {
        _premultiplied.Dispose();
        _moved.Dispose();
        _placement.Dispose();
    }

    /// <summary>Lays premultiplied pixels over a picture of the same size.</summary>
    private static unsafe void Blend(Mat premultiplied, Mat destination)
    {
        var (width, height) = (destination.Width, destination.Height);
        for (var y = 0; y < height; y++)
        {
            var source = (byte*)premultiplied.Ptr(y);
            var target = (byte*)destination.Ptr(y);
            for (var x = 0; x < width; x++, source += 4, target += 3)
            {
                // 257 / 65536 is 1 / 255 to within rounding.
                var transparency = source[3] * 257;
                if (transparency == 255 * 257)
                    continue;
                target[0] = (byte)(source[0] + (target[0] * transparency >> 16));
                target[1] = (byte)(source[1] + (target[1] * transparency >> 16));
                target[2] = (byte)(source[2] + (target[2] * transparency >> 16));
            }
        }
    }
}
