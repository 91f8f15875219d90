namespace rclcs;

/// <summary>A parameter's name and value.</summary>
/// <param name="Name">Name, with dots between groups.</param>
/// <param name="Value">Value.</param>
public sealed record Parameter(string Name, ParameterValue Value)
{
    /// <summary>Makes one.</summary>
    /// <typeparam name="T">One of the types of <see cref="ParameterValue.From{T}"/>.</typeparam>
    /// <exception cref="ParameterException">The type is none of these.</exception>
    public static Parameter From<T>(string name, T value)
        where T : notnull => new(name, ParameterValue.From(value));

    /// <summary>Reads a message, of which nothing is kept.</summary>
    /// <exception cref="ParameterException">The value's type is unknown.</exception>
    public static Parameter FromMessage(rcl_interfaces.msg.Parameter message) =>
        new(message.Name, ParameterValue.FromMessage(message.Value));

    /// <summary>Makes a message.</summary>
    public rcl_interfaces.msg.Parameter ToMessage() => new() { Name = Name, Value = Value.ToMessage() };
}

/// <summary>Whether parameters were set (rcl_interfaces/msg/SetParametersResult).</summary>
/// <param name="Successful">They were.</param>
/// <param name="Reason">Why not, in one sentence; else empty.</param>
public sealed record SetParametersResult(bool Successful, string Reason)
{
    /// <summary>They were set.</summary>
    public static SetParametersResult Success { get; } = new(true, "");

    /// <summary>They were not set.</summary>
    /// <param name="reason">Why, in one sentence.</param>
    public static SetParametersResult Rejected(string reason) => new(false, reason);

    /// <summary>Reads a message.</summary>
    public static SetParametersResult FromMessage(rcl_interfaces.msg.SetParametersResult message) =>
        new(message.Successful, message.Reason);

    /// <summary>Makes a message.</summary>
    public rcl_interfaces.msg.SetParametersResult ToMessage() => new() { Successful = Successful, Reason = Reason };
}

/// <summary>A parameter is used against its declaration, or a value is not allowed for it.</summary>
public sealed class ParameterException : RuntimeError
{
    /// <summary>Creates the exception without a reason.</summary>
    public ParameterException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which parameter, which value, why and from where, in one sentence.</param>
    public ParameterException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which parameter, which value, why and from where, in one sentence.</param>
    /// <param name="innerException">What led to it.</param>
    public ParameterException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
