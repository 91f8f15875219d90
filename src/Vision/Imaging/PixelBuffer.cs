namespace Vision.Imaging;

/// <summary>A camera's pixels, checked: every row lies in memory that may be read.</summary>
internal readonly unsafe ref struct PixelBuffer(
    byte* pixels, int width, int height, int step, ImageEncoding encoding, bool isBigEndian)
{
    public int Width => width;

    public int Height => height;

    public ImageEncoding Encoding => encoding;

    public bool IsBigEndian => isBigEndian;

    public nint Pointer => (nint)pixels;

    public int Step => step;

    /// <summary>The bytes of one row of the first plane, without padding.</summary>
    public ReadOnlySpan<byte> Row(int y) => new(pixels + (long)y * step, width * encoding.BytesPerPixel());
}
