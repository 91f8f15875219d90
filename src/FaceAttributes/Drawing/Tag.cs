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
        /// <summary>Id, labels, confidences; numbers with their standard deviations.</summary>
        Full,

        /// <summary>The same, in small letters.</summary>
        Small,

        /// <summary>Id, labels and numbers in small letters.</summary>
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

    /// <summary>Writes the lines of a face: its id, what gives it its colour, and all the rest in one.</summary>
    public void Compose(Face face, Scalar color, Detail detail, Size picture)
    {
        _lines.Clear();
        _colors.Clear();
        Add(face.Id, IdColor);
        if (detail != Detail.Id)
        {
            Add(Describe(face, isColored: true, detail), color);
            Add(Describe(face, isColored: false, detail), Scalar.White);
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
            Style.Write(_lines[i], picture, origin, _colors[i]);
        }
    }

    private static string Describe(Face face, bool isColored, Detail detail) => string.Join(' ', face.Attributes
        .Where(attribute => (attribute.Attribute == Annotator.ColoringAttribute) == isColored)
        .Select(attribute => attribute.Values is null ? DescribeLabel(attribute, detail) : DescribeNumber(attribute, detail))
        .Where(text => text.Length > 0));

    private static string DescribeLabel(AttributeDistribution attribute, Detail detail)
    {
        // "unknown" alone would not tell what is unknown.
        var label = attribute.Label == AttributeDistribution.Unknown
            ? $"{attribute.Attribute} {AttributeDistribution.Unknown}"
            : attribute.Label;
        return detail == Detail.Labels
            ? label
            : string.Create(CultureInfo.InvariantCulture, $"{label} {100 * attribute.Confidence:0}%");
    }

    private static string DescribeNumber(AttributeDistribution attribute, Detail detail)
    {
        if (!attribute.IsKnown)
            return string.Empty;
        return detail == Detail.Labels
            ? string.Create(CultureInfo.InvariantCulture, $"~{attribute.Mean:0}")
            : string.Create(CultureInfo.InvariantCulture, $"~{attribute.Mean:0} {TextStyle.PlusMinus}{attribute.StandardDeviation:0}");
    }

    private void Add(string line, Scalar color)
    {
        if (line.Length == 0)
            return;
        _lines.Add(line);
        _colors.Add(color);
    }
}
