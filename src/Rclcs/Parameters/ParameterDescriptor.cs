using System.Globalization;

namespace rclcs;

/// <summary>What a parameter is for and which values it allows (rcl_interfaces/msg/ParameterDescriptor).</summary>
public sealed record ParameterDescriptor
{
    /// <summary>Name of the parameter. Declaring fills it in.</summary>
    public string Name { get; init; } = "";

    /// <summary>Type of its value. Declaring fills it in.</summary>
    public ParameterType Type { get; init; }

    /// <summary>What it is for, with its unit.</summary>
    public string Description { get; init; } = "";

    /// <summary>Conditions that no range expresses, in words.</summary>
    public string AdditionalConstraints { get; init; } = "";

    /// <summary>Whether it keeps the value it is declared with.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Whether a new value may be of another type, or none: then the parameter is undeclared.</summary>
    public bool DynamicTyping { get; init; }

    /// <summary>Which integers it allows, for an integer or each of an array; null for all.</summary>
    public IntegerRange? IntegerRange { get; init; }

    /// <summary>Which numbers it allows, for a double or each of an array; null for all.</summary>
    public FloatingPointRange? FloatingPointRange { get; init; }

    /// <summary>
    /// Which texts it allows, for a string or each of an array; null for all. Copied. The message has no such field:
    /// there, they are among the <see cref="AdditionalConstraints"/>.
    /// </summary>
    public IReadOnlyList<string>? AllowedStrings
    {
        get;
        init => field = value is null ? null : [.. value];
    }

    private string AllowedTexts => string.Join(" or ", (AllowedStrings ?? []).Select(text => $"'{text}'"));

    /// <summary>Reads a message, of which nothing is kept.</summary>
    public static ParameterDescriptor FromMessage(rcl_interfaces.msg.ParameterDescriptor message) => new()
    {
        Name = message.Name,
        Type = (ParameterType)message.Type,
        Description = message.Description,
        AdditionalConstraints = message.AdditionalConstraints,
        ReadOnly = message.ReadOnly,
        DynamicTyping = message.DynamicTyping,
        IntegerRange = message.IntegerRange is [var integers, ..]
            ? new IntegerRange(integers.FromValue, integers.ToValue, (long)Math.Min(integers.Step, long.MaxValue))
            : null,
        FloatingPointRange = message.FloatingPointRange is [var numbers, ..]
            ? new FloatingPointRange(numbers.FromValue, numbers.ToValue, numbers.Step)
            : null,
    };

    /// <summary>Makes a message.</summary>
    public rcl_interfaces.msg.ParameterDescriptor ToMessage() => new()
    {
        Name = Name,
        Type = (byte)Type,
        Description = Description,
        AdditionalConstraints =
            string.Join("; ", new[] { AdditionalConstraints, AllowedTexts }.Where(text => text.Length > 0)),
        ReadOnly = ReadOnly,
        DynamicTyping = DynamicTyping,
        IntegerRange = IntegerRange is { } integers
            ? [new() { FromValue = integers.From, ToValue = integers.To, Step = (ulong)Int128.Abs(integers.Step) }]
            : [],
        FloatingPointRange = FloatingPointRange is { } numbers
            ? [new() { FromValue = numbers.From, ToValue = numbers.To, Step = numbers.Step }]
            : [],
    };

    /// <summary>An empty array of a file or a command line may be meant for any type.</summary>
    internal ParameterValue Adapt(ParameterValue value) =>
        !DynamicTyping && value.IsEmptyArray && ParameterValue.EmptyArray(Type) is { } empty ? empty : value;

    /// <summary>Looks at type and ranges.</summary>
    /// <param name="value">A value for the parameter.</param>
    /// <param name="node">The node, for the sentence.</param>
    /// <returns>Why the value is not allowed, or null.</returns>
    internal string? Validate(ParameterValue value, string node)
    {
        if (!DynamicTyping && value.Type != Type)
        {
            var hint = (value.Type, Type) switch
            {
                (ParameterType.Integer, ParameterType.Double) => $": write {value}.0",
                (ParameterType.Integer or ParameterType.Double or ParameterType.Bool, ParameterType.String) => $": write \"{Name}:='{value}'\", with both kinds of quotes",
                _ => "",
            };
            return $"The parameter '{Name}' of {node} is {ParameterValue.NameOf(Type)}, but {value} is "
                + $"{ParameterValue.NameOf(value.Type)}{hint}.";
        }

        var allowed = value.Type switch
        {
            ParameterType.Integer or ParameterType.IntegerArray when IntegerRange is { } range =>
                value.AsMany<long>().All(range.Contains) ? null : range.ToString(),
            ParameterType.Double or ParameterType.DoubleArray when FloatingPointRange is { } range =>
                value.AsMany<double>().All(range.Contains) ? null : range.ToString(),
            ParameterType.String or ParameterType.StringArray when AllowedStrings is { } texts =>
                value.AsMany<string>().All(texts.Contains) ? null : AllowedTexts,
            _ => null,
        };
        return allowed is null ? null : $"The parameter '{Name}' of {node} cannot be {value}: {allowed} is allowed.";
    }
}

/// <summary>Which integers a parameter allows: those from <paramref name="From"/> to <paramref name="To"/>.</summary>
/// <param name="From">The smallest.</param>
/// <param name="To">The largest.</param>
/// <param name="Step">Not 0: only those a multiple of this away from <paramref name="From"/>, and <paramref name="To"/>.</param>
public sealed record IntegerRange(long From, long To, long Step = 0)
{
    /// <summary>Whether the value is allowed.</summary>
    public bool Contains(long value) =>
        value >= From && value <= To && (Step == 0 || value == To || ((Int128)value - From) % Step == 0);

    /// <summary>For sentences.</summary>
    public override string ToString() => Step == 0 ? $"{From} to {To}" : $"{From} to {To} in steps of {Step}";
}

/// <summary>Which numbers a parameter allows: those from <paramref name="From"/> to <paramref name="To"/>.</summary>
/// <param name="From">The smallest.</param>
/// <param name="To">The largest.</param>
/// <param name="Step">Not 0: only those a multiple of this away from <paramref name="From"/>, and <paramref name="To"/>.</param>
public sealed record FloatingPointRange(double From, double To, double Step = 0)
{
    // As rclcpp (check_parameter_value_in_range): so much of a difference, relative to both numbers, counts as none.
    private const double Tolerance = 100 * 2.2204460492503131e-16;

    /// <summary>Whether the value is allowed. NaN never is, infinity only where it is an end of the range.</summary>
    public bool Contains(double value)
    {
        if (IsClose(value, From) || IsClose(value, To))
            return true;

        if (!(value >= From && value <= To))
            return false;

        return Step == 0 || IsClose(value, From + (Math.Round((value - From) / Step) * Step));
    }

    /// <summary>For sentences.</summary>
    public override string ToString()
    {
        var range = string.Create(CultureInfo.InvariantCulture, $"{From} to {To}");
        return Step == 0 ? range : string.Create(CultureInfo.InvariantCulture, $"{range} in steps of {Step}");
    }

    private static bool IsClose(double left, double right) =>
        double.IsFinite(left + right) && Math.Abs(left - right) <= Tolerance * Math.Abs(left + right);
}
