using System.Globalization;
using rclcs;
using rclcs.Tests.Support;

namespace TestSupport;

/// <summary>docs/parameters.md: the tables of the nodes' parameters.</summary>
internal static class ParameterTable
{
    /// <summary>The parameters that are not every node's.</summary>
    public static IEnumerable<string> OwnNames(INode node) => node.Parameters.Names.Except(["use_sim_time", "start_type_description_service"]);

    /// <summary>Fails where a table of docs/parameters.md is another than a node says.</summary>
    /// <param name="name">Of the table.</param>
    /// <param name="node">Has declared its parameters, with their defaults.</param>
    public static void AssertIs(string name, INode node) =>
        DocumentTable.AssertIs("docs/parameters.md", name, ["parameter", "default", "allowed", ""], OwnNames(node).Select(parameter => Row(node, parameter)));

    /// <summary>The same for a program that is more than a node: of a node that has its parameters only, and the name of the table.</summary>
    /// <param name="name">Of table and node.</param>
    /// <param name="declare">Declares the parameters.</param>
    public static void AssertIs(string name, Action<INode> declare)
    {
        using var context = TestDomain.Join();
        using var node = Rclcs.CreateNode(name, context);
        declare(node);
        AssertIs(name, node);
    }

    private static string[] Row(INode node, string name)
    {
        var descriptor = node.Parameters.Describe(name);
        var allowed = descriptor switch
        {
            { AllowedStrings: { } texts } => string.Join(", ", texts.Select(text => $"`{text}`")),
            { IntegerRange: { } range } => $"{range.From} to {range.To}{(range.Step > 1 ? $" in steps of {range.Step}" : "")}",
            { FloatingPointRange: { } range } => string.Create(CultureInfo.InvariantCulture, $"{range.From} to {range.To}"),
            _ => "",
        };
        var value = node.Parameters.Get<ParameterValue>(name);
        var text = value.Type switch
        {
            ParameterType.Bool => value.As<bool>() ? "true" : "false",
            ParameterType.Double => string.Create(CultureInfo.InvariantCulture, $"{value.As<double>():0.0###}"),
            ParameterType.StringArray => $"[{string.Join(", ", value.As<string[]>())}]",
            ParameterType.String => value.As<string>(),
            _ => $"{value.As<long>()}",
        };
        return
        [
            $"`{name}`", text.Length > 0 ? $"`{text}`" : "", allowed,
            $"{descriptor.Description}.{(descriptor.ReadOnly ? " Cannot be changed while the node runs." : "")}",
        ];
    }
}
