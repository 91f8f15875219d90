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
    // Height in pixels of a capital letter of OpenCV's HersheySimplex at scale 1, and the least that can be read.
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

        // Few sizes, so that texts can be kept.
        capital = Math.Round(capital);
        return new TextStyle(
            capital / CapitalHeight,
            Math.Max(1, (int)Math.Round(capital / 9)),
            (int)Math.Round(capital * 1.65),
            (int)Math.Round(capital * 0.35),
            (int)Math.Round(capital * 0.4));
    }
}
