using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Vision.Inference;

/// <summary>
/// What the code knows of a network: a YAML file beside the ONNX file. Each kind of network adds what it needs in a
/// record of its own; the image is prepared as it was in training, because both read it here.
/// </summary>
/// <remarks>Read strictly: a key that nobody knows is more likely misspelt than harmless.</remarks>
public abstract record ModelManifest
{
    private static readonly string[] CommonKeys =
        ["name", "kind", "model", "sha256", "input"];

    // What people read; the code does not.
    private static readonly string[] DocumentationKeys = ["description", "licence", "origin", "parameters", "metrics"];

    private static readonly string[] InputKeys = ["name", "height", "width", "channels", "range"];

    /// <summary>Reads what all manifests have.</summary>
    /// <param name="path">The YAML file.</param>
    /// <param name="kind">What the manifest must say its kind is.</param>
    /// <param name="keys">What this kind has besides.</param>
    /// <param name="inputKeys">What its input has besides.</param>
    /// <param name="root">Becomes the whole manifest, for what this kind has besides.</param>
    /// <exception cref="ModelException">The file is missing, or not exactly as it should be.</exception>
    protected ModelManifest(string path, string kind, string[] keys, string[] inputKeys, out YamlMap root)
    {
        root = Parse(path);
        Name = root.Text("name");
        if (root.Text("kind") != kind)
            throw root.Wrong("kind", $"is '{root.Text("kind")}', but here a model of the kind '{kind}' is needed");
        root.AllowOnly([.. CommonKeys, .. keys, .. DocumentationKeys]);
        Folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Model = File(root);
        Input = ReadInput(root.Map("input"), inputKeys);
    }

    /// <summary>The model's name.</summary>
    public string Name { get; init; }

    /// <summary>The ONNX file.</summary>
    public ModelFile Model { get; init; }

    /// <summary>The image that the network takes.</summary>
    public ModelInput Input { get; init; }

    private string Folder { get; }

    /// <summary>The file beside the manifest that a mapping names, with its checksum.</summary>
    /// <exception cref="ModelException">The mapping does not name one.</exception>
    protected ModelFile File(YamlMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        var name = map.Text("model");
        if (name != Path.GetFileName(name))
            throw map.Wrong("model", "must be the name of a file beside the manifest, without a folder");
        var sha256 = map.Text("sha256");
        if (sha256.Length != 64 || !sha256.All(char.IsAsciiHexDigit))
            throw map.Wrong("sha256", "must be 64 hex digits, as sha256sum prints them");
        return new ModelFile(Path.Combine(Folder, name), sha256.ToLowerInvariant());
    }

    private static ModelInput ReadInput(YamlMap map, string[] keys)
    {
        map.AllowOnly([.. InputKeys, .. keys]);
        var range = map.Numbers("range", count: 2);
        if (range[0] >= range[1])
            throw map.Wrong("range", "must rise, from the value of black to that of white");
        return new ModelInput(
            map.Text("name"),
            (int)map.Number("height", least: 1, most: 1024, whole: true),
            (int)map.Number("width", least: 1, most: 1024, whole: true),
            map.Choice("channels", ("gray", ChannelOrder.Gray), ("rgb", ChannelOrder.Rgb), ("bgr", ChannelOrder.Bgr)),
            (float)range[0],
            (float)range[1]);
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
}
