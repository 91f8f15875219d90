using Microsoft.CodeAnalysis;
using rclcs.Generator.Emission;
using rclcs.Generator.Parsing;

namespace rclcs.Generator;

/// <summary>All messages that a message of this project can contain.</summary>
/// <param name="Own">Those of the project's own files, with those that make up its services.</param>
/// <param name="Referenced">Those that they need from assemblies that the project refers to.</param>
internal sealed record MessageCatalogue(
    EquatableArray<MessageDefinition> Own, EquatableArray<MessageDefinition> Referenced)
{
    private const string DefinitionConstant = "Definition";

    /// <summary>Looks up in the referenced assemblies whatever the project's own files mention but do not define.</summary>
    public static MessageCatalogue Create(
        EquatableArray<MessageDefinition> own, Compilation compilation, CancellationToken cancellation)
    {
        var seen = new HashSet<string>(own.Select(message => message.TypeName));
        var wanted = new Queue<string>(own.SelectMany(ContainedTypes));
        var referenced = new List<MessageDefinition>();
        while (wanted.Count > 0)
        {
            var typeName = wanted.Dequeue();
            if (!seen.Add(typeName) || FindReferenced(typeName, compilation, cancellation) is not { } message)
                continue;

            referenced.Add(message);
            foreach (var contained in ContainedTypes(message))
                wanted.Enqueue(contained);
        }

        return new MessageCatalogue(own, new(referenced));
    }

    public MessageDefinition? Find(string typeName) =>
        Own.FirstOrDefault(message => message.TypeName == typeName)
        ?? Referenced.FirstOrDefault(message => message.TypeName == typeName);

    private static IEnumerable<string> ContainedTypes(MessageDefinition message) =>
        message.Fields.Where(field => field.Type.Base == BaseType.Message).Select(field => field.Type.MessageType);

    /// <summary>A generated class carries the text that it was made from.</summary>
    private static MessageDefinition? FindReferenced(
        string typeName, Compilation compilation, CancellationToken cancellation)
    {
        var parts = typeName.Split('/');
        var text = compilation.GetTypesByMetadataName($"{parts[0]}.{parts[1]}.{CSharpType.NotOfMember(parts[2])}")
            .SelectMany(type => type.GetMembers(DefinitionConstant))
            .OfType<IFieldSymbol>()
            .Select(field => field.ConstantValue)
            .OfType<string>()
            .FirstOrDefault();
        return text is null ? null : MessageParser.Parse(new InterfaceFile("", parts[0], parts[2], text), cancellation);
    }
}
