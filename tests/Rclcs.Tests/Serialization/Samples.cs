using rclcs_test_msgs.msg;
using sensor_msgs.msg;

namespace rclcs.Tests.Serialization;

/// <summary>The messages of tests/interop/cdr/samples.cpp, value by value.</summary>
internal static class Samples
{
    public static EveryKind EveryKind() => new()
    {
        ABool = true,
        AByte = 0xfe,
        AChar = (byte)'c',
        AnInt8 = -8,
        AUint8 = 200,
        AnInt16 = -1616,
        AUint16 = 61616,
        AnInt32 = -323232,
        AUint32 = 4032323232,
        AnInt64 = long.MinValue,
        AUint64 = ulong.MaxValue,
        AFloat32 = -1.5F,
        AFloat64 = 0.1,
        AString = "grüß dich 🙂",
        ABoundedString = "twelve bytes",
        AWstring = "ハロー",
        ABoundedWstring = "wörld",
        AMessage = Inner(1, 1.25, "one", -1, 2, -3),
        ATime = { Sec = -5, Nanosec = 999999999 },

        BoolArray = [true, false, true],
        ByteArray = [1, 2, 255],
        Int8Array = [-128, 0, 127],
        Uint16Array = [0, 1, 65535],
        Int64Array = [-9000000000, 9000000000],
        Float32Array = [0.25F, -0.5F, 3.0e38F],
        StringArray = ["", "second"],
        BoundedStringArray = ["four", "4"],
        WstringArray = ["", "ä"],
        MessageArray = [Inner(2, -2.5, ""), Inner(3, 3.5, "three", 33)],

        BoundedBools = [true, true, false],
        BoundedBytes = new byte[] { 9, 8, 7, 6 },
        BoundedFloat64s = [1.0e-300],
        BoundedStrings = ["a", "", "abcd"],
        BoundedWstrings = ["üüüü"],
        BoundedMessages = [Inner(4, 4.5, "four", 4, 44)],

        Bools = [false, true],
        Chars = "xyz"u8.ToArray(),
        Bytes = new byte[] { 0, 127, 128, 255, 3 },
        Int8s = [-1],
        Int16s = [-2, 2, 3],
        Uint16s = [40000],
        Int32s = [-70000, 70000],
        Uint32s = [3000000000],
        Int64s = [-5000000000],
        Uint64s = [],
        Float32s = [1, 2, 3],
        Float64s = [-0.0, 2.5],
        Strings = ["eins", "", "drei"],
        Wstrings = ["一"],
        Messages = [Inner(5, 5.5, "five", 5), Inner(6, 6.5, "six"), Inner(7, 7.5, "seven", 7, 7, 7)],
        EmptyMessages = [new(), new()],
        Last = 42,
    };

    public static Image Image() => new()
    {
        Header = { Stamp = { Sec = 1700000000, Nanosec = 123456789 }, FrameId = "CameraTop_optical_frame" },
        Height = 3,
        Width = 2,
        Encoding = "bgr8",
        Step = 8,
        Data = Enumerable.Range(0, 24).Select(i => (byte)(i * 7)).ToArray(),
    };

    private static Inner Inner(byte id, double value, string name, params List<short> numbers) =>
        new() { Id = id, Value = value, Name = name, Numbers = numbers };
}
