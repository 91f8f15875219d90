using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Vision.Inference;

/// <summary>A YAML mapping whose values are read with their type and range, and complain with file and line.</summary>
public sealed class YamlMap(string path, string name, YamlMappingNode node)
{
    /// <summary>Refuses keys that nobody reads.</summary>
    public void AllowOnly(IReadOnlyCollection<string> keys)
    {
        foreach (var key in node.Children.Keys)
        {
            if (!keys.Contains(key.ToString()))
                throw Error(key, $"key '{key}' is unknown in {name}; known are {string.Join(", ", keys)}.");
        }
    }

    /// <summary>An error at a key's line.</summary>
    public ModelException Wrong(string key, string what) => Error(node.Children[key], $"'{key}' {what}.");

    /// <summary>Whether a key is there.</summary>
    public bool Has(string key) => node.Children.ContainsKey(key);

    /// <summary>The mapping under a key.</summary>
    /// <exception cref="ModelException">The key is missing or holds something else; so for all that follow.</exception>
    public YamlMap Map(string key) =>
        Find(key) is YamlMappingNode map ? new YamlMap(path, key, map) : throw Wrong(key, "must hold keys and values");

    /// <summary>The list of mappings under a key.</summary>
    /// <param name="key">Holds a list.</param>
    /// <param name="itemName">What errors call an item of it.</param>
    public YamlMap[] Maps(string key, string itemName) =>
        Find(key) is YamlSequenceNode list && list.All(item => item is YamlMappingNode)
            ? [.. list.Select(item => new YamlMap(path, itemName, (YamlMappingNode)item))]
            : throw Wrong(key, "must be a list whose items hold keys and values");

    /// <summary>The text under a key; not empty.</summary>
    public string Text(string key) =>
        Find(key) is YamlScalarNode { Value: { } text } && !string.IsNullOrWhiteSpace(text)
            ? text
            : throw Wrong(key, "must be a text");

    /// <summary>The list of texts under a key; none is empty.</summary>
    public string[] Texts(string key) =>
        Find(key) is YamlSequenceNode list && list.All(item => item is YamlScalarNode { Value.Length: > 0 })
            ? [.. list.Select(item => ((YamlScalarNode)item).Value!)]
            : throw Wrong(key, "must be a list of texts");

    /// <summary>The value that one of several texts under a key stands for.</summary>
    public T Choice<T>(string key, params ReadOnlySpan<(string Text, T Value)> choices)
    {
        var text = Text(key);
        foreach (var choice in choices)
        {
            if (choice.Text == text)
                return choice.Value;
        }

        var known = string.Empty;
        foreach (var choice in choices)
            known += (known.Length == 0 ? string.Empty : ", ") + choice.Text;
        throw Wrong(key, $"is '{text}'; it must be one of {known}");
    }

    /// <summary>The list of so many finite numbers under a key.</summary>
    public double[] Numbers(string key, int count) =>
        Find(key) is YamlSequenceNode list && list.Children.Count == count && list.All(item => Parse(item) is not null)
            ? [.. list.Select(item => Parse(item)!.Value)]
            : throw Wrong(key, $"must be a list of {count} numbers");

    /// <summary>The finite number under a key, in a range; <paramref name="otherwise"/> where the key may be missing.</summary>
    public double Number(
        string key, double? least = null, double? above = null, double most = double.MaxValue, bool whole = false,
        double? otherwise = null)
    {
        if (otherwise is { } value && !node.Children.ContainsKey(key))
            return value;
        var from = least is { } lower ? string.Create(CultureInfo.InvariantCulture, $"from {lower}")
            : string.Create(CultureInfo.InvariantCulture, $"above {above}");
        return Parse(Find(key)) is { } number && (least is null || number >= least) && (above is null || number > above)
            && number <= most && (!whole || number == Math.Floor(number))
            ? number
            : throw Wrong(key, string.Create(
                CultureInfo.InvariantCulture, $"must be a {(whole ? "whole " : string.Empty)}number {from} to {most}"));
    }

    private static double? Parse(YamlNode item) =>
        item is YamlScalarNode scalar
        && double.TryParse(scalar.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number)
            ? number
            : null;

    private YamlNode Find(string key) =>
        node.Children.TryGetValue(key, out var value)
            ? value
            : throw Error(node, $"key '{key}' is missing in {name}; add it.");

    private ModelException Error(YamlNode at, string sentence) => new($"{path}:{at.Start.Line}: {sentence}");
}
