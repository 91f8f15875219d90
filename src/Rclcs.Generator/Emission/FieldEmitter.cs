using rclcs.Generator.Parsing;

namespace rclcs.Generator.Emission;

/// <summary>The pieces of C# that one field needs: property, writing, reading.</summary>
internal sealed class FieldEmitter(MessageDefinition message, Field field, string property)
{
    private readonly FieldType _type = field.Type;
    private readonly string _name = $"\"{message.TypeName}.{field.Name}\"";

    public void EmitProperty(SourceWriter source)
    {
        if (field.Comment.Length > 0)
            source.Summary(field.Comment);
        else
            source.Line($"/// <summary><c>{Escape(field.Declaration)}</c></summary>");

        if (_type.IsByteSequence)
            source.Line("/// <remarks>After reading, a view of the bytes that were read: valid as long as they are.</remarks>");

        var initializer = Initializer();
        source.Line(
            $"public {CSharpType.Property(_type)} {property} {{ get; set; }}"
            + (initializer.Length > 0 ? $" = {initializer};" : ""));
    }

    public string WriteStatement() => _type switch
    {
        { Multiplicity: Multiplicity.Array } => $"writer.Write{Many}Array({property}, {ArrayArguments});",
        { IsByteSequence: true } => $"writer.WriteBytes({property}{Limits});",
        { IsSequence: true } => $"writer.Write{Many}Sequence({property}{Limits});",
        { Base: BaseType.Message } => $"{property}.Serialize(ref writer);",
        _ => $"writer.Write{CSharpType.MethodSuffix(_type.Base)}({property}{Limits});",
    };

    public string ReadStatement() => _type switch
    {
        { Multiplicity: Multiplicity.Array, IsString: true } =>
            $"{property} = reader.Read{Many}Array({property}, {ArrayArguments});",
        { Multiplicity: Multiplicity.Array } => $"{property} = reader.Read{Many}Array({property}, {_type.Capacity});",
        { IsByteSequence: true } => $"{property} = reader.ReadBytes({Limits.TrimStart(',', ' ')});",
        { IsSequence: true } => $"reader.Read{Many}Sequence({property}{Limits});",
        { Base: BaseType.Message } => $"{property}.Deserialize(ref reader);",
        { IsString: true } => $"{property} = reader.Read{_type.Base}({property}{Limits});",
        _ => $"{property} = reader.Read{CSharpType.MethodSuffix(_type.Base)}();",
    };

    /// <summary>What the methods for many elements are called after: nothing for numbers.</summary>
    private string Many => _type.Base switch
    {
        BaseType.Message => "Message",
        BaseType.String or BaseType.WString => _type.Base.ToString(),
        _ => "",
    };

    private string StringBound => _type.StringBound == 0 ? "int.MaxValue" : $"{_type.StringBound}";

    private string ArrayArguments =>
        _type.IsString ? $"{_type.Capacity}, {StringBound}, {_name}" : $"{_type.Capacity}, {_name}";

    /// <summary>The bounds of a string or sequence, and the name that an exception calls the field; nothing without bounds.</summary>
    private string Limits
    {
        get
        {
            var maxCount = _type.Capacity > 0 ? $", maxCount: {_type.Capacity}" : "";
            var maxLength = _type.StringBound > 0 ? $", maxLength: {_type.StringBound}" : "";
            var limits = maxCount + maxLength;
            return limits.Length > 0 ? $"{limits}, field: {_name}" : "";
        }
    }

    private string Initializer()
    {
        if (field.Default is { } values)
        {
            return _type.Multiplicity == Multiplicity.One
                ? Literals.Of(values[0])
                : DefaultElements(string.Join(", ", values.Select(Literals.Of)));
        }

        return _type switch
        {
            { IsByteSequence: true } => "",
            { IsSequence: true } => "[]",
            { Multiplicity: Multiplicity.Array, Base: BaseType.Message } =>
                $"{Runtime.FixedArray}.OfMessages<{CSharpType.Element(_type)}>({_type.Capacity})",
            { Multiplicity: Multiplicity.Array, IsString: true } => $"{Runtime.FixedArray}.OfStrings({_type.Capacity})",
            { Multiplicity: Multiplicity.Array } => $"new {CSharpType.Element(_type)}[{_type.Capacity}]",
            { Base: BaseType.Message } => "new()",
            { IsString: true } => "\"\"",
            _ => "",
        };
    }

    private string DefaultElements(string elements) =>
        _type.IsByteSequence ? $"new byte[] {{ {elements} }}" : $"[{elements}]";

    private static string Escape(string text) => text.Replace("<", "&lt;");
}
