using Vision.Imaging;

namespace TestSupport;

/// <summary>
/// A smooth colour picture, written into a buffer in any encoding by plain loops and the textbook's formulas
/// (ITU-R BT.601): the reference for what the frame makes of the buffer.
/// </summary>
public sealed class EncodedPicture(string encoding, int width, int height, int padding, bool isBigEndian)
{
    public string Encoding => encoding;

    public int Width => width;

    public int Height => height;

    public bool IsBigEndian => isBigEndian;

    public int Step => width * BytesPerPixel + padding;

    public bool IsMono => Layout.StartsWith("mono", StringComparison.Ordinal);

    private string Layout => encoding switch
    {
        "8UC1" => "mono8",
        "8UC3" => "bgr8",
        "16UC1" => "mono16",
        _ => encoding,
    };

    private int BytesPerPixel => Layout switch
    {
        "rgb8" or "bgr8" => 3,
        "rgba8" or "bgra8" => 4,
        "mono16" or "yuv422" or "uyvy" or "yuv422_yuy2" or "yuyv" => 2,
        _ => 1,
    };

    /// <summary>Red, green, blue of a pixel.</summary>
    public (int R, int G, int B) Color(int x, int y) =>
        (40 + 150 * x / width, 200 - 120 * y / height, 60 + 90 * (x + y) / (width + height));

    public double Gray(int x, int y)
    {
        var (r, g, b) = Color(x, y);
        return 0.299 * r + 0.587 * g + 0.114 * b;
    }

    /// <summary>The buffer; what no pixel uses holds 0xEE.</summary>
    public byte[] Encode()
    {
        var rows = encoding is "nv12" or "nv21" ? height + height / 2 : height;
        var buffer = new byte[Step * rows];
        Array.Fill(buffer, (byte)0xEE);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
                Write(buffer, x, y);
        }

        return buffer;
    }

    public ImageFrame ToFrame()
    {
        var frame = new ImageFrame();
        frame.Set(Encode(), width, height, Step, encoding, isBigEndian);
        return frame;
    }

    private static byte Round(double value) => (byte)Math.Clamp(Math.Round(value), 0, 255);

    private void Write(byte[] buffer, int x, int y)
    {
        var (r, g, b) = Color(x, y);
        var at = y * Step + x * BytesPerPixel;
        var luma = Round(16 + (65.481 * r + 128.553 * g + 24.966 * b) / 255);
        var u = Round(128 + (-37.797 * r - 74.203 * g + 112.0 * b) / 255);
        var v = Round(128 + (112.0 * r - 93.786 * g - 18.214 * b) / 255);
        var chroma = height * Step + y / 2 * Step + x / 2 * 2;
        switch (Layout)
        {
            case "rgb8":
                (buffer[at], buffer[at + 1], buffer[at + 2]) = ((byte)r, (byte)g, (byte)b);
                break;
            case "bgr8":
                (buffer[at], buffer[at + 1], buffer[at + 2]) = ((byte)b, (byte)g, (byte)r);
                break;
            case "rgba8":
                (buffer[at], buffer[at + 1], buffer[at + 2], buffer[at + 3]) = ((byte)r, (byte)g, (byte)b, 7);
                break;
            case "bgra8":
                (buffer[at], buffer[at + 1], buffer[at + 2], buffer[at + 3]) = ((byte)b, (byte)g, (byte)r, 7);
                break;
            case "mono8":
                buffer[at] = Round(Gray(x, y));
                break;
            case "mono16":
                var value = (int)Math.Round(Gray(x, y) / 255 * 65535);
                buffer[isBigEndian ? at : at + 1] = (byte)(value >> 8);
                buffer[isBigEndian ? at + 1 : at] = (byte)value;
                break;
            case "yuv422" or "uyvy":
                (buffer[at], buffer[at + 1]) = (x % 2 == 0 ? u : v, luma);
                break;
            case "yuv422_yuy2" or "yuyv":
                (buffer[at], buffer[at + 1]) = (luma, x % 2 == 0 ? u : v);
                break;
            case "nv12":
                (buffer[at], buffer[chroma], buffer[chroma + 1]) = (luma, u, v);
                break;
            case "nv21":
                (buffer[at], buffer[chroma], buffer[chroma + 1]) = (luma, v, u);
                break;
            default:
                buffer[at] = encoding["bayer_".Length + y % 2 * 2 + x % 2] switch
                {
                    'r' => (byte)r,
                    'g' => (byte)g,
                    _ => (byte)b,
                };
                break;
        }
    }
}
