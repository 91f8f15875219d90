using Microsoft.CodeAnalysis;

namespace rclcs.Generator;

/// <summary>The compiler errors that an interface file can bring about.</summary>
internal static class Rules
{
    public static readonly DiagnosticDescriptor BadLine = Rule(
        "RCLCS0001",
        "The line is neither a field nor a constant",
        "'{0}' is neither a field ('type name [default]') nor a constant ('type NAME=value'){1}");

    public static readonly DiagnosticDescriptor BadType = Rule(
        "RCLCS0002",
        "Malformed type",
        "'{0}' is not a type: {1}");

    public static readonly DiagnosticDescriptor UnknownMessage = Rule(
        "RCLCS0003",
        "Unknown message type",
        "The message type '{0}' is neither among the project's .msg files nor in an assembly that it refers to{1}");

    public static readonly DiagnosticDescriptor BadName = Rule(
        "RCLCS0004",
        "Name that ROS does not allow",
        "'{0}' is not a {1} name: {2}");

    public static readonly DiagnosticDescriptor BadConstantType = Rule(
        "RCLCS0005",
        "Type that a constant cannot have",
        "The constant '{0}' has the type '{1}', but only single numbers, bools and unbounded strings can be constants");

    public static readonly DiagnosticDescriptor DuplicateName = Rule(
        "RCLCS0006",
        "Name used twice",
        "'{0}' is already the name of another {1} of this message");

    public static readonly DiagnosticDescriptor BadValue = Rule(
        "RCLCS0007",
        "Value that does not fit the type",
        "'{0}' is not a value of type '{1}': {2}");

    public static readonly DiagnosticDescriptor Recursion = Rule(
        "RCLCS0008",
        "Message that contains itself",
        "The message '{0}' contains itself through '{1}'");

    public static readonly DiagnosticDescriptor BadFileName = Rule(
        "RCLCS0009",
        "File or package name that ROS does not allow",
        "'{0}' is not a {1} name: {2}");

    public static readonly DiagnosticDescriptor DuplicateType = Rule(
        "RCLCS0010",
        "Type defined by two files",
        "'{0}' is already defined by '{1}'");

    public static readonly DiagnosticDescriptor BadSeparator = Rule(
        "RCLCS0011",
        "Request and response are not told apart",
        "One line '---' of its own separates the request of a service from its response, but {0}");

    private static DiagnosticDescriptor Rule(string id, string title, string sentence) =>
        new(id, title, sentence, "rclcs", DiagnosticSeverity.Error, isEnabledByDefault: true);
}
