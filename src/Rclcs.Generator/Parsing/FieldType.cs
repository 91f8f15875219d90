namespace rclcs.Generator.Parsing;

/// <summary>Type of a field.</summary>
/// <param name="Base">What it holds.</param>
/// <param name="MessageType">Full name such as <c>std_msgs/msg/Header</c> where that is a message, else empty.</param>
/// <param name="StringBound">Most units in a string, 0 for no limit.</param>
/// <param name="Multiplicity">How many it holds.</param>
/// <param name="Capacity">Length of an array, most elements of a bounded sequence, else 0.</param>
internal sealed record FieldType(
    BaseType Base, string MessageType, int StringBound, Multiplicity Multiplicity, int Capacity)
{
    public bool IsString => Base is BaseType.String or BaseType.WString;

    public bool IsSequence => Multiplicity is Multiplicity.Sequence or Multiplicity.BoundedSequence;

    /// <summary>A <c>byte[]</c>, <c>uint8[]</c> or <c>char[]</c>: bytes that are shown where they lie.</summary>
    public bool IsByteSequence => IsSequence && (Base is BaseType.UInt8 or BaseType.Byte);
}
