using System.Text;

namespace rclcs;

/// <summary>Makes complete names of the names that users write (rcl_expand_topic_name).</summary>
internal static class NameExpansion
{
    /// <summary>Expands a topic name in the place of a node.</summary>
    /// <param name="topic">Absolute, relative or private (<c>~/x</c>), maybe with <c>{node}</c>, <c>{ns}</c>, <c>{namespace}</c>.</param>
    /// <param name="node">The node.</param>
    /// <param name="what">What it is, for the exception: a service name is expanded in the same way.</param>
    /// <exception cref="InvalidNameException">The name, or what it becomes, breaks a rule.</exception>
    public static string ExpandTopic(string topic, NodeNameAndNamespace node, string what = NameRules.TopicName)
    {
        NameRules.CheckTopic(topic, what);
        var expanded = topic[0] == '~' ? node.FullyQualifiedName + topic[1..] : topic;
        expanded = Substitute(expanded, node, what);
        if (!expanded.StartsWith('/'))
            expanded = Join(node.Namespace, expanded);

        NameRules.CheckExpandedTopic(expanded, what);
        return expanded;
    }

    /// <summary>A complete namespace: a leading slash is added, the empty one is the root.</summary>
    /// <exception cref="InvalidNameException">It breaks a rule.</exception>
    public static string ExpandNamespace(string nodeNamespace)
    {
        var expanded = nodeNamespace.StartsWith('/') ? nodeNamespace : "/" + nodeNamespace;
        NameRules.CheckNamespace(expanded);
        return expanded;
    }

    private static string Join(string nodeNamespace, string name) =>
        nodeNamespace == "/" ? $"/{name}" : $"{nodeNamespace}/{name}";

    private static string Substitute(string name, NodeNameAndNamespace node, string what)
    {
        if (!name.Contains('{', StringComparison.Ordinal))
            return name;

        var text = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            if (name[i] != '{')
            {
                text.Append(name[i]);
                continue;
            }

            var end = name.IndexOf('}', i);
            var key = name[(i + 1)..end];
            i = end;
            switch (key)
            {
                case "node":
                    text.Append(node.Name);
                    break;
                case "ns" or "namespace":
                    text.Append(node.Namespace == "/" ? "" : node.Namespace);
                    break;
                default:
                    NameRules.Fail(what, name, $"'{{{key}}}' is unknown: there are {{node}}, {{ns}} and {{namespace}}");
                    break;
            }
        }

        return text.ToString();
    }
}
