namespace rclcs;

/// <summary>A parameter's name and value.</summary>
/// <param name="Name">Name, with dots between groups.</param>
/// <param name="Value">Value.</param>
public sealed record Parameter(string Name, ParameterValue Value);
