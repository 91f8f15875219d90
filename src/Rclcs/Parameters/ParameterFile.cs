using YamlDotNet.RepresentationModel;

namespace rclcs;

/// <summary>Reads a ROS 2 parameter file: groups down to a node, <c>ros__parameters</c>, groups down to values.</summary>
internal static class ParameterFile
{
    private const string ParametersKey = "ros__parameters";

    /// <summary>Reads all values, in the order of the file.</summary>
    /// <exception cref="RosArgumentsException">The file is missing, or is no parameter file.</exception>
    public static IReadOnlyList<ParameterOverride> Read(string path)
    {
        try
        {
            using var reader = File.OpenText(path);
            return Read(reader, path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RosArgumentsException($"The parameter file {path} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Reads all values.</summary>
    /// <param name="text">The file.</param>
    /// <param name="path">Its name, for exceptions.</param>
    internal static IReadOnlyList<ParameterOverride> Read(TextReader text, string path)
    {
        var overrides = new List<ParameterOverride>();
        foreach (var document in ParameterYaml.Load(text, path).Documents)
            ReadNodes(document.RootNode, "", path, overrides);

        return overrides;
    }

    private static void ReadNodes(YamlNode node, string name, string path, List<ParameterOverride> overrides)
    {
        if (node is not YamlMappingNode mapping)
        {
            throw new RosArgumentsException(
                $"{Place(path, node)}, stands outside of any node's {ParametersKey}: "
                + $"write it as 'node_name: {{{ParametersKey}: {{name: value}}}}'.");
        }

        foreach (var (key, value) in mapping.Children)
        {
            var part = Key(key, path);
            if (part == ParametersKey)
                ReadParameters(value, new NodePattern(name), "", path, overrides);
            else
                ReadNodes(value, $"{name}/{part}", path, overrides);
        }
    }

    private static void ReadParameters(
        YamlNode node, NodePattern pattern, string name, string path, List<ParameterOverride> overrides)
    {
        if (node is not YamlMappingNode mapping)
        {
            var place = Place(path, node);
            if (name.Length == 0)
                throw new RosArgumentsException($"{place}: {ParametersKey} of {pattern.Text} holds no 'name: value'.");

            overrides.Add(new ParameterOverride(pattern, name, ParameterYaml.ParseValue(node, place), place));
            return;
        }

        foreach (var (key, value) in mapping.Children)
        {
            var part = Key(key, path);
            ReadParameters(value, pattern, name.Length == 0 ? part : $"{name}.{part}", path, overrides);
        }
    }

    private static string Key(YamlNode key, string path) => key is YamlScalarNode { Value: { Length: > 0 } text }
        ? text
        : throw new RosArgumentsException($"{Place(path, key)}: a name is not a text.");

    private static string Place(string path, YamlNode node) => $"{path}, line {node.Start.Line}";
}
