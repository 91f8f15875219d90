using System.Globalization;
using FaceAttributes.Classification;
using FaceAttributes.Tracking;
using OpenCvSharp;

namespace FaceAttributes.Drawing;

/// <summary>What is written at a face, in one of several degrees of detail. Kept and composed anew for each face.</summary>
/// <remarks>Lines are made of words, so that every number and label is a string that exists once: no garbage per image.</remarks>
internal sealed class Tag
{
    /// <summary>What stands before a standard deviation. OpenCV's fonts don't have it.</summary>
    public const string PlusMinus = "±";

    private static readonly Scalar IdColor = new(205, 205, 205);

    private readonly TextMaskCache _masks = new();
    private readonly List<Word> _words = [];
    private readonly WordCache _percent = new("{0}%");
    private readonly WordCache _about = new("~{0}");
    private readonly WordCache _number = new("{0}");
    private readonly Dictionary<string, string> _unknown = [];
    private int _lines;

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

    /// <summary>What is written, from top to bottom; for tests.</summary>
    public IReadOnlyList<string> Lines =>
        [.. _words.GroupBy(word => word.Line, (_, line) => string.Concat(line.Select((word, i) => (i == 0 || word.Joins ? "" : " ") + word.Text)))];

    /// <summary>The size of the text.</summary>
    public TextStyle Style { get; private set; }

    /// <summary>The size of the tag in pixels.</summary>
    public Size Size { get; private set; }

    /// <summary>Writes the lines of a face: its id, what gives it its colour, and all the rest in one.</summary>
    /// <param name="track">The face.</param>
    /// <param name="color">Of the line that gives the face its colour: blue, green, red.</param>
    /// <param name="detail">How much is said.</param>
    /// <param name="image">The image's size.</param>
    public void Compose(Track track, Scalar color, Detail detail, Size image)
    {
        _words.Clear();
        _lines = 0;
        Add(track.Id, IdColor);
        EndLine();
        if (detail != Detail.Id)
        {
            Describe(track, isColored: true, detail, color);
            Describe(track, isColored: false, detail, Scalar.White);
        }

        Style = TextStyle.For(image, track.Box.ToRect(), isDense: detail != Detail.Full);
        Measure();
    }

    /// <summary>Darkens the place and writes the lines on it.</summary>
    public void Draw(in Canvas canvas, Rect place)
    {
        canvas.Darken(place, factor: 0.3);
        foreach (var word in _words)
        {
            var origin = new Point(
                place.X + Style.Padding + word.X, place.Y + Style.Padding + (word.Line + 1) * Style.LineHeight - Style.Descent);
            _masks.Of(word.Text, Style).Draw(canvas.Image, origin, word.Color);
        }
    }

    private void Describe(Track track, bool isColored, Detail detail, Scalar color)
    {
        for (var i = 0; i < track.Attributes.Count; i++)
        {
            var attribute = track.Attributes[i].Smoothed;
            if ((attribute.Attribute == FaceAttribute.Emotion) != isColored)
                continue;
            if (attribute.Values is null)
                DescribeLabel(attribute, detail, color);
            else
                DescribeNumber(attribute, detail, color);
        }

        EndLine();
    }

    private void DescribeLabel(AttributeDistribution attribute, Detail detail, Scalar color)
    {
        Add(attribute.IsKnown ? attribute.Label : UnknownOf(attribute.Attribute), color);
        if (detail != Detail.Labels)
            Add(_percent.Of(100 * attribute.Confidence), color);
    }

    private void DescribeNumber(AttributeDistribution attribute, Detail detail, Scalar color)
    {
        if (!attribute.IsKnown)
            return;
        Add(_about.Of(attribute.Mean), color);
        if (detail == Detail.Labels)
            return;
        Add(PlusMinus, color);
        Add(_number.Of(attribute.StandardDeviation), color, joins: true);
    }

    // "unknown" alone would not tell what is unknown.
    private string UnknownOf(string attribute)
    {
        if (!_unknown.TryGetValue(attribute, out var text))
            _unknown[attribute] = text = $"{attribute} {AttributeDistribution.Unknown}";
        return text;
    }

    private void Add(string text, Scalar color, bool joins = false) => _words.Add(new Word(text, color, _lines, joins, 0));

    private void EndLine()
    {
        if (_words.Count > 0 && _words[^1].Line == _lines)
            _lines++;
    }

    /// <summary>Gives each word its place in its line.</summary>
    private void Measure()
    {
        var space = _masks.Of(" ", Style).Width;
        var (x, width) = (0, 0);
        for (var i = 0; i < _words.Count; i++)
        {
            var word = _words[i];
            if (i == 0 || word.Line != _words[i - 1].Line)
                x = 0;
            else if (!word.Joins)
                x += space;
            _words[i] = word with { X = x };
            x += _masks.Of(word.Text, Style).Width;
            width = Math.Max(width, x);
        }

        Size = new Size(width + 2 * Style.Padding, _lines * Style.LineHeight + 2 * Style.Padding);
    }

    /// <summary>A word of a line, with its place.</summary>
    /// <param name="Text">What is written.</param>
    /// <param name="Color">Blue, green, red.</param>
    /// <param name="Line">From 0, downwards.</param>
    /// <param name="Joins">Whether no space stands before it.</param>
    /// <param name="X">From the left end of the line, in pixels.</param>
    private readonly record struct Word(string Text, Scalar Color, int Line, bool Joins, int X);

    /// <summary>Whole numbers as words, each made once.</summary>
    private sealed class WordCache(string format)
    {
        private readonly Dictionary<int, string> _words = [];

        public string Of(float value)
        {
            // As rounded as ToString("0") does it.
            var number = (int)MathF.Round(value, MidpointRounding.AwayFromZero);
            if (!_words.TryGetValue(number, out var word))
                _words[number] = word = string.Format(CultureInfo.InvariantCulture, format, number);
            return word;
        }
    }
}
