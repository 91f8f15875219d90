using Vision.Inference;

namespace FaceAttributes.Classification;

/// <summary>The manifest of a network that estimates attributes of a face (<c>kind: attributes</c>).</summary>
public sealed record AttributeManifest : ModelManifest
{
    /// <summary>No attribute of a face is further from 0, and squares of these still fit a float.</summary>
    private const int MostValue = 1_000_000;

    private static readonly string[] HeadKeys =
        ["attribute", "output", "labels", "values", "temperature", "unknown_below", "unknown_above"];

    private static readonly string[] OutputKeys = ["name", "kind"];

    private static readonly string[] ExplanationKeys = ["model", "sha256"];

    private AttributeManifest(string path)
        : base(path, "attributes", ["heads", "explanation"], ["margin"], out var root)
    {
        Margin = (float)root.Map("input").Number("margin", above: -0.5, most: 2);
        Heads = ReadHeads(root);
        Explanation = root.Has("explanation") ? ReadExplanation(root.Map("explanation")) : null;
    }

    /// <summary>
    /// What is added to a face's box on each side, relative to its longer side: of the square that the network sees.
    /// </summary>
    public float Margin { get; init; }

    /// <summary>The attributes that the network estimates, each another one with an output of its own; at least one.</summary>
    public IReadOnlyList<ModelHead> Heads { get; init; }

    /// <summary>
    /// A second ONNX file, which says besides what in a face speaks for a label (see <see cref="FaceAttributes.Explanation.FaceExplainer"/>);
    /// null if there is none.
    /// </summary>
    public ModelFile? Explanation { get; init; }

    /// <summary>Reads a manifest.</summary>
    /// <param name="path">The YAML file.</param>
    /// <exception cref="ModelException">The file is missing, or not exactly as it should be.</exception>
    public static AttributeManifest Load(string path) => new(path);

    private static List<ModelHead> ReadHeads(YamlMap root)
    {
        var heads = new List<ModelHead>();
        foreach (var map in root.Maps("heads", "head"))
        {
            var head = ReadHead(map);
            if (heads.Any(other => other.Attribute == head.Attribute))
                throw map.Wrong("attribute", $"is '{head.Attribute}' as in a head before; each must estimate another");
            if (heads.Any(other => other.OutputName == head.OutputName))
                throw map.Wrong("output", $"is '{head.OutputName}' as in a head before; each must have its own");
            heads.Add(head);
        }

        return heads.Count > 0 ? heads : throw root.Wrong("heads", "must hold at least one head");
    }

    private static ModelHead ReadHead(YamlMap map)
    {
        map.AllowOnly(HeadKeys);
        var labels = ReadLabels(map);
        var values = map.Has("values") ? ReadValues(map, labels.Length) : null;
        if (values is not null && map.Has("unknown_below"))
            throw map.Wrong("unknown_below", "is for labels without values; a head with values has unknown_above");
        if (values is null && map.Has("unknown_above"))
            throw map.Wrong("unknown_above", "is for labels with values; a head without values has unknown_below");
        var output = map.Map("output");
        output.AllowOnly(OutputKeys);
        return new ModelHead
        {
            Attribute = map.Text("attribute"),
            OutputName = output.Text("name"),
            IsLogits = output.Choice("kind", ("probabilities", false), ("logits", true)),
            Labels = labels,
            Values = values,
            Temperature = (float)map.Number("temperature", above: 0, most: 100, otherwise: 1),
            UnknownBelow = (float)map.Number("unknown_below", least: 0, most: 1, otherwise: 0),
            UnknownAbove = (float)map.Number("unknown_above", above: 0, most: MostValue, otherwise: double.PositiveInfinity),
        };
    }

    private static string[] ReadLabels(YamlMap map)
    {
        var labels = map.Texts("labels");
        if (labels.Length < 2)
            throw map.Wrong("labels", "must hold at least two labels");
        if (labels.Distinct(StringComparer.Ordinal).Count() != labels.Length)
            throw map.Wrong("labels", "must not name a label twice");
        return labels.Contains(AttributeDistribution.Unknown)
            ? throw map.Wrong("labels", $"must not contain '{AttributeDistribution.Unknown}', which stands for a doubtful face")
            : labels;
    }

    private static float[] ReadValues(YamlMap map, int count)
    {
        float[] values = [.. map.Numbers("values", count).Select(value => (float)value)];
        var rise = Math.Abs(values[0]) <= MostValue && values[^1] <= MostValue;
        for (var i = 1; i < count; i++)
            rise &= values[i] > values[i - 1];
        return rise ? values : throw map.Wrong("values", $"must rise, from one to the next, between -{MostValue} and {MostValue}");
    }

    private ModelFile ReadExplanation(YamlMap map)
    {
        map.AllowOnly(ExplanationKeys);
        return File(map);
    }
}

/// <summary>One of the attributes that a network estimates: the output that tells it, and how to read that output.</summary>
public sealed record ModelHead
{
    /// <summary>The attribute of a face, such as "emotion", "gender" or "age".</summary>
    public required string Attribute { get; init; }

    /// <summary>The network's output in the graph: an N × labels tensor of 32-bit floats.</summary>
    public required string OutputName { get; init; }

    /// <summary>
    /// Whether the output holds any numbers, which <see cref="Softmax"/> makes probabilities of, rather than probabilities.
    /// </summary>
    public bool IsLogits { get; init; }

    /// <summary>What each number of the output stands for, in order.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>
    /// The number that each of <see cref="Labels"/> stands for, rising, such as years: the head is numeric. Null: it is
    /// categorical.
    /// </summary>
    public IReadOnlyList<float>? Values { get; init; }

    /// <summary>Temperature of the softmax over logits. Above 0; 1 leaves them as they are.</summary>
    public float Temperature { get; init; } = 1;

    /// <summary>
    /// Probability, from 0 to 1, below which the most probable label of a categorical head is not to be believed.
    /// </summary>
    public float UnknownBelow { get; init; }

    /// <summary>
    /// Standard deviation, in the units of <see cref="Values"/>, above which the mean of a numeric head is not to be
    /// believed. Above 0; infinite where it always is.
    /// </summary>
    public float UnknownAbove { get; init; } = float.PositiveInfinity;
}
