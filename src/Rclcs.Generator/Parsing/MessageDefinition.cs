namespace rclcs.Generator.Parsing;

/// <summary>A message as its file defines it. A service will be two of them from one file.</summary>
/// <param name="Package">ROS package.</param>
/// <param name="Name">Name within the package.</param>
/// <param name="Path">File.</param>
/// <param name="Text">Text of the file.</param>
/// <param name="Comment">What the file says about the message.</param>
/// <param name="Fields">Fields without error, in order.</param>
/// <param name="Constants">Constants without error, in order.</param>
/// <param name="Problems">What is wrong with the file.</param>
internal sealed record MessageDefinition(
    string Package,
    string Name,
    string Path,
    string Text,
    string Comment,
    EquatableArray<Field> Fields,
    EquatableArray<Constant> Constants,
    EquatableArray<Problem> Problems)
{
    /// <summary>Full name, for example <c>sensor_msgs/msg/Image</c>.</summary>
    public string TypeName => $"{Package}/msg/{Name}";
}
