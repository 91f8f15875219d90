using rclcs.Middleware;

namespace rclcs;

/// <summary>
/// What the nodes of a program share: the command line, the place in the domain, and the shutdown.
/// Made ready by <see cref="Rclcs.Init"/>.
/// </summary>
/// <remarks>All members may be called from any thread.</remarks>
public sealed class Context : IDisposable, IAsyncDisposable
{
    private readonly ContextOptions _options;
    private readonly Lock _stateLock = new();
    private readonly List<IDisposable> _owned = [];
    private readonly CancellationTokenSource _ending = new();
    private readonly CancellationTokenSource _shutdown = new();
    private IMiddlewareContext? _middleware;
    private bool _isDisposing;
    private LogFile? _logFile;
    private RosArguments _arguments = RosArguments.Parse([]);

    /// <summary>Creates one that is not initialized yet.</summary>
    /// <param name="options">What is not to come from the environment; null for nothing.</param>
    /// <exception cref="ArgumentOutOfRangeException">The domain is not one of 0 to 232.</exception>
    public Context(ContextOptions? options = null)
    {
        _options = options ?? new ContextOptions();
        if (_options.DomainId is { } domainId)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(domainId, nameof(options));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(domainId, MiddlewareOptions.MaxDomainId, nameof(options));
        }
    }

    /// <summary>The domain that the context is in, once initialized.</summary>
    public int DomainId { get; private set; }

    /// <summary>The arguments of the command line that are not for ROS.</summary>
    public IReadOnlyList<string> Arguments => _arguments.Others;

    /// <summary>Canceled when the context is shut down, by <see cref="Rclcs.Shutdown"/> or by SIGINT or SIGTERM.</summary>
    public CancellationToken ShutdownToken => _shutdown.Token;

    /// <summary>Whether the context is initialized and not shut down.</summary>
    public bool IsOk => _middleware is not null && !_ending.IsCancellationRequested;

    /// <summary>
    /// What carries the messages, for display: which middleware, of which version, in which domain. Empty before
    /// <see cref="Rclcs.Init"/>.
    /// </summary>
    public string MiddlewareDescription { get; private set; } = "";

    /// <summary>Whether nodes can have services: always, unless the embedded middleware was told not to.</summary>
    public bool HasServices => Middleware.HasServices;

    /// <summary>Canceled before <see cref="ShutdownToken"/>: whoever waits for that may wait for a thread that spins.</summary>
    internal CancellationToken EndToken => _ending.Token;

    /// <summary>What came with the command line for ROS.</summary>
    internal RosArguments RosArguments => _arguments;

    /// <summary>The place in the domain.</summary>
    /// <exception cref="NotInitializedException">There is none.</exception>
    internal IMiddlewareContext Middleware => IsOk ? _middleware! : throw new NotInitializedException();

    /// <summary>The same as <see cref="Rclcs.Shutdown"/>: disposes the nodes and leaves the domain. May be called twice.</summary>
    public void Dispose()
    {
        RequestShutdown();
        IDisposable[] owned;
        IMiddlewareContext? middleware;
        lock (_stateLock)
        {
            owned = [.. _owned];
            middleware = _middleware;
            _middleware = null;
            if (_isDisposing && owned.OfType<Node>().Any(node => node.Executor.IsInCallback))
                return; // Who disposes already waits for this callback.

            _isDisposing = true;
        }

        foreach (var disposable in owned.Reverse())
            disposable.Dispose();

        middleware?.Dispose();
        _logFile?.Dispose();
        ShutdownSignals.Remove(this);
    }

    /// <summary>Like <see cref="Dispose"/>, on a thread of the pool, so that no thread of the caller waits for callbacks.</summary>
    public ValueTask DisposeAsync() => new(Task.Run(Dispose));

    /// <summary>Reads the command line and the environment, and joins the domain.</summary>
    internal void Initialize(IEnumerable<string> args)
    {
        lock (_stateLock)
        {
            if (_middleware is not null)
                throw new RuntimeError("The context is initialized already: call Rclcs.Init once, or use another context.");

            ObjectDisposedException.ThrowIf(_shutdown.IsCancellationRequested, this);
            ShutdownSignals.Add(this); // First, so that a signal during the rest counts too.
            _arguments = RosArguments.Parse(args);
            var logger = OpenLog();
            var options = MiddlewareEnvironment.ReadOptions(_arguments.Enclave, _options.DomainId);
            DomainId = options.DomainId;
            var middleware = MiddlewareEnvironment.Create();
            _middleware = middleware.CreateContext(options);
            if (_middleware.Warning is { } warning)
                logger.Warn(warning);

            MiddlewareDescription = $"{middleware.Name} {middleware.Version}, domain {DomainId}";
        }
    }

    /// <summary>Ends all spinning; the domain is left by <see cref="Dispose"/>.</summary>
    internal void RequestShutdown()
    {
        _ending.Cancel();
        _shutdown.Cancel();
    }

    /// <summary>Whether an exception only says that the context was shut down, and so is no error.</summary>
    internal bool IsEnd(Exception exception) => _ending.IsCancellationRequested // As IsOk: ShutdownToken comes a moment later.
        && (exception is NotInitializedException or OperationCanceledException
            || (exception is AggregateException many && many.InnerExceptions.All(IsEnd)));

    /// <summary>The log of a node, which it publishes itself.</summary>
    internal LogOutputs CreateLogOutputs() => new(_arguments, _logFile);

    /// <summary>Disposes the node or executor with the context.</summary>
    internal void Add(IDisposable owned)
    {
        lock (_stateLock)
            _owned.Add(owned);
    }

    /// <summary>The node or executor is disposed.</summary>
    internal void Remove(IDisposable owned)
    {
        lock (_stateLock)
            _owned.Remove(owned);
    }

    private Logger OpenLog()
    {
        string? reason = null;
        try
        {
            if (_arguments.LogsToFile)
                _logFile = new LogFile(_arguments.LogFileName);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            reason = exception.Message;
        }

        var logger = new Logger(CreateLogOutputs()).GetChild("rclcs");
        if (reason is not null)
            logger.Warn($"There is no log file: {reason.TrimEnd('.')}. Set ROS_LOG_DIR to a folder that can be written to.");

        if (_arguments.HasLogConfigFile)
            logger.Warn("--log-config-file has no effect.");

        return logger;
    }
}

/// <summary>What a context takes from here instead of from the environment.</summary>
public sealed record ContextOptions
{
    /// <summary>The ROS domain, 0 to 232; null for that of <c>ROS_DOMAIN_ID</c>, which is 0 if not set.</summary>
    public int? DomainId { get; init; }
}
