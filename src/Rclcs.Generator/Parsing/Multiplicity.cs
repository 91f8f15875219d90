namespace rclcs.Generator.Parsing;

/// <summary>How many values a field holds. The numbers are what FieldType.msg adds to the number of the base type.</summary>
internal enum Multiplicity
{
    One = 0,
    Array = 48,
    BoundedSequence = 96,
    Sequence = 144,
}
