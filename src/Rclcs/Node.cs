using System.Diagnostics;
using rclcs.Middleware;
using rclcs.Serialization;

namespace rclcs;

/// <inheritdoc cref="INode"/>
internal sealed class Node : INode
{
    private readonly Lock _entitiesLock = new();
    private readonly List<IDisposable> _entities = [];
    private readonly NodeNameAndNamespace _name;
    private readonly ParameterStore _parameters;
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
        _parameters = new ParameterStore(
            _name, context.RosArguments.ParameterOverrides, options.AllowUndeclaredParameters);
        Middleware = middleware.CreateNode(_name.Name, _name.Namespace);
        Executor = new NodeExecutor(this);
        Clock = new Clock(ClockType.RosTime, context.ShutdownToken);
        context.Add(this);
        try
        {
            if (options.EnableRosout && context.RosArguments.LogsToRosout)
                _logOutputs.Rosout = _rosout = new RosoutPublisher(this);

            _timeSource = new TimeSource(this);
            if (MiddlewareEnvironment.HasTypeDescriptions)
                TypeDescriptionService.Start(this);

            if (options.StartParameterEventPublisher)
                Add(new ParameterEventPublisher(this, _parameters));

            if (options.AutomaticallyDeclareParametersFromOverrides)
                _parameters.DeclareOverrides();

            if (options.StartParameterServices && middleware.HasServices)
                ParameterServices.Start(this, _parameters);
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
    public IReadOnlyList<string> ParameterNames => _parameters.Names;

    /// <summary>The middleware's part.</summary>
    public IMiddlewareNode Middleware { get; }

    /// <summary>Lets it work.</summary>
    public NodeExecutor Executor { get; }

    /// <inheritdoc/>
    public IPublisher<T> CreatePublisher<T>(string topic, QosProfile? qos = null)
        where T : class, IMessage<T>, new()
    {
        CheckUsable();
        return Add(new Publisher<T>(this, ResolveTopic(topic), qos ?? QosProfile.Default));
    }

    /// <inheritdoc/>
    public IGenericPublisher CreateGenericPublisher(
        string topic, string typeName, QosProfile? qos = null, string typeHash = "")
    {
        CheckUsable();
        return Add(new GenericPublisher(
            this, ResolveTopic(topic), new MessageType(typeName, typeHash), qos ?? QosProfile.Default));
    }

    /// <inheritdoc/>
    public ISubscription<T> CreateSubscription<T>(string topic, Action<T> callback, QosProfile? qos = null)
        where T : class, IMessage<T>, new()
    {
        CheckUsable();
        return AddExecutable(new LendingSubscription<T>(this, ResolveTopic(topic), callback, qos ?? QosProfile.Default));
    }

    /// <inheritdoc/>
    public ISubscription<T> CreateSubscription<T>(
        string topic, Action<ReceivedMessage<T>> callback, QosProfile? qos = null)
        where T : class, IMessage<T>, new()
    {
        CheckUsable();
        return AddExecutable(new OwningSubscription<T>(this, ResolveTopic(topic), callback, qos ?? QosProfile.Default));
    }

    /// <inheritdoc/>
    public IAsyncSubscription<T> CreateSubscription<T>(string topic, QosProfile? qos = null)
        where T : class, IMessage<T>, new()
    {
        CheckUsable();
        return AddExecutable(new AsyncSubscription<T>(this, ResolveTopic(topic), qos ?? QosProfile.Default));
    }

    /// <inheritdoc/>
    public ISubscription CreateGenericSubscription(
        string topic, string typeName, SerializedMessageCallback callback, QosProfile? qos = null, string typeHash = "")
    {
        CheckUsable();
        return AddExecutable(new GenericSubscription(
            this, ResolveTopic(topic), new MessageType(typeName, typeHash), callback, qos ?? QosProfile.Default));
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
    public T DeclareParameter<T>(string name, T defaultValue, ParameterDescriptor? descriptor = null)
        where T : notnull =>
        _parameters.Declare(name, ParameterValue.From(defaultValue), descriptor ?? new ParameterDescriptor()).As<T>();

    /// <inheritdoc/>
    public T GetParameter<T>(string name)
        where T : notnull => _parameters.Get(name).As<T>();

    /// <inheritdoc/>
    public bool HasParameter(string name) => _parameters.Has(name);

    /// <inheritdoc/>
    public ParameterDescriptor DescribeParameter(string name) => _parameters.Describe(name);

    /// <inheritdoc/>
    public void UndeclareParameter(string name) => _parameters.Undeclare(name);

    /// <inheritdoc/>
    public ListParametersResult ListParameters(IReadOnlyCollection<string> prefixes, ulong depth = 0) =>
        ListParametersResult.Choose(_parameters.Names, prefixes, depth);

    /// <inheritdoc/>
    public SetParametersResult SetParameter<T>(string name, T value)
        where T : notnull => _parameters.Set([Parameter.From(name, value)]);

    /// <inheritdoc/>
    public IReadOnlyList<SetParametersResult> SetParameters(IEnumerable<Parameter> parameters) =>
        [.. parameters.Select(parameter => _parameters.Set([parameter]))];

    /// <inheritdoc/>
    public SetParametersResult SetParametersAtomically(IEnumerable<Parameter> parameters) => _parameters.Set(parameters);

    /// <inheritdoc/>
    public IDisposable AddPreSetParametersCallback(Action<IList<Parameter>> callback) => _parameters.PreSet.Add(callback);

    /// <inheritdoc/>
    public IDisposable AddOnSetParametersCallback(Func<IReadOnlyList<Parameter>, SetParametersResult> callback) =>
        _parameters.OnSet.Add(callback);

    /// <inheritdoc/>
    public IDisposable AddPostSetParametersCallback(Action<IReadOnlyList<Parameter>> callback) =>
        _parameters.PostSet.Add(callback);

    /// <inheritdoc/>
    public IReadOnlyList<NodeNameAndNamespace> GetNodeNames() => Context.Middleware.Graph.GetNodes();

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> GetTopicNamesAndTypes() => Context.Middleware.Graph
        .GetTopicEndpoints()
        .GroupBy(endpoint => endpoint.TopicName)
        .ToDictionary(
            topic => topic.Key,
            topic => (IReadOnlyList<string>)[.. topic.Select(endpoint => endpoint.TypeName).Distinct()]);

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> GetServiceNamesAndTypes() => Context.Middleware.Graph
        .GetServices()
        .GroupBy(service => service.Name)
        .ToDictionary(
            service => service.Key, service => (IReadOnlyList<string>)[.. service.Select(one => one.Type)]);

    /// <inheritdoc/>
    public IReadOnlyList<TopicEndpointInfo> GetPublishersInfoByTopic(string topic) => FindEndpoints(topic, true);

    /// <inheritdoc/>
    public IReadOnlyList<TopicEndpointInfo> GetSubscriptionsInfoByTopic(string topic) => FindEndpoints(topic, false);

    /// <inheritdoc/>
    public int CountPublishers(string topic) => FindEndpoints(topic, true).Count;

    /// <inheritdoc/>
    public int CountSubscribers(string topic) => FindEndpoints(topic, false).Count;

    /// <inheritdoc/>
    public bool WaitForGraph(Func<bool> condition, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        var graph = Context.Middleware.Graph;
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            var version = graph.Version;
            if (condition())
                return true;

            var left = timeout == Timeout.InfiniteTimeSpan ? timeout : timeout - Stopwatch.GetElapsedTime(start);
            if (timeout != Timeout.InfiniteTimeSpan && left <= TimeSpan.Zero)
                return false;

            if (!graph.WaitForChange(version, left, cancellationToken))
                return false;
        }
    }

    /// <inheritdoc/>
    public Task WaitForGraphAsync(Func<bool> condition, CancellationToken cancellationToken = default) =>
        GraphWait.UntilAsync(Context, condition, cancellationToken);

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
        Middleware.Dispose();
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

    /// <summary>Says once which given parameters do not exist.</summary>
    public void WarnOfUndeclaredParameters() => _parameters.WarnOfUndeclared(Logger);

    /// <summary>The complete name of a topic, after remapping.</summary>
    /// <exception cref="InvalidNameException">The name breaks a rule.</exception>
    public string ResolveTopic(string topic) =>
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
            _entities.Add(entity);

        return entity;
    }

    private T AddExecutable<T>(T entity)
        where T : IExecutable, IDisposable
    {
        Executor.Add(entity);
        return Add(entity);
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

    private List<TopicEndpointInfo> FindEndpoints(string topic, bool isPublisher) =>
        [.. Context.Middleware.Graph.GetTopicEndpoints(ResolveTopic(topic))
            .Where(endpoint => endpoint.IsPublisher == isPublisher)];
}
