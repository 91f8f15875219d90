using System.Globalization;
using FaceAttributes.Classification;
using FaceAttributes.Imaging;
using OpenCvSharp;

namespace FaceAttributes.Drawing;

/// <summary>
/// Draws faces into a picture: a box in the colour of the emotion, and a tag beside it with id, labels and confidences.
/// Used by one thread at a time.
/// </summary>
public sealed class Annotator
{
    private const HersheyFonts Font = HersheyFonts.HersheySimplex;
    private const string ColoringAttribute = "emotion";

    private readonly List<string> _lines = [];
    private readonly TagPlacement _placement = new();

    /// <summary>Draws the picture with its faces.</summary>
    /// <param name="frame">The picture; not changed.</param>
    /// <param name="faces">What to draw.</param>
    /// <param name="destination">The caller's; becomes the picture, Height × Width × 3 bytes, blue first (bgr8).</param>
    public void Draw(ImageFrame frame, IReadOnlyList<Face> faces, Mat destination)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(faces);
        ArgumentNullException.ThrowIfNull(destination);
        frame.CopyBgrTo(destination);

        _placement.Start(new Size(frame.Width, frame.Height), faces);
        foreach (var face in faces)
            DrawBox(face, destination);
        foreach (var face in faces)
            DrawTag(face, destination);
    }

    private static Scalar ColorOf(Face face) => EmotionColors.Of(face.Find(ColoringAttribute)?.Label);

    private static int LineThickness(Mat picture) => Math.Max(1, Math.Min(picture.Width, picture.Height) / 240);

    private static void DrawBox(Face face, Mat picture)
    {
        var thickness = LineThickness(picture);
        var halo = new Scalar(0, 0, 0);
        picture.Rectangle(face.Box, halo, thickness + 2, LineTypes.Link8);
        picture.Rectangle(face.Box, ColorOf(face), thickness, LineTypes.Link8);
    }

    private static string Describe(AttributeDistribution attribute)
    {
        var label = attribute.Label == AttributeDistribution.Unknown
            ? $"{attribute.Attribute} {AttributeDistribution.Unknown}"
            : attribute.Label;
        return string.Create(CultureInfo.InvariantCulture, $"{label} {100 * attribute.Confidence:0}%");
    }

    private void DrawTag(Face face, Mat picture)
    {
        _lines.Clear();
        _lines.Add(face.Id);
        foreach (var attribute in face.Attributes)
            _lines.Add(Describe(attribute));

        var style = TextStyle.For(picture.Size(), face.Box);
        var size = style.Measure(_lines, Font);
        var tag = _placement.Place(face.Box, size);
        var color = ColorOf(face);
        picture.Rectangle(tag, color, thickness: -1);

        var text = EmotionColors.TextOn(color);
        var y = tag.Y + style.Padding;
        foreach (var line in _lines)
        {
            y += style.LineHeight;
            var origin = new Point(tag.X + style.Padding, y - style.Descent);
            picture.PutText(line, origin, Font, style.Scale, text, style.Thickness, LineTypes.AntiAlias);
        }
    }
}
