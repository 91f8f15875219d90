using System.Text.Json;
using rclcs.Serialization;
using type_description_interfaces.msg;
using type_description_interfaces.srv;

namespace rclcs;

/// <summary>
/// Answers to others, for example to a recorder, what types look like: the service <c>~/get_type_description</c> (REP-2016).
/// </summary>
internal static class TypeDescriptionService
{
    private const string ParameterName = "start_type_description_service";

    /// <summary>Declares the parameter and, unless it says no, creates the service, which the node disposes.</summary>
    /// <exception cref="ParameterException">The value from outside is no bool.</exception>
    /// <exception cref="RuntimeError">The middleware refuses.</exception>
    public static void Start(Node node)
    {
        var isWanted = node.Parameters.Declare(ParameterName, true, new ParameterDescriptor
        {
            Description = "Start the ~/get_type_description service for this node.",
            ReadOnly = true,
        });
        if (isWanted && node.Context.Middleware.HasServices)
            node.CreateService<GetTypeDescription.Request, GetTypeDescription.Response>("~/get_type_description", Answer);
    }

    /// <summary>Describes a type that this program knows, whether the node uses it or not.</summary>
    internal static GetTypeDescription.Response Answer(GetTypeDescription.Request request)
    {
        var name = request.TypeName_;
        if (KnownType.Find(name) is not { } type)
            return Refuse($"The type '{name}' is unknown here.");

        if (type.Hash != request.TypeHash_)
            return Refuse($"The type '{name}' has the hash '{type.Hash}' here, not '{request.TypeHash_}'.");

        var (described, referenced) = Read(type.TypeDescription);
        var response = new GetTypeDescription.Response { Successful = true };
        response.TypeDescription.TypeDescription_ = described;
        response.TypeDescription.ReferencedTypeDescriptions = referenced;
        if (request.IncludeTypeSources)
            response.TypeSources = [.. referenced.Prepend(described).Select(one => Source(one.TypeName_)).OfType<TypeSource>()];

        return response;
    }

    private static GetTypeDescription.Response Refuse(string reason) => new() { Successful = false, FailureReason = reason };

    /// <summary>The text of a type, or null where it is not known. Parts of services have none of their own.</summary>
    private static TypeSource? Source(string name)
    {
        if (name.EndsWith("_Request", StringComparison.Ordinal)
            || name.EndsWith("_Response", StringComparison.Ordinal)
            || name.EndsWith("_Event", StringComparison.Ordinal))
        {
            return new TypeSource { TypeName_ = name, Encoding = "implicit" };
        }

        return KnownType.Find(name) is { } type
            ? new TypeSource { TypeName_ = name, Encoding = name.Split('/')[1], RawFileContents = type.Definition }
            : null;
    }

    /// <summary>Reads what <see cref="KnownType.TypeDescription"/> says.</summary>
    private static (IndividualTypeDescription Described, List<IndividualTypeDescription> Referenced) Read(byte[] json)
    {
        using var description = JsonDocument.Parse(json);
        var root = description.RootElement;
        return (
            ReadType(root.GetProperty("type_description")),
            [.. root.GetProperty("referenced_type_descriptions").EnumerateArray().Select(ReadType)]);
    }

    private static IndividualTypeDescription ReadType(JsonElement type) => new()
    {
        TypeName_ = type.GetProperty("type_name").GetString()!,
        Fields = [.. type.GetProperty("fields").EnumerateArray().Select(ReadField)],
    };

    private static Field ReadField(JsonElement field)
    {
        var type = field.GetProperty("type");
        return new Field
        {
            Name = field.GetProperty("name").GetString()!,
            Type =
            {
                TypeId = type.GetProperty("type_id").GetByte(),
                Capacity = type.GetProperty("capacity").GetUInt64(),
                StringCapacity = type.GetProperty("string_capacity").GetUInt64(),
                NestedTypeName = type.GetProperty("nested_type_name").GetString()!,
            },
            DefaultValue = field.TryGetProperty("default_value", out var value) ? value.GetString()! : "",
        };
    }
}
