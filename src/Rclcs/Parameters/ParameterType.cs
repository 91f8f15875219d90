namespace rclcs;

/// <summary>Type of a parameter's value, with the numbers of rcl_interfaces/msg/ParameterType.</summary>
public enum ParameterType
{
    /// <summary>No value.</summary>
    NotSet,

    /// <summary><see cref="bool"/>.</summary>
    Bool,

    /// <summary><see cref="long"/>.</summary>
    Integer,

    /// <summary><see cref="double"/>.</summary>
    Double,

    /// <summary><see cref="string"/>.</summary>
    String,

    /// <summary>Array of <see cref="byte"/>.</summary>
    ByteArray,

    /// <summary>Array of <see cref="bool"/>.</summary>
    BoolArray,

    /// <summary>Array of <see cref="long"/>.</summary>
    IntegerArray,

    /// <summary>Array of <see cref="double"/>.</summary>
    DoubleArray,

    /// <summary>Array of <see cref="string"/>.</summary>
    StringArray,
}
