namespace Vision.Imaging;

/// <summary>Pixels of three bytes each, in memory that belongs to somebody else.</summary>
/// <param name="Data">Where the first row starts.</param>
/// <param name="Step">Bytes from the start of one row to the start of the next.</param>
/// <param name="IsRgb">Whether red comes first; otherwise blue.</param>
public readonly record struct ColorPixels(nint Data, int Step, bool IsRgb)
{
    /// <summary>Bytes of a pixel.</summary>
    public const int Channels = 3;

    /// <summary>The start of a pixel.</summary>
    public nint At(int x, int y) => Data + (nint)y * Step + x * Channels;
}
