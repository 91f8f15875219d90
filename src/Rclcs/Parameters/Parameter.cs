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
