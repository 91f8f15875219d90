using OpenCvSharp;

namespace FaceAttributes.Drawing;

/// <summary>Size of a tag's text: it goes with the face, but stays readable.</summary>
/// <param name="Scale">OpenCV's font scale.</param>
/// <param name="Thickness">Of the strokes, in pixels.</param>
/// <param name="LineHeight">From line to line, in pixels.</param>
/// <param name="Descent">From the bottom of a line up to where its letters stand, in pixels.</param>
/// <param name="Padding">Round the text, in pixels.</param>
internal readonly record struct TextStyle(double Scale, int Thickness, int LineHeight, int Descent, int Padding)
{
    public const HersheyFonts Font = HersheyFonts.HersheySimplex;

    public const char PlusMinus = '±';

    // Height in pixels of a capital letter of that font at scale 1, and the least that can be read.
    private const double CapitalHeight = 21;
    private const double LeastCapital = 7;

    /// <summary>Chooses the size.</summary>
    /// <param name="picture">Size of the picture.</param>
    /// <param name="face">The face that the tag belongs to.</param>
    /// <param name="isDense">Whether room is scarce.</param>
    public static TextStyle For(Size picture, Rect face, bool isDense)
    {
        var side = Math.Min(picture.Width, picture.Height);
        var largest = Math.Max(LeastCapital, side / 36.0);
        var capital = Math.Clamp(face.Width / 11.0, Math.Max(LeastCapital, side / 60.0), largest);
        if (isDense)
            capital = Math.Max(LeastCapital, capital * 0.7);
        return new TextStyle(
            capital / CapitalHeight,
            Math.Max(1, (int)Math.Round(capital / 9)),
            (int)Math.Round(capital * 1.65),
            (int)Math.Round(capital * 0.35),
            (int)Math.Round(capital * 0.4));
    }

    /// <summary>The size of a tag with these lines.</summary>
    public Size Measure(IReadOnlyList<string> lines)
    {
        var width = 0;
        foreach (var line in lines)
            width = Math.Max(width, WidthOf(line));
        return new Size(width + 2 * Padding, lines.Count * LineHeight + 2 * Padding);
    }

    /// <summary>Writes one line.</summary>
    /// <param name="line">ASCII and <see cref="PlusMinus"/>.</param>
    /// <param name="picture">Written into.</param>
    /// <param name="origin">Where its first letter stands.</param>
    /// <param name="color">Blue, green, red.</param>
    public void Write(string line, Mat picture, Point origin, Scalar color)
    {
        picture.PutText(InFont(line), origin, Font, Scale, color, Thickness, LineTypes.AntiAlias);
        for (var i = line.IndexOf(PlusMinus); i >= 0; i = line.IndexOf(PlusMinus, i + 1))
        {
            // The bar below the cross, as wide as its sign without the space round it.
            var (left, right) = (WidthOf(line[..i]), WidthOf(line[..(i + 1)]));
            var (y, space) = (origin.Y + Descent / 2, (right - left) / 5);
            picture.Line(origin.X + left + space, y, origin.X + right - space, y, color, Thickness, LineTypes.AntiAlias);
        }
    }

    // OpenCV's fonts have ASCII only.
    private static string InFont(string line) => line.Replace(PlusMinus, '+');

    private int WidthOf(string line) =>
        line.Length == 0 ? 0 : Cv2.GetTextSize(InFont(line), Font, Scale, Thickness, out _).Width;
}
