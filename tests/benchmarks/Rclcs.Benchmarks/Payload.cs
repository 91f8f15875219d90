using System.Diagnostics;
using System.Runtime.InteropServices;
using Image = sensor_msgs.msg.Image;

namespace rclcs.Benchmarks;

/// <summary>What is sent: an image whose pixels make the size, with the time of sending in its header.</summary>
internal sealed class Payload
{
    // Serialized, an image without pixels, frame and encoding takes 41 bytes with the header, and three of padding.
    private const int Overhead = 44;
    private const int Alignment = 64;
    private const int NanosecondsPerSecond = 1_000_000_000;

    private Payload(string name, int pixelBytes)
    {
        Name = name;
        PixelBytes = pixelBytes;
    }

    /// <summary>640×480 pixels of bgr8, as cameras send them.</summary>
    public static Payload Image { get; } = new("image", 640 * 480 * 3);

    /// <summary>1280×960 pixels of bgr8.</summary>
    public static Payload LargeImage { get; } = new("large", 1280 * 960 * 3);

    /// <summary>64 bytes in all.</summary>
    public static Payload Small { get; } = new("small", 64 - Overhead);

    /// <summary>For the command line.</summary>
    public string Name { get; }

    /// <summary>Bytes of pixels.</summary>
    public int PixelBytes { get; }

    /// <summary>Finds one by name.</summary>
    public static Payload Named(string name) => Array.Find([Image, LargeImage, Small], payload => payload.Name == name)!;

    /// <summary>The monotonic clock, which all processes of a machine share, in nanoseconds.</summary>
    public static long Now() => (long)(Stopwatch.GetTimestamp() * (1e9 / Stopwatch.Frequency));

    /// <summary>A message to be sent again and again.</summary>
    public Image CreateMessage()
    {
        // Where OpenCV puts pictures, too; an array of .NET begins at any multiple of eight, from where it is copied more slowly.
        var room = GC.AllocateArray<byte>(PixelBytes + Alignment, pinned: true);
        var pixels = room.AsMemory((int)(Alignment - (Marshal.UnsafeAddrOfPinnedArrayElement(room, 0) % Alignment)), PixelBytes);
        new Random(1).NextBytes(pixels.Span);
        return new Image { Data = pixels };
    }

    /// <summary>Writes the time of sending and a number into a message.</summary>
    public static void Stamp(Image message, int number)
    {
        var now = Now();
        message.Header.Stamp.Sec = (int)(now / NanosecondsPerSecond);
        message.Header.Stamp.Nanosec = (uint)(now % NanosecondsPerSecond);
        message.Height = (uint)number;
    }

    /// <summary>The time since a message was sent, in nanoseconds.</summary>
    public static long Age(Image message) =>
        Now() - ((message.Header.Stamp.Sec * (long)NanosecondsPerSecond) + message.Header.Stamp.Nanosec);
}
