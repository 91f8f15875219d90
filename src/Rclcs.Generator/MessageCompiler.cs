using rclcs.Generator.Emission;
using rclcs.Generator.Parsing;

namespace rclcs.Generator;

/// <summary>Makes C# of one message or service, once all others are known.</summary>
internal static class MessageCompiler
{
    public static GeneratedFile Compile(
        MessageDefinition message, MessageCatalogue catalogue, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var problems = new List<Problem>();
        var valid = Check(message, catalogue, problems);
        return Generate(
            message, catalogue, problems, () => MessageEmitter.Emit(valid, catalogue), RegistryEmitter.Entries(message));
    }

    public static GeneratedFile Compile(
        ServiceDefinition service, MessageCatalogue catalogue, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var problems = new List<Problem>(service.Whole.Problems);
        var valid = service with
        {
            Request = Check(service.Request, catalogue, problems),
            Response = Check(service.Response, catalogue, problems),
        };
        return Generate(
            service.Whole, catalogue, problems, () => ServiceEmitter.Emit(valid, catalogue), RegistryEmitter.Entries(service));
    }

    /// <summary>The message with those of its fields that have a known type.</summary>
    private static MessageDefinition Check(
        MessageDefinition message, MessageCatalogue catalogue, List<Problem> problems)
    {
        problems.AddRange(message.Problems);
        var fields = new List<Field>();
        foreach (var field in message.Fields)
        {
            if (CheckMessageType(message, field, catalogue) is { } problem)
                problems.Add(problem);
            else
                fields.Add(field);
        }

        return message with { Fields = new(fields) };
    }

    private static GeneratedFile Generate(
        MessageDefinition type, MessageCatalogue catalogue, List<Problem> problems, Func<string> emit, string[] entries)
    {
        var canBeGenerated = Names.IsPackage(type.Package) && Names.IsMessage(type.Name);
        var first = catalogue.Find(type.TypeName);
        if (canBeGenerated && first is not null && first.Path != type.Path)
        {
            problems.Add(new Problem(Rules.DuplicateType, type.Path, default, new([type.TypeName, first.Path])));
            canBeGenerated = false;
        }

        var name = type.TypeName.Replace('/', '.');
        return new GeneratedFile($"{name}.g.cs", canBeGenerated ? emit() : "", new(canBeGenerated ? entries : []), new(problems));
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
