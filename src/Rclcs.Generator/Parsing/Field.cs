namespace rclcs.Generator.Parsing;

/// <summary>A field of a message.</summary>
/// <param name="Name">Its ROS name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Default">Its default value: one value, or the elements of an array or sequence. Null without one.</param>
/// <param name="Comment">What the file says about it.</param>
/// <param name="Declaration">Type and name as the file writes them.</param>
/// <param name="Span">Where its type stands.</param>
internal sealed record Field(
    string Name, FieldType Type, EquatableArray<Value>? Default, string Comment, string Declaration, SourceSpan Span);
