using System.Diagnostics.CodeAnalysis;

namespace rclcs;

/// <summary>
/// ROS 2's rules for names, as rcl and rmw check them (rcl_validate_topic_name, rmw_validate_full_topic_name,
/// rmw_validate_namespace, rmw_validate_node_name).
/// </summary>
internal static class NameRules
{
    public const string TopicName = "topic name";
    public const string ServiceName = "service name";

    private const int MaxNodeNameLength = 255;

    // What DDS allows, less the longest prefix.
    private const int MaxTopicLength = 247;
    private const int MaxNamespaceLength = 245;

    /// <summary>Checks a node name.</summary>
    /// <exception cref="InvalidNameException">It breaks a rule.</exception>
    public static void CheckNodeName(string name)
    {
        const string What = "node name";
        if (name.Length == 0)
            Fail(What, name, "it is empty");

        if (name.Any(c => !IsWordCharacter(c)))
            Fail(What, name, "it may contain only letters, digits and underscores");

        if (char.IsAsciiDigit(name[0]))
            Fail(What, name, "it starts with a digit");

        CheckLength(What, name, MaxNodeNameLength);
    }

    /// <summary>Checks a complete namespace.</summary>
    /// <exception cref="InvalidNameException">It breaks a rule.</exception>
    public static void CheckNamespace(string nodeNamespace) => CheckNamespace("namespace", nodeNamespace);

    /// <summary>Checks the name of a security enclave, for which the rules of namespaces hold.</summary>
    /// <exception cref="InvalidNameException">It breaks a rule.</exception>
    public static void CheckEnclave(string enclave) => CheckNamespace("enclave", enclave);

    /// <summary>Whether a complete topic name keeps all rules, see <see cref="CheckExpandedTopic"/>.</summary>
    public static bool IsExpandedTopic(string topic)
    {
        try
        {
            CheckExpandedTopic(topic);
            return true;
        }
        catch (InvalidNameException)
        {
            return false;
        }
    }

    /// <summary>Checks a complete topic name, after expansion.</summary>
    /// <param name="topic">The name.</param>
    /// <param name="what">What it is, for the exception: the rules are those of service names too.</param>
    /// <exception cref="InvalidNameException">It breaks a rule.</exception>
    public static void CheckExpandedTopic(string topic, string what = TopicName)
    {
        CheckAbsolute(what, topic);
        CheckLength(what, topic, MaxTopicLength);
    }

    /// <summary>Checks a topic name as users write it: relative, absolute, private, with substitutions.</summary>
    /// <param name="topic">The name.</param>
    /// <param name="what">What it is, for the exception: the rules are those of service names too.</param>
    /// <exception cref="InvalidNameException">It breaks a rule.</exception>
    public static void CheckTopic(string topic, string what = TopicName)
    {
        if (topic.Length == 0)
            Fail(what, topic, "it is empty");

        if (topic.Any(c => !IsWordCharacter(c) && c is not ('/' or '~' or '{' or '}')))
            Fail(what, topic, "it may contain only letters, digits, '_', '/', '~', '{' and '}'");

        if (topic.EndsWith('/'))
            Fail(what, topic, "it ends with '/'");

        if (topic.LastIndexOf('~') > 0)
            Fail(what, topic, "'~' stands elsewhere than in front");

        if (topic.Length > 1 && topic[0] == '~' && topic[1] != '/')
            Fail(what, topic, "'~' is not followed by '/'");

        CheckSubstitutions(what, topic);
        CheckTokens(what, topic);
    }

    [DoesNotReturn]
    internal static void Fail(string what, string name, string reason) =>
        throw new InvalidNameException($"The {what} '{name}' is invalid: {reason}.");

    private static void CheckNamespace(string what, string name)
    {
        if (name == "/")
            return;

        CheckAbsolute(what, name);
        CheckLength(what, name, MaxNamespaceLength);
    }

    private static void CheckAbsolute(string what, string name)
    {
        if (name.Length == 0)
            Fail(what, name, "it is empty");

        if (name[0] != '/')
            Fail(what, name, "it does not start with '/'");

        if (name.EndsWith('/'))
            Fail(what, name, "it ends with '/'");

        if (name.Any(c => !IsWordCharacter(c) && c != '/'))
            Fail(what, name, "it may contain only letters, digits, '_' and '/'");

        CheckTokens(what, name);
    }

    private static void CheckTokens(string what, string name)
    {
        if (name.Contains("//", StringComparison.Ordinal))
            Fail(what, name, "it contains '//'");

        foreach (var token in name.Split('/'))
        {
            if (token.Length > 0 && char.IsAsciiDigit(token[0]))
                Fail(what, name, $"'{token}' starts with a digit");
        }
    }

    private static void CheckSubstitutions(string what, string name)
    {
        var open = -1;
        for (var i = 0; i < name.Length; i++)
        {
            if (name[i] == '{')
            {
                if (open >= 0)
                    Fail(what, name, "'{' stands within '{…}'");

                open = i;
            }
            else if (name[i] == '}')
            {
                if (open < 0)
                    Fail(what, name, "a '}' has no '{'");

                var key = name[(open + 1)..i];
                if (key.Length == 0 || char.IsAsciiDigit(key[0]) || key.Any(c => !IsWordCharacter(c)))
                    Fail(what, name, $"'{{{key}}}' is no substitution");

                open = -1;
            }
        }

        if (open >= 0)
            Fail(what, name, "a '{' has no '}'");
    }

    private static void CheckLength(string what, string name, int maxLength)
    {
        if (name.Length > maxLength)
            Fail(what, name, $"it has {name.Length} characters, and at most {maxLength} are allowed");
    }

    private static bool IsWordCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';
}

/// <summary>A name of a node, namespace, topic or parameter breaks ROS 2's rules.</summary>
public sealed class InvalidNameException : RuntimeError
{
    /// <summary>Creates the exception without a reason.</summary>
    public InvalidNameException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which name breaks which rule, in one sentence.</param>
    public InvalidNameException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which name breaks which rule, in one sentence.</param>
    /// <param name="innerException">What led to it.</param>
    public InvalidNameException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
