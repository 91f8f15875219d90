using Vision.Inference;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace FaceAttributes.Classification;

/// <summary>Reads a manifest strictly: a key that nobody knows is more likely a misspelt one than a harmless one.</summary>
internal static class ManifestReader
{
    /// <summary>No attribute of a face is further from 0, and squares of these still fit a float.</summary>
    private const int MostValue = 1_000_000;

    private static readonly string[] Keys =
    [
        "name", "model", "sha256", "input", "heads", "explanation", "description", "licence", "parameters", "metrics",
    ];

    private static readonly string[] InputKeys = ["name", "height", "width", "channels", "range", "margin"];

    private static readonly string[] HeadKeys =
        ["attribute", "output", "labels", "values", "temperature", "unknown_below", "unknown_above"];

    private static readonly string[] OutputKeys = ["name", "kind"];

    private static readonly string[] ExplanationKeys = ["model", "sha256"];

    public static ModelManifest Read(string path)
    {
        var root = Parse(path);
        root.AllowOnly(Keys);
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return new ModelManifest
        {
            Name = root.Text("name"),
            Model = File(root, folder),
            Input = Input(root.Map("input")),
            Heads = Heads(root),
            Explanation = root.Has("explanation") ? Explanation(root.Map("explanation"), folder) : null,
        };
    }

    private static YamlMap Parse(string path)
    {
        try
        {
            using var reader = System.IO.File.OpenText(path);
            var yaml = new YamlStream();
            yaml.Load(reader);
            return yaml.Documents is [{ RootNode: YamlMappingNode root }]
                ? new YamlMap(path, "manifest", root)
                : throw new ModelException($"{path} is no manifest; it must be one YAML document of keys and values.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"Manifest {path} cannot be read; name an existing manifest.", e);
        }
        catch (YamlException e)
        {
            throw new ModelException($"{path}:{e.Start.Line}: not valid YAML ({e.Message}); correct it.", e);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // What YamlDotNet throws at some brackets that never close and at some odd keys.
            throw new ModelException($"{path} is not valid YAML ({e.Message}); correct it.", e);
        }
    }

    private static ModelInput Input(YamlMap map)
    {
        map.AllowOnly(InputKeys);
        var range = map.Numbers("range", count: 2);
        if (range[0] >= range[1])
            throw map.Wrong("range", "must rise, from the value of black to that of white");
        return new ModelInput(
            map.Text("name"),
            (int)map.Number("height", least: 1, most: 1024, whole: true),
            (int)map.Number("width", least: 1, most: 1024, whole: true),
            map.Choice("channels", ("gray", ChannelOrder.Gray), ("rgb", ChannelOrder.Rgb), ("bgr", ChannelOrder.Bgr)),
            (float)range[0],
            (float)range[1],
            map.Number("margin", above: -0.5, most: 2));
    }

    private static List<ModelHead> Heads(YamlMap root)
    {
        var heads = new List<ModelHead>();
        foreach (var map in root.Maps("heads", "head"))
        {
            var head = Head(map);
            if (heads.Any(other => other.Attribute == head.Attribute))
                throw map.Wrong("attribute", $"is '{head.Attribute}' as in a head before; each must estimate another");
            if (heads.Any(other => other.Output.Name == head.Output.Name))
                throw map.Wrong("output", $"is '{head.Output.Name}' as in a head before; each must have its own");
            heads.Add(head);
        }

        return heads.Count > 0 ? heads : throw root.Wrong("heads", "must hold at least one head");
    }

    private static ModelHead Head(YamlMap map)
    {
        map.AllowOnly(HeadKeys);
        var labels = Labels(map);
        var values = map.Has("values") ? Values(map, labels.Length) : null;
        if (values is not null && map.Has("unknown_below"))
            throw map.Wrong("unknown_below", "is for labels without values; a head with values has unknown_above");
        if (values is null && map.Has("unknown_above"))
            throw map.Wrong("unknown_above", "is for labels with values; a head without values has unknown_below");
        return new ModelHead
        {
            Attribute = map.Text("attribute"),
            Output = Output(map.Map("output")),
            Labels = labels,
            Values = values,
            Temperature = (float)map.Number("temperature", above: 0, most: 100, otherwise: 1),
            UnknownBelow = (float)map.Number("unknown_below", least: 0, most: 1, otherwise: 0),
            UnknownAbove = (float)map.Number("unknown_above", above: 0, most: MostValue, otherwise: double.PositiveInfinity),
        };
    }

    private static ModelOutput Output(YamlMap map)
    {
        map.AllowOnly(OutputKeys);
        return new ModelOutput(
            map.Text("name"),
            map.Choice("kind", ("probabilities", OutputKind.Probabilities), ("logits", OutputKind.Logits)));
    }

    private static string[] Labels(YamlMap map)
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

    private static float[] Values(YamlMap map, int count)
    {
        float[] values = [.. map.Numbers("values", count).Select(value => (float)value)];
        var rise = Math.Abs(values[0]) <= MostValue && values[^1] <= MostValue;
        for (var i = 1; i < count; i++)
            rise &= values[i] > values[i - 1];
        return rise ? values : throw map.Wrong("values", $"must rise, from one to the next, between -{MostValue} and {MostValue}");
    }

    private static ModelFile Explanation(YamlMap map, string folder)
    {
        map.AllowOnly(ExplanationKeys);
        return File(map, folder);
    }

    private static ModelFile File(YamlMap map, string folder) => new(Path.Combine(folder, FileName(map)), Sha256(map));

    private static string FileName(YamlMap map)
    {
        var name = map.Text("model");
        return name == Path.GetFileName(name)
            ? name
            : throw map.Wrong("model", "must be the name of a file beside the manifest, without a folder");
    }

    private static string Sha256(YamlMap map)
    {
        var sha256 = map.Text("sha256");
        return sha256.Length == 64 && sha256.All(char.IsAsciiHexDigit)
            ? sha256.ToLowerInvariant()
            : throw map.Wrong("sha256", "must be 64 hex digits, as sha256sum prints them");
    }
}
