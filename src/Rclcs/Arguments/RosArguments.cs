namespace rclcs;

/// <summary>
/// The command line of a ROS 2 program: what stands between <c>--ros-args</c> and <c>--</c> is for this library, the
/// rest for the program ("Passing ROS arguments to nodes via the command-line").
/// </summary>
internal sealed class RosArguments
{
    private readonly List<string> _others = [];
    private readonly List<RemapRule> _remapRules = [];
    private readonly List<ParameterOverride> _overrides = [];
    private readonly Dictionary<string, LogLevel> _logLevels = new(StringComparer.Ordinal);

    /// <summary>What is not for this library.</summary>
    public IReadOnlyList<string> Others => _others;

    /// <summary>
    /// Values for parameters; later ones win. As in rcl, those for the same nodes stand together where the first one stood.
    /// </summary>
    public IReadOnlyList<ParameterOverride> ParameterOverrides =>
        [.. _overrides.GroupBy(value => value.Node.Text).SelectMany(values => values)];

    /// <summary>Whether the console shows the log.</summary>
    public bool LogsToConsole { get; private set; } = true;

    /// <summary>Whether the log is published on <c>/rosout</c>.</summary>
    public bool LogsToRosout { get; private set; } = true;

    /// <summary>Whether the log goes to a file.</summary>
    public bool LogsToFile { get; private set; } = true;

    /// <summary>The first part of the log file's name, or null.</summary>
    public string? LogFileName { get; private set; }

    /// <summary>Whether a file with settings for the log was given, which this library has no use for.</summary>
    public bool HasLogConfigFile { get; private set; }

    /// <summary>Name of the security enclave.</summary>
    public string Enclave { get; private set; } = "/";

    /// <summary>Reads a command line.</summary>
    /// <param name="args">The arguments without the name of the program.</param>
    /// <exception cref="RosArgumentsException">One of ROS's arguments is wrong.</exception>
    public static RosArguments Parse(IEnumerable<string> args)
    {
        var result = new RosArguments();
        var isRos = false;
        using var words = args.GetEnumerator();
        while (words.MoveNext())
        {
            var word = words.Current;
            if (word == "--ros-args")
                isRos = true;
            else if (!isRos)
                result._others.Add(word);
            else if (word == "--")
                isRos = false;
            else
                result.ParseOne(word, words);
        }

        return result;
    }

    /// <summary>The level that a logger gets, or null; the one without name is the root of all.</summary>
    public LogLevel? FindLogLevel(string logger) => _logLevels.TryGetValue(logger, out var level) ? level : null;

    /// <summary>The name and namespace that a node gets.</summary>
    public NodeNameAndNamespace RemapNode(NodeNameAndNamespace node)
    {
        // As rcl_node_init: a rule for the namespace of one node means the name that the node has got.
        var name = FindRule(RemapKind.NodeName, node.Name)?.To ?? node.Name;
        return new(name, FindRule(RemapKind.Namespace, name)?.To ?? node.Namespace);
    }

    /// <summary>The name that a topic gets: the first rule whose name expands to the same one decides.</summary>
    /// <param name="topic">Complete name.</param>
    /// <param name="node">The node that uses it.</param>
    public string RemapTopic(string topic, NodeNameAndNamespace node) => Remap(RemapKind.Topic, topic, node);

    /// <summary>The same for a service.</summary>
    /// <param name="service">Complete name.</param>
    /// <param name="node">The node that uses it.</param>
    public string RemapService(string service, NodeNameAndNamespace node) => Remap(RemapKind.Service, service, node);

    private static string TakeValue(string option, IEnumerator<string> words) => words.MoveNext()
        ? words.Current
        : throw new RosArgumentsException($"The ROS argument '{option}' has no value.");

    private static bool IsEnabled(string option) => option.StartsWith("--enable", StringComparison.Ordinal);

    private static string ParseEnclave(string enclave)
    {
        try
        {
            NameRules.CheckEnclave(enclave);
            return enclave;
        }
        catch (InvalidNameException exception)
        {
            throw new RosArgumentsException(exception.Message, exception);
        }
    }

    private static LogLevel ParseLevel(string argument, string level) =>
        Enum.TryParse<LogLevel>(level, ignoreCase: true, out var result) && Enum.IsDefined(result)
            && !char.IsAsciiDigit(level[0])
            ? result
            : throw new RosArgumentsException(
                $"The log level '{argument}' is unknown: there are debug, info, warn, error and fatal.");

    private string Remap(RemapKind kind, string name, NodeNameAndNamespace node)
    {
        foreach (var rule in _remapRules)
        {
            if ((rule.Kind == RemapKind.TopicOrService || rule.Kind == kind)
                && (rule.Node is null || rule.Node == node.Name)
                && NameExpansion.ExpandTopic(rule.From, node) == name)
            {
                return NameExpansion.ExpandTopic(rule.To, node);
            }
        }

        return name;
    }

    private RemapRule? FindRule(RemapKind kind, string nodeName) =>
        _remapRules.Find(rule => rule.Kind == kind && (rule.Node is null || rule.Node == nodeName));

    private void ParseOne(string word, IEnumerator<string> words)
    {
        switch (word)
        {
            case "-r" or "--remap":
                _remapRules.Add(RemapRule.Parse(TakeValue(word, words)));
                break;
            case "-p" or "--param":
                _overrides.Add(ParameterOverride.Parse(TakeValue(word, words)));
                break;
            case "--params-file":
                _overrides.AddRange(ParameterFile.Read(TakeValue(word, words)));
                break;
            case "--log-level":
                ParseLogLevel(TakeValue(word, words));
                break;
            case "--log-file-name":
                LogFileName = TakeValue(word, words) is { Length: > 0 } name ? name : null;
                break;
            case "--log-config-file":
                TakeValue(word, words);
                HasLogConfigFile = true;
                break;
            case "-e" or "--enclave":
                Enclave = ParseEnclave(TakeValue(word, words));
                break;
            case "--enable-stdout-logs" or "--disable-stdout-logs":
                LogsToConsole = IsEnabled(word);
                break;
            case "--enable-rosout-logs" or "--disable-rosout-logs":
                LogsToRosout = IsEnabled(word);
                break;
            case "--enable-external-lib-logs" or "--disable-external-lib-logs":
                LogsToFile = IsEnabled(word);
                break;
            default:
                throw new RosArgumentsException(
                    $"The ROS argument '{word}' is unknown: there are -r, -p, --params-file, --log-level, --enclave and "
                    + "switches for logs; arguments of the program itself come before --ros-args or after '--'.");
        }
    }

    private void ParseLogLevel(string text)
    {
        var at = text.IndexOf(":=", StringComparison.Ordinal);
        var (logger, level) = at < 0 ? ("", text) : (text[..at], text[(at + 2)..]);
        _logLevels[logger] = ParseLevel(text, level);
    }
}

/// <summary>Something between <c>--ros-args</c> and <c>--</c>, or in a parameter file named there, is wrong.</summary>
public sealed class RosArgumentsException : RuntimeError
{
    /// <summary>Creates the exception without a reason.</summary>
    public RosArgumentsException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which argument is wrong and how, in one sentence.</param>
    public RosArgumentsException(string message)
        : base(OnOneLine(message))
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which argument is wrong and how, in one sentence.</param>
    /// <param name="innerException">What led to it.</param>
    public RosArgumentsException(string message, Exception innerException)
        : base(OnOneLine(message), innerException)
    {
    }

    // What arguments and files hold may end lines.
    private static string OnOneLine(string message) =>
        string.Concat(message.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c));
}
