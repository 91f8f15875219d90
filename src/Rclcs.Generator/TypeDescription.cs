using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using rclcs.Generator.Parsing;

namespace rclcs.Generator;

/// <summary>
/// A type with all that it contains, as ROS 2 describes it, and the hash of that, by which ROS 2 tells whether two nodes
/// mean the same by a type's name (REP-2011).
/// </summary>
/// <param name="Json">Names and types of the fields, without comments and defaults: the text that is hashed.</param>
/// <param name="Hash"><c>RIHS01_</c> and the SHA-256 of the text.</param>
internal sealed record TypeDescription(string Json, string Hash)
{
    /// <summary>What IDL puts into a message without fields, which it does not allow.</summary>
    private const string DummyField = "structure_needs_at_least_one_member";

    private const int BoundedStringOffset = 4;

    public static TypeDescription Of(MessageDefinition message, MessageCatalogue catalogue)
    {
        var contained = new SortedDictionary<string, MessageDefinition>(StringComparer.Ordinal);
        Collect(message, catalogue, contained);
        var described = string.Join(", ", contained.Values.Select(Describe));
        var json = $"{{\"type_description\": {Describe(message)}, \"referenced_type_descriptions\": [{described}]}}";
        using var sha256 = SHA256.Create();
        var hash = sha256.ComputeHash(Encoding.UTF8.GetBytes(json));
        var digits = string.Concat(hash.Select(value => value.ToString("x2", CultureInfo.InvariantCulture)));
        return new TypeDescription(json, "RIHS01_" + digits);
    }

    private static void Collect(
        MessageDefinition message, MessageCatalogue catalogue, SortedDictionary<string, MessageDefinition> contained)
    {
        foreach (var field in message.Fields)
        {
            if (field.Type.Base == BaseType.Message
                && !contained.ContainsKey(field.Type.MessageType)
                && catalogue.Find(field.Type.MessageType) is { } nested)
            {
                contained.Add(field.Type.MessageType, nested);
                Collect(nested, catalogue, contained);
            }
        }
    }

    private static string Describe(MessageDefinition message)
    {
        var fields = message.Fields.Count == 0
            ? [Describe(DummyField, (int)BaseType.UInt8, 0, 0, "")]
            : message.Fields.Select(Describe);
        return $"{{\"type_name\": \"{message.TypeName}\", \"fields\": [{string.Join(", ", fields)}]}}";
    }

    private static string Describe(Field field)
    {
        var type = field.Type;
        var id = (int)type.Base + (int)type.Multiplicity + (type.StringBound > 0 ? BoundedStringOffset : 0);
        return Describe(field.Name, id, type.Capacity, type.StringBound, type.MessageType);
    }

    private static string Describe(string name, int id, int capacity, int stringCapacity, string nested) =>
        $"{{\"name\": \"{name}\", \"type\": {{\"type_id\": {id}, \"capacity\": {capacity}, "
        + $"\"string_capacity\": {stringCapacity}, \"nested_type_name\": \"{nested}\"}}}}";
}
