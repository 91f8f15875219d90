using OpenCvSharp;

namespace FaceAttributes.Drawing;

/// <summary>Size of a tag's text: it goes with the face, but stays readable.</summary>
internal readonly record struct TextStyle(double Scale, int Thickness, int LineHeight, int Descent, int Padding)
{
    // A capital letter of OpenCV's Hershey Simplex is 21 pixels high at scale 1.
    private const double CapitalHeight = 21;

    /// <summary>Chooses the size.</summary>
    /// <param name="picture">Size of the picture.</param>
    /// <param name="face">The face that the tag belongs to.</param>
    public static TextStyle For(Size picture, Rect face)
    {
        var side = Math.Min(picture.Width, picture.Height);
        var least = Math.Max(7, side / 60.0);
        var capital = Math.Clamp(face.Width / 12.0, least, Math.Max(least, side / 32.0));
        return new TextStyle(
            capital / CapitalHeight,
            Math.Max(1, (int)Math.Round(capital / 9)),
            (int)Math.Round(capital * 1.6),
            (int)Math.Round(capital * 0.3),
            (int)Math.Round(capital * 0.35));
    }

    /// <summary>The size of a tag with these lines.</summary>
    public Size Measure(IReadOnlyList<string> lines, HersheyFonts font)
    {
        var width = 0;
        foreach (var line in lines)
            width = Math.Max(width, Cv2.GetTextSize(line, font, Scale, Thickness, out _).Width);
        return new Size(width + 2 * Padding, lines.Count * LineHeight + 2 * Padding);
    }
}
