namespace rclcs;

/// <summary>What a parameter is for and which values it allows (rcl_interfaces/msg/ParameterDescriptor).</summary>
public sealed record ParameterDescriptor
{
    /// <summary>What it is for, with its unit.</summary>
    public string Description { get; init; } = "";

    /// <summary>Conditions that no range expresses, in words.</summary>
    public string AdditionalConstraints { get; init; } = "";

    /// <summary>Whether it keeps the value it is declared with.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Which integers it allows, for an integer or each of an array; null for all.</summary>
    public IntegerRange? IntegerRange { get; init; }

    /// <summary>Which numbers it allows, for a double or each of an array; null for all.</summary>
    public FloatingPointRange? FloatingPointRange { get; init; }

    /// <summary>
    /// Which texts it allows, for a string or each of an array; null for all. Copied. The message has no such field.
    /// </summary>
    public IReadOnlyList<string>? AllowedStrings
    {
        get;
        init => field = value is null ? null : [.. value];
    }
}
