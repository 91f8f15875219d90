namespace rclcs;

/// <summary>A node: a named participant of the ROS graph, with its publishers, subscriptions, services, timers and parameters.</summary>
/// <remarks>
/// All members may be called from any thread. Callbacks of subscriptions, services and timers are called on the thread that spins
/// the node. Dispose ends the spinning, waits for a callback that is running on another thread, and disposes all that
/// the node created. DisposeAsync does so on a thread of the pool, so that no thread of the caller waits.
/// </remarks>
public interface INode : IDisposable, IAsyncDisposable
{
    /// <summary>Name without namespace, after remapping.</summary>
    string Name { get; }

    /// <summary>Namespace with a leading slash, after remapping.</summary>
    string Namespace { get; }

    /// <summary>Namespace and name, for example <c>/ns/talker</c>.</summary>
    string FullyQualifiedName { get; }

    /// <summary>The context it was created with.</summary>
    Context Context { get; }

    /// <summary>Writes to the log in the name of the node.</summary>
    Logger Logger { get; }

    /// <summary>ROS time: system time, or while the parameter <c>use_sim_time</c> is true, the time of <c>/clock</c>.</summary>
    Clock Clock { get; }

    /// <summary>Its parameters: declares, gets and sets them.</summary>
    NodeParameters Parameters { get; }

    /// <summary>The nodes, topics and services of the domain.</summary>
    NodeGraph Graph { get; }

    /// <summary>The complete name that a topic has for others: expanded, in the node's namespace, after remapping.</summary>
    /// <param name="topic">Relative, absolute or private (<c>~/x</c>) name.</param>
    /// <exception cref="InvalidNameException">The name breaks a rule.</exception>
    string ResolveTopicName(string topic);

    /// <summary>Creates a publisher.</summary>
    /// <typeparam name="T">Type of its messages.</typeparam>
    /// <param name="topic">Relative, absolute or private (<c>~/x</c>) name, which <c>-r</c> can change.</param>
    /// <param name="qos">How messages are kept and delivered; <see cref="QosProfile.Default"/> if null.</param>
    /// <exception cref="InvalidNameException">The name breaks a rule.</exception>
    /// <exception cref="RuntimeError">The middleware refuses.</exception>
    IPublisher<T> CreatePublisher<T>(string topic, QosProfile? qos = null)
        where T : class, Serialization.IMessage<T>, new();

    /// <summary>Creates a publisher of a type that is known by name only.</summary>
    /// <param name="topic">Relative, absolute or private (<c>~/x</c>) name, which <c>-r</c> can change.</param>
    /// <param name="typeName">For example <c>std_msgs/msg/String</c>.</param>
    /// <param name="qos">How messages are kept and delivered; <see cref="QosProfile.Default"/> if null.</param>
    /// <param name="typeHash"><c>RIHS01_…</c>; where it is not known, nodes of ROS 2 may warn.</param>
    /// <exception cref="InvalidNameException">The name breaks a rule.</exception>
    /// <exception cref="RuntimeError">The middleware refuses.</exception>
    IGenericPublisher CreateGenericPublisher(
        string topic, string typeName, QosProfile? qos = null, string typeHash = "");

    /// <summary>Creates a subscription whose callback borrows each message.</summary>
    /// <typeparam name="T">Type of its messages.</typeparam>
    /// <param name="topic">Relative, absolute or private (<c>~/x</c>) name, which <c>-r</c> can change.</param>
    /// <param name="callback">
    /// Called while spinning. The message is lent: it and all it refers to, above all <c>uint8[]</c> fields, which
    /// are views of received memory, are valid until the callback returns.
    /// </param>
    /// <param name="qos">How messages are kept and delivered; <see cref="QosProfile.Default"/> if null.</param>
    /// <exception cref="InvalidNameException">The name breaks a rule.</exception>
    /// <exception cref="RuntimeError">The middleware refuses.</exception>
    ISubscription<T> CreateSubscription<T>(string topic, Action<T> callback, QosProfile? qos = null)
        where T : class, Serialization.IMessage<T>, new();

    /// <summary>Creates a subscription whose callback owns each message, for example to hand it to another thread.</summary>
    /// <typeparam name="T">Type of its messages.</typeparam>
    /// <param name="topic">Relative, absolute or private (<c>~/x</c>) name, which <c>-r</c> can change.</param>
    /// <param name="callback">Called while spinning. The message is its own: it, or the code that it hands the message to, disposes it.</param>
    /// <param name="qos">How messages are kept and delivered; <see cref="QosProfile.Default"/> if null.</param>
    /// <exception cref="InvalidNameException">The name breaks a rule.</exception>
    /// <exception cref="RuntimeError">The middleware refuses.</exception>
    ISubscription<T> CreateOwnedSubscription<T>(
        string topic, Action<ReceivedMessage<T>> callback, QosProfile? qos = null)
        where T : class, Serialization.IMessage<T>, new();

    /// <summary>Creates a subscription to be read by <c>await foreach</c>.</summary>
    /// <typeparam name="T">Type of its messages.</typeparam>
    /// <param name="topic">Relative, absolute or private (<c>~/x</c>) name, which <c>-r</c> can change.</param>
    /// <param name="qos">How messages are kept and delivered; <see cref="QosProfile.Default"/> if null.</param>
    /// <exception cref="InvalidNameException">The name breaks a rule.</exception>
    /// <exception cref="RuntimeError">The middleware refuses.</exception>
    IAsyncSubscription<T> CreateSubscription<T>(string topic, QosProfile? qos = null)
        where T : class, Serialization.IMessage<T>, new();

    /// <summary>Creates a subscription of a type that is known by name only.</summary>
    /// <param name="topic">Relative, absolute or private (<c>~/x</c>) name, which <c>-r</c> can change.</param>
    /// <param name="typeName">For example <c>std_msgs/msg/String</c>.</param>
    /// <param name="callback">Called while spinning, with each message as it came.</param>
    /// <param name="qos">How messages are kept and delivered; <see cref="QosProfile.Default"/> if null.</param>
    /// <param name="typeHash"><c>RIHS01_…</c>; where it is not known, nodes of ROS 2 may warn.</param>
    /// <exception cref="InvalidNameException">The name breaks a rule.</exception>
    /// <exception cref="RuntimeError">The middleware refuses.</exception>
    ISubscription CreateGenericSubscription(
        string topic, string typeName, SerializedMessageCallback callback, QosProfile? qos = null, string typeHash = "");

    /// <summary>Creates a service.</summary>
    /// <typeparam name="TRequest">What clients send.</typeparam>
    /// <typeparam name="TResponse">What they get.</typeparam>
    /// <param name="name">Relative, absolute or private (<c>~/x</c>) name, which <c>-r</c> can change.</param>
    /// <param name="callback">
    /// Called while spinning; what it returns is sent. The request is lent, as a message is to
    /// <see cref="CreateSubscription{T}(string, Action{T}, QosProfile?)"/>.
    /// </param>
    /// <param name="qos">How requests and responses travel; <see cref="QosProfile.Services"/> if null.</param>
    /// <exception cref="InvalidNameException">The name breaks a rule.</exception>
    /// <exception cref="RuntimeError">The middleware refuses.</exception>
    IService<TRequest, TResponse> CreateService<TRequest, TResponse>(
        string name, Func<TRequest, TResponse> callback, QosProfile? qos = null)
        where TRequest : class, Serialization.IMessage<TRequest>, Serialization.IServiceRequest<TResponse>, new()
        where TResponse : class, Serialization.IMessage<TResponse>, new();

    /// <summary>Creates a service that answers later, so that several calls can be under way at once.</summary>
    /// <typeparam name="TRequest">What clients send.</typeparam>
    /// <typeparam name="TResponse">What they get.</typeparam>
    /// <param name="name">Relative, absolute or private (<c>~/x</c>) name, which <c>-r</c> can change.</param>
    /// <param name="callback">
    /// Called while spinning, on the spinning thread up to its first wait; what its task brings is sent, and an exception
    /// of it comes out of spinning. The call owns the request. The token is canceled when the service is disposed or the
    /// context shut down.
    /// </param>
    /// <param name="qos">How requests and responses travel; <see cref="QosProfile.Services"/> if null.</param>
    /// <exception cref="InvalidNameException">The name breaks a rule.</exception>
    /// <exception cref="RuntimeError">The middleware refuses.</exception>
    IService<TRequest, TResponse> CreateService<TRequest, TResponse>(
        string name, Func<TRequest, CancellationToken, Task<TResponse>> callback, QosProfile? qos = null)
        where TRequest : class, Serialization.IMessage<TRequest>, Serialization.IServiceRequest<TResponse>, new()
        where TResponse : class, Serialization.IMessage<TResponse>, new();

    /// <summary>Creates a client of a service.</summary>
    /// <typeparam name="TRequest">What is sent.</typeparam>
    /// <typeparam name="TResponse">What comes back.</typeparam>
    /// <param name="name">Relative, absolute or private (<c>~/x</c>) name, which <c>-r</c> can change.</param>
    /// <param name="qos">How requests and responses travel; <see cref="QosProfile.Services"/> if null.</param>
    /// <exception cref="InvalidNameException">The name breaks a rule.</exception>
    /// <exception cref="RuntimeError">The middleware refuses.</exception>
    IClient<TRequest, TResponse> CreateClient<TRequest, TResponse>(string name, QosProfile? qos = null)
        where TRequest : class, Serialization.IMessage<TRequest>, Serialization.IServiceRequest<TResponse>, new()
        where TResponse : class, Serialization.IMessage<TResponse>, new();

    /// <summary>
    /// Creates a timer on the node's clock: of ROS time, which stands still, runs fast or goes back with a simulation.
    /// </summary>
    /// <param name="period">Time between calls; the first call comes after one period.</param>
    /// <param name="callback">Called while spinning. Calls that would be late by a period or more are left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">The period is not positive.</exception>
    ITimer CreateTimer(TimeSpan period, Action callback);

    /// <summary>Creates a timer on the steady clock: of real time, also with <c>use_sim_time</c>.</summary>
    /// <inheritdoc cref="CreateTimer"/>
    ITimer CreateWallTimer(TimeSpan period, Action callback);
}

/// <summary>What a node does beside its publishers and subscriptions, with rclcpp's names and defaults.</summary>
public sealed record NodeOptions
{
    /// <summary>Whether the log is published on <c>/rosout</c>, unless <c>--disable-rosout-logs</c> says no.</summary>
    public bool EnableRosout { get; init; } = true;

    /// <summary>Whether other nodes can ask for the parameters and set them (<c>ros2 param</c>).</summary>
    public bool StartParameterServices { get; init; } = true;

    /// <summary>Whether changes of parameters are published on <c>/parameter_events</c>.</summary>
    public bool StartParameterEventPublisher { get; init; } = true;

    /// <summary>
    /// Whether parameters can be set that the node has not declared. They are declared by it, with
    /// <see cref="ParameterDescriptor.DynamicTyping"/>.
    /// </summary>
    public bool AllowUndeclaredParameters { get; init; }

    /// <summary>
    /// Whether all parameters that the command line or parameter files give are declared, with
    /// <see cref="ParameterDescriptor.DynamicTyping"/>, when the node is created.
    /// </summary>
    public bool AutomaticallyDeclareParametersFromOverrides { get; init; }
}
