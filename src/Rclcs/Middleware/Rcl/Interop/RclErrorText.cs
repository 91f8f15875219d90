using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace rclcs.Middleware.Rcl.Interop;

/// <summary><c>rcutils_error_string_t</c>: a text that ends with a NUL, in 1024 bytes.</summary>
[InlineArray(Size)]
internal struct RclErrorText
{
    private const int Size = 1024;

    private byte _first;

    /// <summary>The text.</summary>
    public override string ToString()
    {
        var bytes = MemoryMarshal.CreateReadOnlySpan(ref _first, Size);
        var end = bytes.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]);
    }
}
