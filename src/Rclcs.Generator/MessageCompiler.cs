using rclcs.Generator.Emission;
using rclcs.Generator.Parsing;

namespace rclcs.Generator;

/// <summary>Makes C# of one message, once all others are known.</summary>
internal static class MessageCompiler
{
    public static GeneratedMessage Compile(
        MessageDefinition message, MessageCatalogue catalogue, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var problems = new List<Problem>(message.Problems);
        var fields = new List<Field>();
        foreach (var field in message.Fields)
        {
            if (CheckMessageType(message, field, catalogue) is { } problem)
                problems.Add(problem);
            else
                fields.Add(field);
        }

        var canBeGenerated = Names.IsPackage(message.Package) && Names.IsMessage(message.Name);
        var first = catalogue.Find(message.TypeName);
        if (canBeGenerated && first is not null && first.Path != message.Path)
        {
            problems.Add(new Problem(Rules.DuplicateMessage, message.Path, default, new([message.TypeName, first.Path])));
            canBeGenerated = false;
        }

        var valid = message with { Fields = new(fields) };
        return new GeneratedMessage(
            $"{message.Package}.msg.{message.Name}.g.cs",
            canBeGenerated ? MessageEmitter.Emit(valid, TypeHash.Compute(valid, catalogue)) : "",
            new(problems));
    }

    private static Problem? CheckMessageType(MessageDefinition message, Field field, MessageCatalogue catalogue)
    {
        var typeName = field.Type.MessageType;
        if (field.Type.Base != BaseType.Message)
            return null;

        if (catalogue.Find(typeName) is not { } nested)
        {
            var hint = typeName.EndsWith("/Header", StringComparison.Ordinal) ? " (ROS 2 spells it std_msgs/Header)" : "";
            return new Problem(Rules.UnknownMessage, message.Path, field.Span, new([typeName, hint]));
        }

        return Contains(nested, message.TypeName, catalogue, [])
            ? new Problem(Rules.Recursion, message.Path, field.Span, new([message.TypeName, field.Name]))
            : null;
    }

    private static bool Contains(
        MessageDefinition message, string typeName, MessageCatalogue catalogue, HashSet<string> seen) =>
        message.TypeName == typeName
        || (seen.Add(message.TypeName)
            && message.Fields.Any(field =>
                field.Type.Base == BaseType.Message
                && catalogue.Find(field.Type.MessageType) is { } nested
                && Contains(nested, typeName, catalogue, seen)));
}
