using Microsoft.CodeAnalysis.CSharp;
using rclcs.Generator.Parsing;

namespace rclcs.Generator.Emission;

/// <summary>How the types of interface files are called in C#.</summary>
internal static class CSharpType
{
    public static string Keyword(BaseType type) => type switch
    {
        BaseType.Bool => "bool",
        BaseType.Byte or BaseType.UInt8 => "byte",
        BaseType.Int8 => "sbyte",
        BaseType.Int16 => "short",
        BaseType.UInt16 => "ushort",
        BaseType.Int32 => "int",
        BaseType.UInt32 => "uint",
        BaseType.Int64 => "long",
        BaseType.UInt64 => "ulong",
        BaseType.Float32 => "float",
        BaseType.Float64 => "double",
        BaseType.String or BaseType.WString => "string",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "A message has no keyword."),
    };

    /// <summary>Name of the type as CdrWriter and CdrReader have it in the names of their methods.</summary>
    public static string MethodSuffix(BaseType type) => type switch
    {
        BaseType.Bool => "Boolean",
        BaseType.Byte or BaseType.UInt8 => "Byte",
        BaseType.Int8 => "SByte",
        BaseType.Float32 => "Single",
        BaseType.Float64 => "Double",
        _ => type.ToString(),
    };

    /// <summary>Namespace of the messages or services of a package.</summary>
    public static string Namespace(string package, string folder) =>
        $"{(SyntaxFacts.GetKeywordKind(package) == SyntaxKind.None ? package : "@" + package)}.{folder}";

    /// <summary>Class of a message, in its namespace or in the class of its service.</summary>
    public static string Class(MessageDefinition message) => NotOfMember(message.Name.Substring(message.Name.IndexOf('_') + 1));

    /// <summary>Class that holds request and response of a service. It cannot have the name of either.</summary>
    public static string Class(ServiceDefinition service) =>
        service.Whole.Name is "Request" or "Response" ? service.Whole.Name + "_" : NotOfMember(service.Whole.Name);

    /// <summary>Full name of the class of a message that a field holds.</summary>
    public static string Class(string messageType)
    {
        var parts = messageType.Split('/');
        return $"global::{Namespace(parts[0], parts[1])}.{NotOfMember(parts[2])}";
    }

    /// <summary>Name of the class of an interface: its own, but in C# no class has the name of a member of it.</summary>
    public static string NotOfMember(string name) => PropertyNames.Reserved.Contains(name) ? name + "_" : name;

    public static string Element(FieldType type) =>
        type.Base == BaseType.Message ? Class(type.MessageType) : Keyword(type.Base);

    public static string Property(FieldType type) => type switch
    {
        { IsByteSequence: true } => "global::System.ReadOnlyMemory<byte>",
        { IsSequence: true } => $"global::System.Collections.Generic.List<{Element(type)}>",
        { Multiplicity: Multiplicity.Array } => Element(type) + "[]",
        _ => Element(type),
    };
}
