using System.Collections;
using System.Globalization;

namespace rclcs;

/// <summary>The value of a parameter: one of the types of <see cref="ParameterType"/>. Immutable.</summary>
public sealed class ParameterValue : IEquatable<ParameterValue>
{
    private static readonly (Type Type, ParameterType ParameterType)[] Types =
    [
        (typeof(bool), ParameterType.Bool),
        (typeof(long), ParameterType.Integer),
        (typeof(double), ParameterType.Double),
        (typeof(string), ParameterType.String),
        (typeof(byte[]), ParameterType.ByteArray),
        (typeof(bool[]), ParameterType.BoolArray),
        (typeof(long[]), ParameterType.IntegerArray),
        (typeof(double[]), ParameterType.DoubleArray),
        (typeof(string[]), ParameterType.StringArray),
    ];

    private readonly object _value;

    private ParameterValue(ParameterType type, object value)
    {
        Type = type;
        _value = value;
    }

    /// <summary>Which type it is.</summary>
    public ParameterType Type { get; }

    /// <summary>Makes a value; an array is copied.</summary>
    /// <typeparam name="T">bool, long, double, string, or an array of one of them or of byte.</typeparam>
    /// <exception cref="ParameterException">The type is none of these.</exception>
    public static ParameterValue From<T>(T value)
        where T : notnull => new(TypeOf(value.GetType()), value is Array array ? array.Clone() : value);

    /// <summary>The value; an array is a copy.</summary>
    /// <typeparam name="T">The type that <see cref="Type"/> tells.</typeparam>
    /// <exception cref="ParameterException">The value is of another type.</exception>
    public T As<T>() => (_value is Array array ? array.Clone() : _value) is T value
        ? value
        : throw new ParameterException($"A parameter's value is {Name(Type)}, not {Name(TypeOf(typeof(T)))}.");

    /// <inheritdoc/>
    public bool Equals(ParameterValue? other) => other is not null
        && Type == other.Type
        && StructuralComparisons.StructuralEqualityComparer.Equals(_value, other._value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ParameterValue);

    /// <inheritdoc/>
    public override int GetHashCode() => StructuralComparisons.StructuralEqualityComparer.GetHashCode(_value);

    /// <summary>The value as one would write it in YAML.</summary>
    public override string ToString() => _value is Array array
        ? $"[{string.Join(", ", array.Cast<object>().Select(Text))}]"
        : Text(_value);

    /// <summary>The type of the values of a C# type.</summary>
    /// <exception cref="ParameterException">Parameters cannot have it.</exception>
    internal static ParameterType TypeOf(Type type)
    {
        foreach (var (candidate, parameterType) in Types)
        {
            if (candidate == type)
                return parameterType;
        }

        throw new ParameterException(
            $"A parameter cannot be of type {type.Name}: there are bool, long, double, string and arrays of them, and byte[].");
    }

    /// <summary>The type with its article, for sentences.</summary>
    internal static string Name(ParameterType type) => type switch
    {
        ParameterType.Bool => "a bool",
        ParameterType.Integer => "an integer",
        ParameterType.Double => "a double",
        ParameterType.String => "a string",
        ParameterType.ByteArray => "an array of bytes",
        ParameterType.BoolArray => "an array of bools",
        ParameterType.IntegerArray => "an array of integers",
        ParameterType.DoubleArray => "an array of doubles",
        ParameterType.StringArray => "an array of strings",
        _ => "without value",
    };

    private static string Text(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        double number when double.IsFinite(number) && number == Math.Floor(number) && Math.Abs(number) < 1e15 =>
            number.ToString("F1", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        string text => $"'{text}'",
        _ => value.ToString() ?? "",
    };
}
