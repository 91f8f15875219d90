using Microsoft.CodeAnalysis.CSharp;
using rclcs.Generator.Parsing;

namespace rclcs.Generator.Emission;

/// <summary>How types of .msg files are called in C#.</summary>
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

    public static string Namespace(string package) =>
        (SyntaxFacts.GetKeywordKind(package) == SyntaxKind.None ? package : "@" + package) + ".msg";

    public static string Class(string messageType)
    {
        var parts = messageType.Split('/');
        return $"global::{Namespace(parts[0])}.{parts[2]}";
    }

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
