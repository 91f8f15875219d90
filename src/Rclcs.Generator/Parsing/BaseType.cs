namespace rclcs.Generator.Parsing;

/// <summary>What a field holds one or many of. The numbers are those of type_description_interfaces/msg/FieldType.</summary>
internal enum BaseType
{
    Message = 1,
    Int8 = 2,
    UInt8 = 3,
    Int16 = 4,
    UInt16 = 5,
    Int32 = 6,
    UInt32 = 7,
    Int64 = 8,
    UInt64 = 9,
    Float32 = 10,
    Float64 = 11,
    Bool = 15,
    Byte = 16,
    String = 17,
    WString = 18,
}
