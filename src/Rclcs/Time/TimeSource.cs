namespace rclcs;

/// <summary>Lets a node's clock follow <c>/clock</c> while the node's parameter <c>use_sim_time</c> is true.</summary>
internal sealed class TimeSource : IDisposable
{
    private const string ParameterName = "use_sim_time";

    private readonly Lock _applyLock = new();
    private readonly Node _node;
    private readonly IDisposable _parameterCallback;
    private ClockSubscription? _subscription;
    private long _last;
    private bool _disposed;

    /// <summary>Declares the parameter and does what it says.</summary>
    /// <param name="node">Its clock is of ROS time.</param>
    /// <exception cref="ParameterException">The value from outside is no bool.</exception>
    public TimeSource(Node node)
    {
        _node = node;
        node.DeclareParameter(
            ParameterName, false, new ParameterDescriptor { Description = "Whether the time comes from the topic /clock" });
        Apply();
        _parameterCallback = node.AddPostSetParametersCallback(OnParametersSet);
    }

    /// <summary>Ends it; the clock tells system time.</summary>
    public void Dispose()
    {
        _parameterCallback.Dispose();
        lock (_applyLock)
        {
            _disposed = true;
            Stop();
        }
    }

    private void OnParametersSet(IReadOnlyList<Parameter> parameters)
    {
        if (parameters.Any(parameter => parameter.Name == ParameterName))
            Apply();
    }

    private void Apply()
    {
        lock (_applyLock)
        {
            if (_disposed)
                return;

            if (!_node.GetParameter<bool>(ParameterName))
            {
                Stop();
            }
            else if (_subscription is null)
            {
                // Zero, or what /clock said when it was the source before.
                _node.Clock.SetRosTime(_last);
                _subscription = new ClockSubscription(_node, SetTime);
            }
        }
    }

    private void Stop()
    {
        _subscription?.Dispose();
        _subscription = null;
        _node.Clock.ClearRosTime();
    }

    private void SetTime(long nanoseconds)
    {
        _last = nanoseconds;
        _node.Clock.SetRosTime(nanoseconds);
    }
}
