using Vision.Inference;

namespace Situations;

/// <summary>The manifest of networks that put a picture into a sentence and estimate danger (<c>kind: situation</c>).</summary>
public sealed record SituationManifest : ModelManifest
{
    private static readonly string[] SentenceKeys =
        ["model", "sha256", "hidden", "grid", "start", "end", "unknown", "length", "vocabulary"];

    private static readonly string[] DangerKeys = ["categories", "temperature", "none_below", "danger_from"];

    private SituationManifest(string path)
        : base(path, "situation", ["sentence", "danger"], [], out var root)
    {
        if (Input.ChannelCount != 3)
            throw root.Map("input").Wrong("channels", "must be rgb or bgr");
        var sentence = root.Map("sentence");
        sentence.AllowOnly(SentenceKeys);
        Decoder = File(sentence);
        Hidden = (int)sentence.Number("hidden", least: 1, most: 8192, whole: true);
        GridSide = (int)sentence.Number("grid", least: 1, most: 64, whole: true);
        Length = (int)sentence.Number("length", least: 1, most: 100, whole: true);
        Vocabulary = sentence.Texts("vocabulary");
        if (Vocabulary.Distinct(StringComparer.Ordinal).Count() != Vocabulary.Count)
            throw sentence.Wrong("vocabulary", "must not name a word twice");
        Start = Token(sentence, "start");
        End = Token(sentence, "end");
        Unknown = Token(sentence, "unknown");

        var danger = root.Map("danger");
        danger.AllowOnly(DangerKeys);
        Categories = danger.Texts("categories");
        if (Categories.Count < 2 || Categories[0] != DangerEstimate.None)
            throw danger.Wrong("categories", $"must be '{DangerEstimate.None}' and at least one danger, in this order");
        if (Categories.Distinct(StringComparer.Ordinal).Count() != Categories.Count || Categories.Contains(DangerEstimate.Unknown))
            throw danger.Wrong("categories", $"must not name a category twice, nor '{DangerEstimate.Unknown}', which stands for a doubtful picture");
        Temperature = (float)danger.Number("temperature", above: 0, most: 100, otherwise: 1);
        NoneBelow = (float)danger.Number("none_below", least: 0, most: 1);
        DangerFrom = (float)danger.Number("danger_from", least: NoneBelow, most: 1);
    }

    /// <summary>The decoder's ONNX file; <see cref="ModelManifest.Model"/> is the encoder.</summary>
    public ModelFile Decoder { get; }

    /// <summary>Numbers in the decoder's state, and in each key and value of the grid.</summary>
    public int Hidden { get; }

    /// <summary>Rows and columns of the grid that the decoder looks at.</summary>
    public int GridSide { get; }

    /// <summary>The most words of a sentence.</summary>
    public int Length { get; }

    /// <summary>What each of the decoder's numbers stands for: words and special tokens.</summary>
    public IReadOnlyList<string> Vocabulary { get; }

    /// <summary>The token before the first word: an index of <see cref="Vocabulary"/>, as the others.</summary>
    public int Start { get; }

    /// <summary>The token after the last word.</summary>
    public int End { get; }

    /// <summary>The token of words that the vocabulary lacks, which is never said.</summary>
    public int Unknown { get; }

    /// <summary>What the danger estimate tells apart; the first is <see cref="DangerEstimate.None"/>.</summary>
    public IReadOnlyList<string> Categories { get; }

    /// <summary>Temperature of the softmax over the categories. Above 0.</summary>
    public float Temperature { get; }

    /// <summary>Probability of danger, from 0 to 1, below which a picture is taken as harmless.</summary>
    public float NoneBelow { get; }

    /// <summary>Probability of danger from which on it is one; between the two it is unknown.</summary>
    public float DangerFrom { get; }

    /// <summary>Reads a manifest.</summary>
    /// <param name="path">The YAML file.</param>
    /// <exception cref="ModelException">The file is missing, or not exactly as it should be.</exception>
    public static SituationManifest Load(string path) => new(path);

    private int Token(YamlMap map, string key)
    {
        var token = map.Text(key);
        for (var i = 0; i < Vocabulary.Count; i++)
        {
            if (Vocabulary[i] == token)
                return i;
        }

        throw map.Wrong(key, $"is '{token}', which the vocabulary lacks");
    }
}
