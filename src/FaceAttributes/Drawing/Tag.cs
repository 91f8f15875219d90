using System.Globalization;
using FaceAttributes.Classification;
using OpenCvSharp;

namespace FaceAttributes.Drawing;

/// <summary>What is written at a face, in one of several degrees of detail.</summary>
internal sealed class Tag
{
    private static readonly Scalar IdColor = new(205, 205, 205);

    private readonly List<string> _lines = [];
    private readonly List<Scalar> _colors = [];

    /// <summary>The degrees of detail, from all there is to the id alone.</summary>
    public enum Detail
    {
        /// <summary>Id, labels, confidences.</summary>
        Full,

        /// <summary>The same, in small letters.</summary>
        Small,

        /// <summary>Id and labels in small letters.</summary>
        Labels,

        /// <summary>The id alone.</summary>
        Id,
    }

    /// <summary>What is written, from top to bottom.</summary>
    public IReadOnlyList<string> Lines => _lines;

    /// <summary>The size of the text.</summary>
    public TextStyle Style { get; private set; }

    /// <summary>The size of the tag in pixels.</summary>
    public Size Size { get; private set; }

    /// <summary>Writes the lines of a face.</summary>
    public void Compose(Face face, Scalar color, Detail detail, Size picture)
    {
        _lines.Clear();
        _colors.Clear();
        Add(face.Id, IdColor);
        for (var i = 0; i < face.Attributes.Count && detail != Detail.Id; i++)
        {
            var isColored = face.Attributes[i].Attribute == Annotator.ColoringAttribute;
            Add(Describe(face.Attributes[i], detail), isColored ? color : Scalar.White);
        }

        Style = TextStyle.For(picture, face.Box, isDense: detail != Detail.Full);
        Size = Style.Measure(_lines);
    }

    /// <summary>Darkens the place and writes the lines on it.</summary>
    public void Draw(Mat picture, Rect place)
    {
        using (var plate = new Mat(picture, place & new Rect(new Point(), picture.Size())))
            plate.ConvertTo(plate, -1, alpha: 0.3);

        var y = place.Y + Style.Padding;
        for (var i = 0; i < _lines.Count; i++)
        {
            y += Style.LineHeight;
            var origin = new Point(place.X + Style.Padding, y - Style.Descent);
            picture.PutText(
                _lines[i], origin, TextStyle.Font, Style.Scale, _colors[i], Style.Thickness, LineTypes.AntiAlias);
        }
    }

    private static string Describe(AttributeDistribution attribute, Detail detail)
    {
        // "unknown" alone would not tell what is unknown.
        var label = attribute.Label == AttributeDistribution.Unknown
            ? $"{attribute.Attribute} {AttributeDistribution.Unknown}"
            : attribute.Label;
        return detail == Detail.Labels
            ? label
            : string.Create(CultureInfo.InvariantCulture, $"{label} {100 * attribute.Confidence:0}%");
    }

    private void Add(string line, Scalar color)
    {
        _lines.Add(line);
        _colors.Add(color);
    }
}
