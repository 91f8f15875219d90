namespace rclcs;

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
