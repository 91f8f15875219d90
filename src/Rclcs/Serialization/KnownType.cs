using System.Collections.Immutable;
using System.ComponentModel;

namespace rclcs.Serialization;

/// <summary>What a type that this program has been compiled with says about itself. Generated code tells of all there are.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class KnownType
{
    private static ImmutableList<Func<string, KnownType?>> _finders = [];

    private KnownType(string hash, string definition, byte[] typeDescription) =>
        (Hash, Definition, TypeDescription) = (hash, definition, typeDescription);

    /// <summary>Its type hash.</summary>
    internal string Hash { get; }

    /// <summary>The text of its .msg or .srv file.</summary>
    internal string Definition { get; }

    /// <summary>Its fields, see <see cref="IMessage{TSelf}.TypeDescription"/>.</summary>
    internal byte[] TypeDescription { get; }

    /// <summary>Adds the types of a project.</summary>
    /// <param name="find">Finds one by its name in ROS 2; null where it is none of them.</param>
    public static void Register(Func<string, KnownType?> find) =>
        ImmutableInterlocked.Update(ref _finders, static (finders, find) => finders.Add(find), find);

    /// <summary>What a message says.</summary>
    public static KnownType OfMessage<T>()
        where T : IMessage<T>, new() => new(T.TypeHash, T.Definition, T.TypeDescription.ToArray());

    /// <summary>What a service says.</summary>
    public static KnownType OfService<TRequest, TResponse>()
        where TRequest : IServiceRequest<TResponse>
        where TResponse : class, IMessage<TResponse>, new() =>
        new(TRequest.ServiceTypeHash, TRequest.ServiceDefinition, TRequest.ServiceTypeDescription.ToArray());

    /// <summary>Finds a message or service.</summary>
    /// <param name="name">Its ROS name, for example <c>std_msgs/msg/String</c> or <c>std_srvs/srv/SetBool</c>.</param>
    /// <returns>Null if the program does not know it.</returns>
    internal static KnownType? Find(string name) => _finders.Select(find => find(name)).FirstOrDefault(type => type is not null);
}
