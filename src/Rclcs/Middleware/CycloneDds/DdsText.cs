using System.Runtime.InteropServices;
using System.Text;

namespace rclcs.Middleware.CycloneDds;

/// <summary>C strings to and from managed ones.</summary>
internal static unsafe class DdsText
{
    /// <summary>UTF-8 with a final NUL.</summary>
    public static byte[] ToNullTerminated(string text)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(text) + 1];
        Encoding.UTF8.GetBytes(text, bytes);
        return bytes;
    }

    /// <summary>Reads UTF-8 up to the NUL; null is the empty text.</summary>
    public static string FromNullTerminated(byte* text) =>
        Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text));
}
