using System.Text.RegularExpressions;
using FaceAttributes.Evaluation.Data;

namespace FaceAttributes.Evaluation.Sentences;

/// <summary>A picture with people's sentences.</summary>
/// <param name="Path">The JPEG.</param>
/// <param name="Sentences">As words.</param>
internal sealed record CaptionedPicture(string Path, IReadOnlyList<string[]> Sentences);

/// <summary>Flickr8k (Hodosh et al. 2013), laid out as models/training/situations/README.md says.</summary>
internal static partial class CaptionData
{
    /// <summary>The pictures of an official split, in its order.</summary>
    /// <param name="data">The data folder.</param>
    /// <param name="pictures">Where the JPEGs are.</param>
    /// <param name="split">Which; the selection split is Flickr8k's dev.</param>
    /// <exception cref="EvaluationException">A file is missing.</exception>
    public static CaptionedPicture[] Read(string data, string pictures, Split split)
    {
        var sentences = DataFile.ReadLines(Path.Combine(data, "flickr8k", "Flickr8k.token.txt"))
            .Select(line => line.Split('\t', 2))
            .ToLookup(cells => cells[0].Split('#')[0], cells => Words(cells[^1]));
        return
        [
            .. DataFile.ReadLines(Path.Combine(data, "flickr8k", $"Flickr_8k.{(split == Split.Test ? "test" : "dev")}Images.txt"))
                .Where(name => name.Length > 0)
                .Select(name => new CaptionedPicture(Path.Combine(pictures, name), [.. sentences[name]])),
        ];
    }

    /// <summary>Words in lower case, without punctuation and the 's of possessives: as the decoder's were in training.</summary>
    public static string[] Words(string sentence) =>
    [
        .. Word().Matches(sentence.ToLowerInvariant().Replace(" 's", "", StringComparison.Ordinal).Replace("'s", "", StringComparison.Ordinal)
            .Replace("'", "", StringComparison.Ordinal)).Select(match => match.Value),
    ];

    [GeneratedRegex("[a-z0-9]+(?:-[a-z0-9]+)*")]
    private static partial Regex Word();
}
