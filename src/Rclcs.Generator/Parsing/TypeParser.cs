namespace rclcs.Generator.Parsing;

/// <summary>Reads the type of a field: <c>uint8</c>, <c>string&lt;=10[&lt;=5]</c>, <c>geometry_msgs/Point[4]</c>.</summary>
internal static class TypeParser
{
    private const string Bound = "<=";

    private static readonly Dictionary<string, BaseType> Primitives = new()
    {
        ["bool"] = BaseType.Bool,
        ["byte"] = BaseType.Byte,
        ["char"] = BaseType.UInt8,
        ["int8"] = BaseType.Int8,
        ["uint8"] = BaseType.UInt8,
        ["int16"] = BaseType.Int16,
        ["uint16"] = BaseType.UInt16,
        ["int32"] = BaseType.Int32,
        ["uint32"] = BaseType.UInt32,
        ["int64"] = BaseType.Int64,
        ["uint64"] = BaseType.UInt64,
        ["float32"] = BaseType.Float32,
        ["float64"] = BaseType.Float64,
        ["string"] = BaseType.String,
        ["wstring"] = BaseType.WString,
    };

    /// <summary>Reads a type.</summary>
    /// <param name="text">The type as the file writes it.</param>
    /// <param name="package">Package of the file: where a message without package is looked for.</param>
    /// <exception cref="FormatException">It is no type; the message says why.</exception>
    public static FieldType Parse(string text, string package)
    {
        var multiplicity = Multiplicity.One;
        var capacity = 0;
        var element = text;
        if (text.EndsWith("]", StringComparison.Ordinal))
        {
            var open = text.LastIndexOf('[');
            if (open < 0)
                throw new FormatException("the '[' is missing");

            element = text.Substring(0, open);
            (multiplicity, capacity) = ParseBrackets(text.Substring(open + 1, text.Length - open - 2));
        }

        var (type, message, stringBound) = ParseElement(element, package);
        return new FieldType(type, message, stringBound, multiplicity, capacity);
    }

    /// <summary>Reads the type of a constant. False for messages, arrays and bounded strings.</summary>
    public static bool TryParsePrimitive(string text, out BaseType type) => Primitives.TryGetValue(text, out type);

    private static (Multiplicity Multiplicity, int Capacity) ParseBrackets(string size)
    {
        if (size.Length == 0)
            return (Multiplicity.Sequence, 0);

        return size.StartsWith(Bound, StringComparison.Ordinal)
            ? (Multiplicity.BoundedSequence, ParseSize(size.Substring(Bound.Length)))
            : (Multiplicity.Array, ParseSize(size));
    }

    private static (BaseType Type, string Message, int StringBound) ParseElement(string text, string package)
    {
        if (Primitives.TryGetValue(text, out var primitive))
            return (primitive, "", 0);

        var bound = text.IndexOf(Bound, StringComparison.Ordinal);
        if (bound >= 0)
        {
            if (!Primitives.TryGetValue(text.Substring(0, bound), out var bounded)
                || bounded is not (BaseType.String or BaseType.WString))
            {
                throw new FormatException("only string and wstring take a bound behind the type's name");
            }

            return (bounded, "", ParseSize(text.Substring(bound + Bound.Length)));
        }

        return (BaseType.Message, ParseMessage(text, package), 0);
    }

    private static string ParseMessage(string text, string package)
    {
        var parts = text.Split('/');
        var (typePackage, name) = parts.Length switch
        {
            1 => (package, parts[0]),
            2 => (parts[0], parts[1]),
            3 when parts[1] == "msg" => (parts[0], parts[2]),
            _ => throw new FormatException("a message type is written 'Type', 'package/Type' or 'package/msg/Type'"),
        };
        if (!Names.IsPackage(typePackage))
            throw new FormatException($"'{typePackage}' is not a package name, {Names.LowerCaseRule}");

        if (name is "time" or "duration")
        {
            var ros2 = name == "time" ? "Time" : "Duration";
            throw new FormatException($"'{name}' is a type of ROS 1, which is called builtin_interfaces/{ros2} in ROS 2");
        }

        if (!Names.IsMessage(name))
        {
            throw new FormatException(
                $"'{name}' is neither a primitive type nor a message name, {Names.MessageRule}");
        }

        return $"{typePackage}/msg/{name}";
    }

    private static int ParseSize(string text) =>
        PythonNumbers.TryParseDecimal(text, out var size) && size > 0 && size <= int.MaxValue
            ? (int)size
            : throw new FormatException($"its size '{text}' must be a whole number from 1 to {int.MaxValue}");
}
