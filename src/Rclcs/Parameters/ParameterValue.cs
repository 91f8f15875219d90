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

    /// <summary>No value: what a parameter has that is not declared, or declared without.</summary>
    public static ParameterValue NotSet { get; } = new(ParameterType.NotSet, "");

    /// <summary>Which type it is.</summary>
    public ParameterType Type { get; }

    /// <summary>Whether it is an array of length 0.</summary>
    internal bool IsEmptyArray => _value is Array { Length: 0 };

    /// <summary>Makes a value; an array is copied.</summary>
    /// <typeparam name="T">
    /// bool, long, double, string, or an array of one of them or of byte; or ParameterValue, which stays as it is.
    /// </typeparam>
    /// <exception cref="ParameterException">The type is none of these.</exception>
    public static ParameterValue From<T>(T value)
        where T : notnull => value as ParameterValue
            ?? new ParameterValue(TypeOf(value.GetType()), value is Array array ? array.Clone() : value);

    /// <summary>Reads a message, of which nothing is kept.</summary>
    /// <exception cref="ParameterException">Its type is unknown.</exception>
    public static ParameterValue FromMessage(rcl_interfaces.msg.ParameterValue message) => (ParameterType)message.Type switch
    {
        ParameterType.NotSet => NotSet,
        ParameterType.Bool => new(ParameterType.Bool, message.BoolValue),
        ParameterType.Integer => new(ParameterType.Integer, message.IntegerValue),
        ParameterType.Double => new(ParameterType.Double, message.DoubleValue),
        ParameterType.String => new(ParameterType.String, message.StringValue),
        ParameterType.ByteArray => new(ParameterType.ByteArray, message.ByteArrayValue.ToArray()),
        ParameterType.BoolArray => new(ParameterType.BoolArray, message.BoolArrayValue.ToArray()),
        ParameterType.IntegerArray => new(ParameterType.IntegerArray, message.IntegerArrayValue.ToArray()),
        ParameterType.DoubleArray => new(ParameterType.DoubleArray, message.DoubleArrayValue.ToArray()),
        ParameterType.StringArray => new(ParameterType.StringArray, message.StringArrayValue.ToArray()),
        _ => throw new ParameterException($"A parameter's value has the unknown type {message.Type}: 0 to 9 are known."),
    };

    /// <summary>The value; an array is a copy.</summary>
    /// <typeparam name="T">The type that <see cref="Type"/> names, or ParameterValue.</typeparam>
    /// <exception cref="ParameterException">The value is of another type.</exception>
    public T As<T>() => As<T>("A parameter's value");

    /// <summary>Likewise.</summary>
    /// <param name="what">What has the value, for the exception.</param>
    internal T As<T>(string what)
    {
        if (this is T same)
            return same;

        return Type != ParameterType.NotSet && (_value is Array array ? array.Clone() : _value) is T value
            ? value
            : throw new ParameterException($"{what} is {NameOf(Type)}, not {NameOf(TypeOf(typeof(T)))}.");
    }

    /// <summary>Makes a message.</summary>
    public rcl_interfaces.msg.ParameterValue ToMessage()
    {
        var message = new rcl_interfaces.msg.ParameterValue { Type = (byte)Type };
        switch (_value)
        {
            case bool value:
                message.BoolValue = value;
                break;
            case long value:
                message.IntegerValue = value;
                break;
            case double value:
                message.DoubleValue = value;
                break;
            case string value when Type == ParameterType.String:
                message.StringValue = value;
                break;
            case byte[] values:
                message.ByteArrayValue = values;
                break;
            case bool[] values:
                message.BoolArrayValue = [.. values];
                break;
            case long[] values:
                message.IntegerArrayValue = [.. values];
                break;
            case double[] values:
                message.DoubleArrayValue = [.. values];
                break;
            case string[] values:
                message.StringArrayValue = [.. values];
                break;
        }

        return message;
    }

    /// <inheritdoc/>
    public bool Equals(ParameterValue? other) => other is not null
        && Type == other.Type
        && StructuralComparisons.StructuralEqualityComparer.Equals(_value, other._value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ParameterValue);

    /// <inheritdoc/>
    public override int GetHashCode() => StructuralComparisons.StructuralEqualityComparer.GetHashCode(_value);

    /// <summary>The value as one would write it in YAML.</summary>
    public override string ToString() => _value switch
    {
        Array array => $"[{string.Join(", ", array.Cast<object>().Select(Text))}]",
        _ when Type == ParameterType.NotSet => "not set",
        _ => Text(_value),
    };

    /// <summary>An array of this type and length 0; null if the type is not of arrays.</summary>
    internal static ParameterValue? EmptyArray(ParameterType type) => type switch
    {
        ParameterType.ByteArray => new ParameterValue(type, Array.Empty<byte>()),
        ParameterType.BoolArray => new ParameterValue(type, Array.Empty<bool>()),
        ParameterType.IntegerArray => new ParameterValue(type, Array.Empty<long>()),
        ParameterType.DoubleArray => new ParameterValue(type, Array.Empty<double>()),
        ParameterType.StringArray => new ParameterValue(type, Array.Empty<string>()),
        _ => null,
    };

    /// <summary>The value, or the values of an array.</summary>
    internal T[] AsMany<T>() => _value is T single ? [single] : (T[])_value;

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
    internal static string NameOf(ParameterType type) => type switch
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

/// <summary>Type of a parameter's value, with the numbers of rcl_interfaces/msg/ParameterType.</summary>
public enum ParameterType
{
    /// <summary>No value.</summary>
    NotSet,

    /// <summary><see cref="bool"/>.</summary>
    Bool,

    /// <summary><see cref="long"/>.</summary>
    Integer,

    /// <summary><see cref="double"/>.</summary>
    Double,

    /// <summary><see cref="string"/>.</summary>
    String,

    /// <summary>Array of <see cref="byte"/>.</summary>
    ByteArray,

    /// <summary>Array of <see cref="bool"/>.</summary>
    BoolArray,

    /// <summary>Array of <see cref="long"/>.</summary>
    IntegerArray,

    /// <summary>Array of <see cref="double"/>.</summary>
    DoubleArray,

    /// <summary>Array of <see cref="string"/>.</summary>
    StringArray,
}
