namespace rclcs;

/// <summary>A node: a named participant of the ROS graph, with its publishers, subscriptions, services, timers and parameters.</summary>
/// <remarks>
/// All members may be called from any thread. Callbacks of subscriptions, services and timers are called by whoever spins the
/// node. Dispose ends the spinning, waits for a callback that is running on another thread, and disposes all that
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

    /// <summary>Tells ROS time: system time, or while the parameter <c>use_sim_time</c> is true, what <c>/clock</c> says.</summary>
    Clock Clock { get; }

    /// <summary>Names of the declared parameters, sorted.</summary>
    IReadOnlyList<string> ParameterNames { get; }

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
    /// <param name="callback">Called while spinning. It, or whoever it hands the message to, disposes the message.</param>
    /// <param name="qos">How messages are kept and delivered; <see cref="QosProfile.Default"/> if null.</param>
    /// <exception cref="InvalidNameException">The name breaks a rule.</exception>
    /// <exception cref="RuntimeError">The middleware refuses.</exception>
    ISubscription<T> CreateSubscription<T>(string topic, Action<ReceivedMessage<T>> callback, QosProfile? qos = null)
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

    /// <summary>Creates a timer on the steady clock: of real time, whatever <c>use_sim_time</c> is.</summary>
    /// <inheritdoc cref="CreateTimer"/>
    ITimer CreateWallTimer(TimeSpan period, Action callback);

    /// <summary>Declares a parameter and gives it the value of the command line or parameter files, or else the default.</summary>
    /// <typeparam name="T">
    /// bool, long, double, string, or an array of one of them or of byte; or <see cref="ParameterValue"/>.
    /// </typeparam>
    /// <param name="name">Its name.</param>
    /// <param name="defaultValue">
    /// The value if none is given from outside; its type stays the parameter's, unless the descriptor allows others.
    /// </param>
    /// <param name="descriptor">What it is for and which values it allows.</param>
    /// <returns>The value.</returns>
    /// <exception cref="ParameterException">
    /// It is declared already, or the value is of another type, out of range or rejected by a callback; says where
    /// the value comes from.
    /// </exception>
    T DeclareParameter<T>(string name, T defaultValue, ParameterDescriptor? descriptor = null)
        where T : notnull;

    /// <summary>Takes a parameter away again.</summary>
    /// <exception cref="ParameterException">
    /// It is not declared, or read-only, or declared without <see cref="ParameterDescriptor.DynamicTyping"/>.
    /// </exception>
    void UndeclareParameter(string name);

    /// <summary>The value of a parameter; an array is a copy.</summary>
    /// <typeparam name="T">The parameter's type, or <see cref="ParameterValue"/> for whichever it has.</typeparam>
    /// <exception cref="ParameterException">It is not declared, or of another type.</exception>
    T GetParameter<T>(string name)
        where T : notnull;

    /// <summary>Whether a parameter is declared.</summary>
    bool HasParameter(string name);

    /// <summary>What a parameter is for and which values it allows.</summary>
    /// <exception cref="ParameterException">It is not declared.</exception>
    ParameterDescriptor DescribeParameter(string name);

    /// <summary>The declared parameters under some prefixes.</summary>
    /// <param name="prefixes">Parameters or groups to look in, <c>a.b</c> for all <c>a.b.x</c>; none for everywhere.</param>
    /// <param name="depth">How many levels below each prefix; 0 for all.</param>
    ListParametersResult ListParameters(IReadOnlyCollection<string> prefixes, ulong depth = 0);

    /// <summary>Sets a declared parameter if its type, its range and all callbacks allow it.</summary>
    /// <returns>Whether it was set, and else why not.</returns>
    /// <exception cref="ParameterException">Parameters cannot be of type T.</exception>
    SetParametersResult SetParameter<T>(string name, T value)
        where T : notnull;

    /// <summary>Sets parameters, each for itself.</summary>
    /// <returns>For each whether it was set, and else why not.</returns>
    IReadOnlyList<SetParametersResult> SetParameters(IEnumerable<Parameter> parameters);

    /// <summary>Sets all of some parameters, or none if one is not allowed. Callbacks get them together.</summary>
    /// <returns>Whether they were set, and else why not.</returns>
    SetParametersResult SetParametersAtomically(IEnumerable<Parameter> parameters);

    /// <summary>May alter which values are set, from now on: change, add or remove some, before anything is checked.</summary>
    /// <param name="callback">Called on the thread that sets; the last one added first. It cannot set parameters itself.</param>
    /// <returns>Ends it when disposed.</returns>
    IDisposable AddPreSetParametersCallback(Action<IList<Parameter>> callback);

    /// <summary>Has a say in every new value of parameters, from now on, also in those that they are declared with.</summary>
    /// <param name="callback">
    /// Called on the thread that sets, before the values change; may reject them with a reason. It gets the values that
    /// are to change together; the last one added is asked first. It cannot set parameters itself.
    /// </param>
    /// <returns>Ends it when disposed.</returns>
    IDisposable AddOnSetParametersCallback(Func<IReadOnlyList<Parameter>, SetParametersResult> callback);

    /// <summary>Learns of every new value of parameters, from now on.</summary>
    /// <param name="callback">
    /// Called on the thread that sets, after the values changed; the last one added first. It cannot set parameters itself.
    /// </param>
    /// <returns>Ends it when disposed.</returns>
    IDisposable AddPostSetParametersCallback(Action<IReadOnlyList<Parameter>> callback);

    /// <summary>The nodes of the graph, as far as discovered.</summary>
    IReadOnlyList<NodeNameAndNamespace> GetNodeNames();

    /// <summary>The topics of the graph, as far as discovered, with their types.</summary>
    IReadOnlyDictionary<string, IReadOnlyList<string>> GetTopicNamesAndTypes();

    /// <summary>The services of the graph that have a server, as far as discovered, with their types.</summary>
    IReadOnlyDictionary<string, IReadOnlyList<string>> GetServiceNamesAndTypes();

    /// <summary>The publishers of a topic, as far as discovered.</summary>
    /// <param name="topic">A name as for <see cref="CreatePublisher{T}"/>.</param>
    IReadOnlyList<TopicEndpointInfo> GetPublishersInfoByTopic(string topic);

    /// <summary>The subscriptions of a topic, as far as discovered.</summary>
    /// <param name="topic">A name as for <see cref="CreatePublisher{T}"/>.</param>
    IReadOnlyList<TopicEndpointInfo> GetSubscriptionsInfoByTopic(string topic);

    /// <summary>How many publishers a topic has, as far as discovered.</summary>
    /// <param name="topic">A name as for <see cref="CreatePublisher{T}"/>.</param>
    int CountPublishers(string topic);

    /// <summary>How many subscriptions a topic has, as far as discovered.</summary>
    /// <param name="topic">A name as for <see cref="CreatePublisher{T}"/>.</param>
    int CountSubscribers(string topic);

    /// <summary>Waits until something is so in the graph, looking again at every change of it. Needs no spinning.</summary>
    /// <param name="condition">For example <c>() => node.CountSubscribers("chatter") > 0</c>.</param>
    /// <param name="timeout">For how long; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether it is so.</returns>
    bool WaitForGraph(Func<bool> condition, TimeSpan timeout, CancellationToken cancellationToken = default);

    /// <summary>Like <see cref="WaitForGraph"/>, but needs no thread.</summary>
    /// <param name="condition">Called at once, and then on threads of the pool.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Completes when it is so; canceled by the token, or when the context is shut down.</returns>
    Task WaitForGraphAsync(Func<bool> condition, CancellationToken cancellationToken = default);
}
