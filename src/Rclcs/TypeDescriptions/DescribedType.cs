using System.Reflection;
using System.Text.RegularExpressions;
using rclcs.Serialization;

namespace rclcs;

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
