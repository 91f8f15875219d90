namespace rclcs.Generator.Parsing;

/// <summary>A constant or default value, known to fit its type.</summary>
/// <param name="Type">Type of the value; never a message.</param>
/// <param name="Content">A bool, a decimal (for every integer), a double or a string.</param>
internal sealed record Value(BaseType Type, object Content);
