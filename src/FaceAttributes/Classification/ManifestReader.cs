using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace FaceAttributes.Classification;

/// <summary>Reads a manifest strictly: a key that nobody knows is more likely a misspelt one than a harmless one.</summary>
internal static class ManifestReader
{
    private static readonly string[] Keys =
    [
        "name", "attribute", "model", "sha256", "input", "output", "labels", "temperature", "unknown_below",
        "explanation", "description", "licence", "parameters", "metrics",
    ];

    private static readonly string[] InputKeys = ["name", "height", "width", "channels", "range", "margin"];

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
            Attribute = root.Text("attribute"),
            Model = File(root, folder),
            Input = Input(root.Map("input")),
            Output = Output(root.Map("output")),
            Labels = Labels(root),
            Temperature = (float)root.Number("temperature", above: 0, most: 100, otherwise: 1),
            UnknownBelow = (float)root.Number("unknown_below", least: 0, most: 1, otherwise: 0),
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
