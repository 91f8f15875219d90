using System.Text;
using YamlDotNet.Core.Events;

namespace rclcs;

/// <summary>
/// Reads a ROS 2 parameter file: groups down to a node, <c>ros__parameters</c>, groups down to values. Names and values
/// are those that rcl_yaml_param_parser reads; of a name that comes twice the last value counts. What rcl refuses, and
/// that of which it would make something that nobody wrote, is refused.
/// </summary>
internal sealed class ParameterFile
{
    private const string ParametersKey = "ros__parameters";

    // Far more than anybody writes, and far less than a stack holds.
    private const int MaxDepth = 1000;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ParameterYaml _yaml;
    private readonly List<ParameterOverride> _overrides = [];
    private readonly HashSet<(string Node, string Name)> _names = [];
    private readonly KeyPath _node = new('/');
    private readonly KeyPath _group = new('.');
    private int _depth;

    private readonly ParameterOverride.GivenFile _file;

    private ParameterFile(string text, string path) => (_yaml, _file) = (ParameterYaml.OfFile(text, path), new ParameterOverride.GivenFile(path));

    /// <summary>Reads all values, in the order of the file.</summary>
    /// <exception cref="RosArgumentsException">The file is missing, or is no parameter file.</exception>
    public static IReadOnlyList<ParameterOverride> Read(string path)
    {
        try
        {
            using var reader = new StreamReader(path, StrictUtf8);
            return Read(reader, path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new RosArgumentsException(
                exception is DecoderFallbackException
                    ? $"The parameter file {path} is not UTF-8: {exception.Message}"
                    : $"The parameter file {path} cannot be read: {exception.Message}",
                exception);
        }
    }

    /// <summary>Reads all values.</summary>
    /// <param name="text">The file.</param>
    /// <param name="path">Its name, for exceptions.</param>
    internal static IReadOnlyList<ParameterOverride> Read(TextReader text, string path)
    {
        var file = new ParameterFile(text.ReadToEnd(), path);
        while (!file._yaml.IsAtEnd)
            file.TakeNodes();

        return file._overrides;
    }

    /// <summary>A mapping from parts of nodes' names to such mappings, or from <see cref="ParametersKey"/> to parameters.</summary>
    private void TakeNodes()
    {
        var isBlock = EnterMapping(
            $"stands outside of any node's {ParametersKey}: write it as 'node_name: {{{ParametersKey}: {{name: value}}}}'.");
        while (_yaml.Next is not MappingEnd)
        {
            var (key, place) = TakeKey(isBlock);
            if (!key.StartsWith(ParametersKey, StringComparison.Ordinal)) // Whatever follows, as in rcl.
            {
                _node.Add(key);
                TakeNodes();
                continue;
            }

            TakeParameters(place);
            if (_yaml.Next is not MappingEnd)
            {
                throw new RosArgumentsException(
                    $"{_yaml.PlaceOf(_yaml.Next)}: behind {ParametersKey} no more nodes can follow on its level: write them in front of it.");
            }
        }

        // As rcl counts: the name of a node with parameters is gone already.
        if (_depth == _node.Count + 1)
            _node.RemoveLast();

        LeaveMapping();
    }

    private void TakeParameters(string place)
    {
        if (_node.Count == 0)
            throw new RosArgumentsException($"{place}: in front of {ParametersKey} there is no name of a node: write it as 'node_name: {{{ParametersKey}: {{name: value}}}}'.");

        var node = _node.Text;
        CheckNode(node, place);
        _node.RemoveLast();
        var isBlock = EnterMapping($": {ParametersKey} of {new NodePattern(node).Text} holds no 'name: value'.");
        TakeGroup(node, isBlock);
        LeaveMapping();
    }

    /// <summary>What stands in a mapping of parameters, which has been entered.</summary>
    private void TakeGroup(string node, bool isBlock)
    {
        while (_yaml.Next is not MappingEnd)
        {
            var (key, place) = TakeKey(isBlock);
            var name = _group.Count == 0 ? key : $"{_group.Text}.{key}";
            if (_yaml.Next is not MappingStart)
            {
                _names.Add((node, name));
                _overrides.Add(new ParameterOverride(new NodePattern(node), name, _yaml.TakeValue(), place) { File = _file });
                continue;
            }

            if (_names.Contains((node, name)))
            {
                throw new RosArgumentsException(
                    $"{place}: '{name}' has a value already, which rcl forgets when it becomes a group: write the value behind the group.");
            }

            var isBlockGroup = EnterMapping("");
            if (_yaml.Next is MappingEnd)
                throw new RosArgumentsException($"{place}: the group '{name}' is empty: take it out.");

            _group.Replace(name);
            TakeGroup(node, isBlockGroup);
            _group.RemoveLast();
            LeaveMapping();
        }
    }

    private (string Key, string Place) TakeKey(bool isBlock)
    {
        var place = _yaml.PlaceOf(_yaml.Next);
        if (isBlock && _yaml.IsBehindTab(_yaml.Next))
            throw new RosArgumentsException($"{place}: a tab stands in front of a name: indent it by spaces.");

        return (_yaml.TakeName("a name"), place);
    }

    /// <summary>Goes into a mapping, or throws.</summary>
    /// <param name="otherwise">What to say where there is none.</param>
    /// <returns>Whether its indentation shows where it ends, and not braces.</returns>
    private bool EnterMapping(string otherwise)
    {
        var start = _yaml.Next;
        var place = _yaml.PlaceOf(start);
        if (start is not MappingStart mapping)
            throw new RosArgumentsException(otherwise.StartsWith(':') ? place + otherwise : $"{place}, {otherwise}");

        if (++_depth > MaxDepth)
            throw new RosArgumentsException($"{place}: groups stand in each other deeper than {MaxDepth} levels.");

        _yaml.Take();
        return mapping.Style != MappingStyle.Flow;
    }

    private void LeaveMapping()
    {
        _yaml.Take();
        _depth--;
    }

    /// <summary>Checks the name of a node, in which * and ** may stand for whole parts.</summary>
    private static void CheckNode(string node, string place)
    {
        try
        {
            var parts = (node.StartsWith('/') ? node[1..] : node).Split('/');
            foreach (var part in parts)
            {
                if (part is not ("*" or "**"))
                    NameRules.CheckNodeName(part);
            }
        }
        catch (InvalidNameException exception)
        {
            throw new RosArgumentsException(
                $"{place}: '{node}' names no node: {exception.Message} Only * and ** may stand for a part, or for any number of them.",
                exception);
        }
    }

    /// <summary>Keys that have been gone down, joined as rcl does: where it removes one, it cuts at the last separator.</summary>
    private sealed class KeyPath(char separator)
    {
        public string Text { get; private set; } = "";

        public int Count { get; private set; }

        public void Add(string key) => Replace(Count == 0 ? key : Text.EndsWith(separator) ? Text + key : $"{Text}{separator}{key}");

        public void Replace(string text) => (Text, Count) = (text, Count + 1);

        public void RemoveLast()
        {
            if (Count == 0)
                return;

            var end = Text.LastIndexOf(separator);
            Text = --Count == 0 ? "" : end < 0 ? Text : Text[..end];
        }
    }
}
