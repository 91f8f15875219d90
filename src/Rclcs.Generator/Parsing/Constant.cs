namespace rclcs.Generator.Parsing;

/// <summary>A constant of a message.</summary>
/// <param name="Name">Its ROS name.</param>
/// <param name="Type">Its type: one primitive value or string.</param>
/// <param name="Value">Its value.</param>
/// <param name="Comment">What the file says about it.</param>
internal sealed record Constant(string Name, BaseType Type, Value Value, string Comment);
