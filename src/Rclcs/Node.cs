using rclcs.Middleware;
using rclcs.Serialization;

namespace rclcs;

/// <inheritdoc cref="INode"/>
internal sealed class Node : INode
{
    private readonly Lock _entitiesLock = new();
    private readonly List<IDisposable> _entities = [];
    private readonly NodeNameAndNamespace _name;
    private readonly Clock _steadyClock = new(ClockType.SteadyTime);
    private readonly LogOutputs _logOutputs;
    private readonly RosoutPublisher? _rosout;
    private readonly TimeSource _timeSource;
    private bool _disposed;

    /// <summary>Creates the node and makes it known.</summary>
    public Node(string name, string nodeNamespace, Context context, NodeOptions options)
    {
        var middleware = context.Middleware;
        NameRules.CheckNodeName(name);
        var asked = new NodeNameAndNamespace(name, NameExpansion.ExpandNamespace(nodeNamespace));
        _name = context.RosArguments.RemapNode(asked);
        Context = context;
        _logOutputs = context.CreateLogOutputs();
        Logger = CreateLogger();
        Parameters = new NodeParameters(
            _name, context.RosArguments.ParameterOverrides, options.AllowUndeclaredParameters);
        Graph = new NodeGraph(this);
        Clock = new Clock(ClockType.RosTime, context.ShutdownToken);
        Executor = new NodeExecutor(this);
        try
        {
            Middleware = middleware.CreateNode(_name.Name, _name.Namespace);
            context.Add(this);
            if (options.EnableRosout && context.RosArguments.LogsToRosout)
                _logOutputs.Rosout = _rosout = new RosoutPublisher(this);

            _timeSource = new TimeSource(this);
            if (MiddlewareEnvironment.HasTypeDescriptions)
                TypeDescriptionService.Start(this);

            if (options.StartParameterEventPublisher)
                Add(new ParameterEventPublisher(this));

            if (options.AutomaticallyDeclareParametersFromOverrides)
                Parameters.DeclareOverrides();

            if (options.StartParameterServices && middleware.HasServices)
                ParameterServices.Start(this);
        }
        catch
        {
            Dispose();
            throw;
        }

        Logger.Debug($"{FullyQualifiedName} is on {context.MiddlewareDescription}.");
    }

    /// <inheritdoc/>
    public string Name => _name.Name;

    /// <inheritdoc/>
    public string Namespace => _name.Namespace;

    /// <inheritdoc/>
    public string FullyQualifiedName => _name.FullyQualifiedName;

    /// <inheritdoc/>
    public Context Context { get; }

    /// <inheritdoc/>
    public Logger Logger { get; }

    /// <inheritdoc/>
    public Clock Clock { get; }

    /// <inheritdoc/>
    public NodeParameters Parameters { get; }

    /// <inheritdoc/>
    public NodeGraph Graph { get; }

    /// <summary>The middleware's part.</summary>
    public IMiddlewareNode Middleware { get; }

    /// <summary>Lets it work.</summary>
    public NodeExecutor Executor { get; }

    /// <inheritdoc/>
    public IPublisher<T> CreatePublisher<T>(string topic, QosProfile? qos = null)
        where T : class, IMessage<T>, new()
    {
        CheckUsable();
        return Add(new Publisher<T>(this, ResolveTopicName(topic), qos ?? QosProfile.Default));
    }

    /// <inheritdoc/>
    public IGenericPublisher CreateGenericPublisher(
        string topic, string typeName, QosProfile? qos = null, string typeHash = "")
    {
        CheckUsable();
        return Add(new GenericPublisher(
            this, ResolveTopicName(topic), new MessageType(typeName, typeHash), qos ?? QosProfile.Default));
    }

    /// <inheritdoc/>
    public ISubscription<T> CreateSubscription<T>(string topic, Action<T> callback, QosProfile? qos = null)
        where T : class, IMessage<T>, new()
    {
        CheckUsable();
        return AddExecutable(new LendingSubscription<T>(this, ResolveTopicName(topic), callback, qos ?? QosProfile.Default));
    }

    /// <inheritdoc/>
    public ISubscription<T> CreateOwnedSubscription<T>(
        string topic, Action<ReceivedMessage<T>> callback, QosProfile? qos = null)
        where T : class, IMessage<T>, new()
    {
        CheckUsable();
        return AddExecutable(new OwnedSubscription<T>(this, ResolveTopicName(topic), callback, qos ?? QosProfile.Default));
    }

    /// <inheritdoc/>
    public IAsyncSubscription<T> CreateSubscription<T>(string topic, QosProfile? qos = null)
        where T : class, IMessage<T>, new()
    {
        CheckUsable();
        return AddExecutable(new AsyncSubscription<T>(this, ResolveTopicName(topic), qos ?? QosProfile.Default));
    }

    /// <inheritdoc/>
    public ISubscription CreateGenericSubscription(
        string topic, string typeName, SerializedMessageCallback callback, QosProfile? qos = null, string typeHash = "")
    {
        CheckUsable();
        return AddExecutable(new GenericSubscription(
            this, ResolveTopicName(topic), new MessageType(typeName, typeHash), callback, qos ?? QosProfile.Default));
    }

    /// <inheritdoc/>
    public IService<TRequest, TResponse> CreateService<TRequest, TResponse>(
        string name, Func<TRequest, TResponse> callback, QosProfile? qos = null)
        where TRequest : class, IMessage<TRequest>, IServiceRequest<TResponse>, new()
        where TResponse : class, IMessage<TResponse>, new()
    {
        CheckUsable();
        return AddExecutable(new LendingService<TRequest, TResponse>(
            this, ResolveService(name), callback, qos ?? QosProfile.Services));
    }

    /// <inheritdoc/>
    public IService<TRequest, TResponse> CreateService<TRequest, TResponse>(
        string name, Func<TRequest, CancellationToken, Task<TResponse>> callback, QosProfile? qos = null)
        where TRequest : class, IMessage<TRequest>, IServiceRequest<TResponse>, new()
        where TResponse : class, IMessage<TResponse>, new()
    {
        CheckUsable();
        return AddExecutable(new AsyncService<TRequest, TResponse>(
            this, ResolveService(name), callback, qos ?? QosProfile.Services));
    }

    /// <inheritdoc/>
    public IClient<TRequest, TResponse> CreateClient<TRequest, TResponse>(string name, QosProfile? qos = null)
        where TRequest : class, IMessage<TRequest>, IServiceRequest<TResponse>, new()
        where TResponse : class, IMessage<TResponse>, new()
    {
        CheckUsable();
        return AddExecutable(new Client<TRequest, TResponse>(this, ResolveService(name), qos ?? QosProfile.Services));
    }

    /// <inheritdoc/>
    public ITimer CreateTimer(TimeSpan period, Action callback) => CreateTimer(Clock, period, callback);

    /// <inheritdoc/>
    public ITimer CreateWallTimer(TimeSpan period, Action callback) => CreateTimer(_steadyClock, period, callback);

    /// <inheritdoc/>
    public void Dispose()
    {
        Executor.Dispose();
        IDisposable[] entities;
        lock (_entitiesLock)
        {
            if (_disposed)
                return;

            _disposed = true;
            entities = [.. _entities];
        }

        _timeSource?.Dispose();
        foreach (var entity in entities.Reverse())
            entity.Dispose();

        // Last, for what the others had to say.
        _rosout?.Dispose();
        Middleware?.Dispose();
        Context.Remove(this);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => new(Task.Run(Dispose));

    /// <summary>The entity has been disposed.</summary>
    public void Remove(IDisposable entity)
    {
        if (entity is IExecutable executable)
            Executor.Remove(executable);

        lock (_entitiesLock)
            _entities.Remove(entity);
    }

    /// <inheritdoc/>
    public string ResolveTopicName(string topic) =>
        Context.RosArguments.RemapTopic(NameExpansion.ExpandTopic(topic, _name), _name);

    /// <summary>The complete name of a service, after remapping.</summary>
    /// <exception cref="InvalidNameException">The name breaks a rule.</exception>
    public string ResolveService(string name) =>
        Context.RosArguments.RemapService(NameExpansion.ExpandTopic(name, _name, NameRules.ServiceName), _name);

    private ClockTimer CreateTimer(Clock clock, TimeSpan period, Action callback)
    {
        CheckUsable();
        var timer = new ClockTimer(Executor, clock, period, callback);
        Executor.Add(timer);
        return timer;
    }

    private T Add<T>(T entity)
        where T : IDisposable
    {
        lock (_entitiesLock)
        {
            if (!_disposed)
            {
                _entities.Add(entity);
                return entity;
            }
        }

        // The node was disposed of meanwhile, and will not do it.
        entity.Dispose();
        throw Context.IsOk ? new ObjectDisposedException(GetType().FullName) : new NotInitializedException();
    }

    private T AddExecutable<T>(T entity)
        where T : IExecutable, IDisposable
    {
        Add(entity); // First: from here on the node's disposal is the entity's, too.
        try
        {
            Executor.Add(entity);
        }
        catch
        {
            entity.Dispose();
            throw;
        }

        return entity;
    }

    private void CheckUsable()
    {
        if (!Context.IsOk)
            throw new NotInitializedException();

        lock (_entitiesLock)
            ObjectDisposedException.ThrowIf(_disposed, this);
    }

    /// <summary>A logger in a tree in which the namespaces are above the node, so that one can set a level for all in them.</summary>
    private Logger CreateLogger() =>
        FullyQualifiedName[1..].Split('/').Aggregate(new Logger(_logOutputs), (logger, name) => logger.GetChild(name));
}
