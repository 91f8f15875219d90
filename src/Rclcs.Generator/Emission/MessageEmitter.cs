using rclcs.Generator.Parsing;

namespace rclcs.Generator.Emission;

/// <summary>Writes the C# class of a message.</summary>
internal static class MessageEmitter
{
    /// <summary>The file of a message.</summary>
    public static string Emit(MessageDefinition message, MessageCatalogue catalogue)
    {
        var source = new SourceWriter();
        source.Begin(message);
        EmitClass(source, message, catalogue);
        return source.ToString();
    }

    /// <summary>The class alone.</summary>
    public static void EmitClass(SourceWriter source, MessageDefinition message, MessageCatalogue catalogue)
    {
        var name = CSharpType.Class(message);
        var description = TypeDescription.Of(message, catalogue);
        var (constantNames, propertyNames) = PropertyNames.Assign(message);
        var fields = message.Fields
            .Select((field, i) => new FieldEmitter(message, field, propertyNames[i]))
            .ToList();

        source.Summary(message.Comment, otherwise: message.TypeName);
        source.Line($"public sealed partial class {name} : {Runtime.Message}<{name}>");
        source.Open();
        EmitConstants(source, message, constantNames);
        EmitDescription(source, message, description);
        foreach (var field in fields)
        {
            source.Line();
            field.EmitProperty(source);
        }

        EmitInterface(source, name, description);
        EmitSerialization(source, fields);
        source.Close();
    }

    /// <summary>Constants that say what ROS 2 calls a type.</summary>
    public static void EmitDescription(SourceWriter source, MessageDefinition type, TypeDescription description)
    {
        source.Summary("Name of the type in ROS 2.");
        source.Line($"public const string TypeName = \"{type.TypeName}\";");
        source.Line();
        source.Summary("Hash of the type and all that it contains (REP-2011).");
        source.Line($"public const string TypeHash = \"{description.Hash}\";");
        source.Line();
        source.Summary($"What the .{type.Folder} file says about it.");
        source.RawString("public const string Definition = ", type.Text.Replace("\r\n", "\n").Replace('\r', '\n'));
    }

    private static void EmitConstants(SourceWriter source, MessageDefinition message, List<string> names)
    {
        foreach (var (constant, name) in message.Constants.Zip(names, (constant, name) => (constant, name)))
        {
            source.Summary(constant.Comment, otherwise: constant.Name);
            source.Line($"public const {CSharpType.Keyword(constant.Type)} {name} = {Literals.Of(constant.Value)};");
            source.Line();
        }
    }

    private static void EmitInterface(SourceWriter source, string name, TypeDescription description)
    {
        source.Line();
        foreach (var member in new[] { "TypeName", "TypeHash", "Definition" })
            source.Line($"static string {Runtime.Message}<{name}>.{member} => {member};");

        source.Line($"static {Runtime.Utf8} {Runtime.Message}<{name}>.TypeDescription => \"\"\"{description.Json}\"\"\"u8;");
    }

    private static void EmitSerialization(SourceWriter source, List<FieldEmitter> fields)
    {
        source.Line();
        source.Line("/// <inheritdoc/>");
        source.Line($"public void Serialize(ref {Runtime.Writer} writer)");
        source.Open();
        foreach (var field in fields)
            source.Line(field.WriteStatement());

        if (fields.Count == 0)
            source.Line("writer.WriteByte(0); // CDR has no empty structures");

        source.Close();
        source.Line();
        source.Line("/// <inheritdoc/>");
        source.Line($"public void Deserialize(ref {Runtime.Reader} reader)");
        source.Open();
        foreach (var field in fields)
            source.Line(field.ReadStatement());

        if (fields.Count == 0)
            source.Line("reader.ReadByte(); // CDR has no empty structures");

        source.Close();
    }
}
