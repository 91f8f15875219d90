using OpenCvSharp;

namespace FaceAttributes.Drawing;

/// <summary>
/// A piece of text, drawn once by OpenCV and kept as how much each pixel is covered: laying it over an image costs a hundredth
/// of drawing its strokes anew.
/// </summary>
internal sealed class TextMask
{
    // Of a pixel that is covered as a whole.
    private const int Covered = 256;

    // Strokes of thick letters reach this far, in pixels, beyond the size that OpenCV tells.
    private const int Margin = 3;

    private readonly ushort[] _coverage;
    private readonly int _left;
    private readonly int _top;
    private readonly int _columns;
    private readonly int _rows;

    private TextMask(ushort[] coverage, int left, int top, int columns, int rows, int width) =>
        (_coverage, _left, _top, _columns, _rows, Width) = (coverage, left, top, columns, rows, width);

    /// <summary>How wide the text is, in pixels, to where the next one begins.</summary>
    public int Width { get; }

    /// <summary>Draws a text.</summary>
    /// <param name="text">ASCII, which is all that OpenCV's fonts have; or <see cref="Tag.PlusMinus"/>.</param>
    /// <param name="style">The size.</param>
    public static TextMask Create(string text, in TextStyle style)
    {
        var isPlusMinus = text == Tag.PlusMinus;
        var drawn = isPlusMinus ? "+" : text;
        var size = Cv2.GetTextSize(drawn, HersheyFonts.HersheySimplex, style.Scale, style.Thickness, out var descent);
        var margin = Margin + style.Thickness;
        var origin = new Point(margin, size.Height + margin);
        using var picture = new Mat(
            size.Height + descent + style.Descent + 2 * margin, size.Width + 2 * margin, MatType.CV_8UC1, Scalar.Black);
        Cv2.PutText(
            picture, drawn, origin, HersheyFonts.HersheySimplex, style.Scale, Scalar.White, style.Thickness, LineTypes.AntiAlias);
        if (isPlusMinus)
        {
            // A bar below the plus, as wide as its sign without the space round it.
            var (y, space) = (origin.Y + style.Descent / 2, size.Width / 5);
            Cv2.Line(
                picture, new Point(origin.X + space, y), new Point(origin.X + size.Width - space, y), Scalar.White, style.Thickness,
                LineTypes.AntiAlias);
        }

        return Of(picture, origin, size.Width);
    }

    /// <summary>Lays the text over an image.</summary>
    /// <param name="image">Blue, green, red. Where the text leaves it, it is cut.</param>
    /// <param name="origin">Where the first letter stands.</param>
    /// <param name="color">Blue, green, red.</param>
    public unsafe void Draw(Mat image, Point origin, Scalar color)
    {
        var place = new Rect(origin.X + _left, origin.Y + _top, _columns, _rows);
        var visible = place & new Rect(0, 0, image.Width, image.Height);
        if (visible.Width <= 0 || visible.Height <= 0)
            return;
        var (blue, green, red) = ((int)color.Val0, (int)color.Val1, (int)color.Val2);
        for (var y = visible.Top; y < visible.Bottom; y++)
        {
            var coverage = _coverage.AsSpan((y - place.Y) * _columns + visible.X - place.X, visible.Width);
            var pixel = (byte*)image.Ptr(y) + 3 * visible.X;
            foreach (var part in coverage)
            {
                if (part != 0)
                {
                    var rest = Covered - part;
                    pixel[0] = (byte)((pixel[0] * rest + blue * part) / Covered);
                    pixel[1] = (byte)((pixel[1] * rest + green * part) / Covered);
                    pixel[2] = (byte)((pixel[2] * rest + red * part) / Covered);
                }

                pixel += 3;
            }
        }

        GC.KeepAlive(image);
    }

    /// <summary>Keeps what is not empty of a drawing.</summary>
    private static TextMask Of(Mat picture, Point origin, int width)
    {
        var drawn = Cv2.BoundingRect(picture);
        var coverage = new ushort[drawn.Width * drawn.Height];
        for (var y = 0; y < drawn.Height; y++)
        {
            for (var x = 0; x < drawn.Width; x++)
                coverage[y * drawn.Width + x] = (ushort)((picture.At<byte>(drawn.Y + y, drawn.X + x) * Covered + 127) / 255);
        }

        return new TextMask(coverage, drawn.X - origin.X, drawn.Y - origin.Y, drawn.Width, drawn.Height, width);
    }
}

/// <summary>Texts as they were drawn before. Used by one thread at a time.</summary>
internal sealed class TextMaskCache
{
    // More than all percentages, ages and labels in several sizes are; ids of faces come and go.
    private const int Most = 4000;

    private readonly Dictionary<(string Text, TextStyle Style), TextMask> _masks = [];

    /// <summary>A text; drawn where it has not been.</summary>
    public TextMask Of(string text, in TextStyle style)
    {
        if (_masks.TryGetValue((text, style), out var mask))
            return mask;
        if (_masks.Count >= Most)
            _masks.Clear();
        return _masks[(text, style)] = TextMask.Create(text, style);
    }
}
