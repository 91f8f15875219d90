namespace rclcs.Generator.Parsing;

/// <summary>A message as its file defines it.</summary>
/// <param name="Package">ROS package.</param>
/// <param name="Folder"><c>msg</c>, or <c>srv</c> for what belongs to a service.</param>
/// <param name="Name">Name within the package, for example <c>Image</c> or <c>SetBool_Request</c>.</param>
/// <param name="Path">File.</param>
/// <param name="Text">Text of the file, or its part of it.</param>
/// <param name="Comment">What the file says about the message.</param>
/// <param name="Fields">Fields without error, in order.</param>
/// <param name="Constants">Constants without error, in order.</param>
/// <param name="Problems">What is wrong with the file.</param>
internal sealed record MessageDefinition(
    string Package,
    string Folder,
    string Name,
    string Path,
    string Text,
    string Comment,
    EquatableArray<Field> Fields,
    EquatableArray<Constant> Constants,
    EquatableArray<Problem> Problems)
{
    /// <summary>Full name, for example <c>sensor_msgs/msg/Image</c>.</summary>
    public string TypeName => $"{Package}/{Folder}/{Name}";
}
