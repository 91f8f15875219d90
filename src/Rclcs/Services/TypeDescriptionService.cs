using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
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

    private static readonly JsonSerializerOptions JsonOptions = new() { PropertyNamingPolicy = new FieldNames() };

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
        if (DescribedType.Find(name) is not { } type)
            return Refuse($"The type '{name}' is unknown here.");

        if (type.Hash != request.TypeHash_)
            return Refuse($"The type '{name}' has the hash '{type.Hash}' here, not '{request.TypeHash_}'.");

        var (described, referenced) = JsonSerializer.Deserialize<Description>(type.Json, JsonOptions)!;
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

        return DescribedType.Find(name) is { } type
            ? new TypeSource { TypeName_ = name, Encoding = name.Split('/')[1], RawFileContents = type.Definition }
            : null;
    }

    private sealed record Description(
        IndividualTypeDescription TypeDescription, List<IndividualTypeDescription> ReferencedTypeDescriptions);

    /// <summary>The names of fields, some of which have got an underscore as C# properties.</summary>
    private sealed class FieldNames : JsonNamingPolicy
    {
        public override string ConvertName(string name) => SnakeCaseLower.ConvertName(name.TrimEnd('_'));
    }
}

/// <summary>What a type that this program has been compiled with says about itself.</summary>
/// <param name="Hash">Its type hash.</param>
/// <param name="Definition">The text of its .msg or .srv file.</param>
/// <param name="Json">Its fields, see <see cref="IMessage{TSelf}.TypeDescription"/>.</param>
internal sealed partial record DescribedType(string Hash, string Definition, byte[] Json)
{
    /// <summary>Finds a message or service.</summary>
    /// <param name="name">Its ROS name, for example <c>std_msgs/msg/String</c> or <c>std_srvs/srv/SetBool</c>.</param>
    /// <returns>Null if the program does not know it.</returns>
    public static DescribedType? Find(string name)
    {
        if (!RosName().IsMatch(name))
            return null;

        var path = name.Replace('/', '.');
        return Describe(nameof(OfMessage), path)
            ?? Describe(nameof(OfMessage), path.Replace("_Request", "+Request", StringComparison.Ordinal))
            ?? Describe(nameof(OfMessage), path.Replace("_Response", "+Response", StringComparison.Ordinal))
            ?? Describe(nameof(OfService), path + "+Request", path + "+Response");
    }

    // The generated types have all this as static members, which only a type argument leads to.
    private static DescribedType? Describe(string method, params string[] names)
    {
        Type?[] types = [.. names.Select(FindType)];
        return types.Contains(null)
            ? null
            : (DescribedType)typeof(DescribedType)
                .GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(types!)
                .Invoke(null, null)!;
    }

    private static Type? FindType(string name) => AppDomain.CurrentDomain.GetAssemblies()
        .Select(assembly => assembly.GetType(name))
        .FirstOrDefault(typeof(IMessage).IsAssignableFrom);

    private static DescribedType OfMessage<T>()
        where T : IMessage<T>, new() => new(T.TypeHash, T.Definition, T.TypeDescription.ToArray());

    private static DescribedType OfService<TRequest, TResponse>()
        where TRequest : IServiceRequest<TResponse>
        where TResponse : class, IMessage<TResponse>, new() =>
        new(TRequest.ServiceTypeHash, TRequest.ServiceDefinition, TRequest.ServiceTypeDescription.ToArray());

    [GeneratedRegex(@"^\w+/(msg|srv)/\w+$")]
    private static partial Regex RosName();
}
