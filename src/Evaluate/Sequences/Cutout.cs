using OpenCvSharp;
using Vision.Geometry;
using Vision.Imaging;

namespace FaceAttributes.Evaluation.Sequences;

/// <summary>
/// Head and shoulders cut out of a photograph, by its mask and with soft edges, to be drawn wherever the face is to be. The box of
/// the face that is drawn is known exactly, to fractions of a pixel.
/// </summary>
internal sealed class Cutout : IDisposable
{
    // What is cut out round the face: to the left and right, above, and below, relative to its width and height.
    private const float Beside = 0.7f;
    private const float Above = 0.4f;
    private const float Below = 0.8f;

    // Over so much of the face's width the edges fade.
    private const float Fade = 0.2f;

    private readonly Box _cut;
    private readonly Box _face;
    private readonly byte[] _opacity;

    // The colours times their opacity, and 255 less the opacity in each channel; each half as large as the last.
    private readonly List<(Mat Colours, Mat Transparency)> _levels = [];

    private readonly Mat _colours = new();
    private readonly Mat _transparency = new();
    private readonly Mat<double> _placement = new(2, 3);

    /// <summary>Cuts out a face.</summary>
    /// <exception cref="EvaluationException">The picture cannot be read, or the face lies outside it.</exception>
    public Cutout(FacePhotograph photograph)
    {
        using var picture = PictureFile.Read(photograph.Picture, ImreadModes.Color);
        if (picture.Empty())
            throw new EvaluationException($"{photograph.Picture} cannot be read as a picture; replace it or remove its row from the table of faces.");
        _face = photograph.Face;
        if (_face.Right > picture.Width || _face.Bottom > picture.Height)
            throw new EvaluationException($"The face of {photograph.Person} lies outside {photograph.Picture}; correct its row in the table of faces.");

        var cut = new Box(
            _face.X - Beside * _face.Width, _face.Y - Above * _face.Height,
            (1 + 2 * Beside) * _face.Width, (1 + Above + Below) * _face.Height).ClipTo(picture.Width, picture.Height).ToRect();
        _cut = Box.From(cut);
        using var part = new Mat(picture, cut);
        _opacity = Opacity(cut, Fade * _face.Width, photograph, picture.Size());
        using var whole = Mat.FromPixelData(cut.Height, cut.Width, MatType.CV_8UC1, _opacity);
        using var opacity = new Mat();
        Cv2.CvtColor(whole, opacity, ColorConversionCodes.GRAY2BGR);
        var (colours, transparency) = (new Mat(), new Mat());
        Cv2.Multiply(part, opacity, colours, 1 / 255.0);
        Cv2.BitwiseNot(opacity, transparency);
        _levels.Add((colours, transparency));
        for (var size = cut.Size; Math.Min(size.Width, size.Height) >= 16;)
        {
            size = new Size((size.Width + 1) / 2, (size.Height + 1) / 2);
            (colours, transparency) = (
                colours.Resize(size, 0, 0, InterpolationFlags.Area), transparency.Resize(size, 0, 0, InterpolationFlags.Area));
            _levels.Add((colours, transparency));
        }
    }

    /// <summary>Where the face is if its centre and side are to be these.</summary>
    /// <param name="pose">In pixels.</param>
    public Box FaceAt(in Pose pose)
    {
        var scale = Scale(pose);
        var (width, height) = ((float)(scale * _face.Width), (float)(scale * _face.Height));
        return new Box((float)pose.X - width / 2, (float)pose.Y - height / 2, width, height);
    }

    /// <summary>Whether a point of an image lies behind the person.</summary>
    /// <param name="pose">Where the face is, in pixels.</param>
    /// <param name="x">Of the point, in pixels.</param>
    /// <param name="y">Of the point, in pixels.</param>
    public bool Hides(in Pose pose, double x, double y)
    {
        var place = PlaceAt(pose);
        var column = (int)Math.Floor((x - place.X) / place.Width * _cut.Width);
        var row = (int)Math.Floor((y - place.Y) / place.Height * _cut.Height);
        return column >= 0 && column < _cut.Width && row >= 0 && row < _cut.Height && _opacity[row * (int)_cut.Width + column] > 127;
    }

    /// <summary>Draws the person.</summary>
    /// <param name="frame">bgr8.</param>
    /// <param name="pose">Where the face is to be, in pixels.</param>
    public void Draw(Mat frame, in Pose pose)
    {
        var place = PlaceAt(pose);
        var left = Math.Max(0, (int)Math.Floor(place.X));
        var top = Math.Max(0, (int)Math.Floor(place.Y));
        var size = new Size(
            Math.Min(frame.Width, (int)Math.Ceiling(place.Right)) - left, Math.Min(frame.Height, (int)Math.Ceiling(place.Bottom)) - top);
        if (size.Width <= 0 || size.Height <= 0)
            return;

        // The level that is reduced by less than two, so that no detail aliases.
        var scale = Scale(pose);
        var level = Math.Clamp((int)Math.Floor(-Math.Log2(scale)), 0, _levels.Count - 1);
        var (colours, transparency) = _levels[level];

        // OpenCV counts from the centres of pixels, boxes from their edges.
        var (x, y) = (place.Width / colours.Width, place.Height / colours.Height);
        var placement = _placement.GetIndexer();
        (placement[0, 0], placement[0, 1], placement[0, 2]) = (x, 0, x / 2 - 0.5 + place.X - left);
        (placement[1, 0], placement[1, 1], placement[1, 2]) = (0, y, y / 2 - 0.5 + place.Y - top);
        Cv2.WarpAffine(colours, _colours, _placement, size, InterpolationFlags.Linear, BorderTypes.Constant, Scalar.All(0));
        Cv2.WarpAffine(transparency, _transparency, _placement, size, InterpolationFlags.Linear, BorderTypes.Constant, Scalar.All(255));
        using var covered = new Mat(frame, new Rect(left, top, size.Width, size.Height));
        Cv2.Multiply(covered, _transparency, covered, 1 / 255.0);
        Cv2.Add(covered, _colours, covered);
    }

    /// <summary>Frees the pictures.</summary>
    public void Dispose()
    {
        foreach (var (colours, transparency) in _levels)
        {
            colours.Dispose();
            transparency.Dispose();
        }

        _colours.Dispose();
        _transparency.Dispose();
        _placement.Dispose();
    }

    // 255 inside, falling to 0 at the edges and where the mask says so.
    private static byte[] Opacity(Rect cut, double fade, FacePhotograph photograph, Size size)
    {
        using var mask = photograph.Mask is { } path ? PictureFile.Read(path, ImreadModes.Grayscale) : new Mat(size, MatType.CV_8UC1, Scalar.All(255));
        if (mask.Size() != size)
            throw new EvaluationException($"{photograph.Mask} is no mask of {photograph.Picture}; it must be a picture of the same size.");
        using var part = new Mat(mask, cut);
        using var continuous = part.Clone();
        var opacity = continuous.AsSpan<byte>().ToArray();
        for (var i = 0; i < opacity.Length; i++)
        {
            var (y, x) = Math.DivRem(i, cut.Width);
            var toEdge = Math.Min(Math.Min(x, cut.Width - 1 - x), Math.Min(y, cut.Height - 1 - y)) + 0.5;
            var share = Math.Min(1, toEdge / fade);
            opacity[i] = (byte)Math.Round(opacity[i] * share * share * (3 - 2 * share));
        }

        return opacity;
    }

    private double Scale(in Pose pose) => pose.Side / Math.Sqrt(_face.Area);

    private Box PlaceAt(in Pose pose)
    {
        var (scale, face) = ((float)Scale(pose), FaceAt(pose));
        return new Box(
            face.X + scale * (_cut.X - _face.X), face.Y + scale * (_cut.Y - _face.Y), scale * _cut.Width, scale * _cut.Height);
    }
}
