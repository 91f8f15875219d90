using rclcs.Generator.Parsing;

namespace rclcs.Generator.Emission;

/// <summary>The pieces of C# that one field needs: property, writing, reading.</summary>
internal sealed class FieldEmitter(MessageDefinition message, Field field, string property)
{
    private const string Unbounded = "int.MaxValue";

    private readonly FieldType _type = field.Type;

    /// <summary>What an exception calls the field.</summary>
    private readonly string _name = $"\"{message.TypeName}.{field.Name}\"";

    public void EmitProperty(SourceWriter source)
    {
        source.Summary(field.Comment, otherwise: field.Declaration);
        if (_type.IsByteSequence)
            source.Line("/// <remarks>After reading, a view of the bytes that were read: valid as long as they are.</remarks>");

        var initializer = Initializer();
        source.Line(
            $"public {CSharpType.Property(_type)} {property} {{ get; set; }}"
            + (initializer.Length > 0 ? $" = {initializer};" : ""));
    }

    public string WriteStatement() => _type switch
    {
        { Multiplicity: Multiplicity.Array, IsString: true } =>
            $"writer.WriteStringArray({property}, {StringArrayArguments()});",
        { Multiplicity: Multiplicity.Array } => $"writer.Write{Kind()}Array({property}, {_type.Capacity}, {_name});",
        { IsByteSequence: true } => $"writer.WriteBytes({Arguments(property)});",
        { IsSequence: true } => $"writer.Write{Kind()}Sequence({Arguments(property)});",
        { Base: BaseType.Message } => $"{property}.Serialize(ref writer);",
        _ => $"writer.Write{CSharpType.MethodSuffix(_type.Base)}({Arguments(property)});",
    };

    public string ReadStatement() => _type switch
    {
        { Multiplicity: Multiplicity.Array, IsString: true } =>
            $"{property} = reader.ReadStringArray({property}, {StringArrayArguments()});",
        { Multiplicity: Multiplicity.Array } => $"{property} = reader.Read{Kind()}Array({property}, {_type.Capacity});",
        { IsByteSequence: true } => $"{property} = reader.ReadBytes({Arguments()});",
        { IsSequence: true } => $"reader.Read{Kind()}Sequence({Arguments(property)});",
        { Base: BaseType.Message } => $"{property}.Deserialize(ref reader);",
        { IsString: true } => $"{property} = reader.Read{CSharpType.MethodSuffix(_type.Base)}({Arguments(property)});",
        _ => $"{property} = reader.Read{CSharpType.MethodSuffix(_type.Base)}();",
    };

    /// <summary>What the methods for many elements are called after: nothing for numbers.</summary>
    private string Kind() => _type switch
    {
        { Base: BaseType.Message } => "Message",
        { IsString: true } => "String",
        _ => "",
    };

    /// <summary>Arguments of the methods for fields that may be bounded; only what differs from their defaults.</summary>
    private string Arguments(params string[] first)
    {
        var arguments = new List<string>(first);
        if (_type.Capacity > 0)
            arguments.Add($"maxCount: {_type.Capacity}");

        if (_type.StringBound > 0)
            arguments.Add($"maxLength: {_type.StringBound}");

        if (_type.Capacity > 0 || _type.StringBound > 0)
            arguments.Add($"field: {_name}");

        if (_type.Base == BaseType.WString && _type.IsSequence)
            arguments.Add("wide: true");

        return string.Join(", ", arguments);
    }

    private string StringArrayArguments()
    {
        var maxLength = _type.StringBound > 0 ? $"{_type.StringBound}" : Unbounded;
        var wide = _type.Base == BaseType.WString ? ", wide: true" : "";
        return $"{_type.Capacity}, {maxLength}, {_name}{wide}";
    }

    private string Initializer()
    {
        if (field.Default is { } values)
        {
            var literals = string.Join(", ", values.Select(Literals.Of));
            return _type switch
            {
                { Multiplicity: Multiplicity.One } => literals,
                { IsByteSequence: true } => $"new byte[] {{ {literals} }}",
                _ => $"[{literals}]",
            };
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
}
