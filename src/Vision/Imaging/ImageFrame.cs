using System.Buffers;
using OpenCvSharp;

namespace Vision.Imaging;

/// <summary>
/// One picture of a camera: a view of the camera's pixel buffer, and the grey and colour pictures made from it when
/// they are first asked for. Made once and set again for every frame, so that its buffers are reused.
/// </summary>
/// <remarks>
/// The pixels stay with their owner; they must stay valid and unchanged until <see cref="Clear"/>, the next
/// <c>Set</c> or <see cref="Dispose"/>. <see cref="Gray"/> and <see cref="Bgr"/> belong to the frame: read them until
/// then, never dispose of them. Not safe for use by several threads at once.
/// </remarks>
public sealed unsafe class ImageFrame : IDisposable
{
    /// <summary>The largest width and height, in pixels: OpenCV's own limit.</summary>
    public const int MaxSide = short.MaxValue;

    private readonly Mat _gray = new();
    private readonly Mat _bgr = new();
    private byte* _pixels;
    private int _step;
    private bool _isBigEndian;
    private bool _hasGray;
    private bool _hasBgr;
    private MemoryHandle _pin;
    private bool _disposed;

    /// <summary>Width of the picture in pixels; 0 while none is set.</summary>
    public int Width { get; private set; }

    /// <summary>Height of the picture in pixels; 0 while none is set.</summary>
    public int Height { get; private set; }

    /// <summary>How the owner's buffer is laid out.</summary>
    public ImageEncoding Encoding { get; private set; }

    /// <summary>Whether there is no picture.</summary>
    public bool IsEmpty => _pixels == null;

    /// <summary>The picture in grey: Height × Width × 1 byte (CV_8UC1). Owned by the frame.</summary>
    /// <exception cref="InvalidOperationException">No picture is set.</exception>
    public Mat Gray
    {
        get
        {
            ThrowIfEmpty();
            if (!_hasGray)
            {
                PixelConversion.ToGray(Source, _gray);
                _hasGray = true;
            }

            return _gray;
        }
    }

    /// <summary>The picture in colour: Height × Width × 3 bytes, blue first (CV_8UC3). Owned by the frame.</summary>
    /// <exception cref="InvalidOperationException">No picture is set.</exception>
    public Mat Bgr
    {
        get
        {
            ThrowIfEmpty();
            if (!_hasBgr)
            {
                PixelConversion.ToBgr(Source, _bgr);
                _hasBgr = true;
            }

            return _bgr;
        }
    }

    private PixelBuffer Source => new(_pixels, Width, Height, _step, Encoding, _isBigEndian);

    /// <summary>Looks at pixels in native memory.</summary>
    /// <param name="data">Where the first row starts.</param>
    /// <param name="length">Bytes that may be read from there.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="step">Bytes from the start of one row to the start of the next; may be more than the row needs.</param>
    /// <param name="encoding">A name of ROS's sensor_msgs/image_encodings, see <see cref="ImageEncodings.Supported"/>.</param>
    /// <param name="isBigEndian">Byte order of 16-bit pixels.</param>
    /// <exception cref="ImageException">The encoding is unknown or the numbers don't fit together; the frame is empty then.</exception>
    public void Set(nint data, int length, int width, int height, int step, string encoding, bool isBigEndian = false)
    {
        Clear();
        Use((byte*)data, length, width, height, step, ImageEncodings.Parse(encoding), isBigEndian);
    }

    /// <summary>Looks at pixels in managed memory, which stays pinned until the picture is cleared or replaced.</summary>
    /// <inheritdoc cref="Set(nint, int, int, int, int, string, bool)"/>
    public void Set(
        ReadOnlyMemory<byte> data, int width, int height, int step, string encoding, bool isBigEndian = false)
    {
        Clear();
        var pin = data.Pin();
        try
        {
            Use((byte*)pin.Pointer, data.Length, width, height, step, ImageEncodings.Parse(encoding), isBigEndian);
            _pin = pin;
        }
        catch
        {
            pin.Dispose();
            throw;
        }
    }

    /// <summary>Looks at the pixels of an OpenCV picture.</summary>
    /// <param name="image">Grey (CV_8UC1) or blue-green-red (CV_8UC3); may be part of a larger picture.</param>
    /// <exception cref="ImageException">The picture is of another type, or empty.</exception>
    public void Set(Mat image)
    {
        ArgumentNullException.ThrowIfNull(image);
        Clear();
        var encoding = image.Type() == MatType.CV_8UC3 ? ImageEncoding.Bgr8
            : image.Type() == MatType.CV_8UC1 ? ImageEncoding.Mono8
            : throw new ImageException($"A picture of type {image.Type()} is not supported; use CV_8UC1 or CV_8UC3.");
        var step = (int)image.Step();
        Use(image.DataPointer, step * image.Rows, image.Width, image.Height, step, encoding, isBigEndian: false);
    }

    /// <summary>Reads a picture file (PNG, JPEG, …) into the frame, upright as its EXIF data say.</summary>
    /// <exception cref="ImageException">The file is missing or no picture.</exception>
    public void Load(string path)
    {
        Clear();
        if (!File.Exists(path))
            throw new ImageException($"Picture {path} does not exist.");
        using var picture = Cv2.ImRead(path, ImreadModes.Color);
        if (picture.Empty())
            throw new ImageException($"{path} is not a picture that OpenCV can read.");
        picture.CopyTo(_bgr);
        Set(_bgr);
        _hasBgr = true;
    }

    /// <summary>Writes the picture in colour into a buffer of the caller's.</summary>
    /// <param name="destination">Becomes Height × Width × 3 bytes, blue first; reused if it has that shape already.</param>
    public void CopyBgrTo(Mat destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        ThrowIfEmpty();
        if (_hasBgr)
            _bgr.CopyTo(destination);
        else
            PixelConversion.ToBgr(Source, destination);
    }

    /// <summary>Lets go of the picture, and of the pin on its memory. The buffers stay for the next one.</summary>
    public void Clear()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _pin.Dispose();
        _pin = default;
        _pixels = null;
        (Width, Height) = (0, 0);
        (_hasGray, _hasBgr) = (false, false);
    }

    /// <summary>Frees the buffers and lets go of the picture.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        Clear();
        _disposed = true;
        _gray.Dispose();
        _bgr.Dispose();
    }

    private void Use(byte* data, int length, int width, int height, int step, ImageEncoding encoding, bool isBigEndian)
    {
        if (width < 1 || height < 1 || width > MaxSide || height > MaxSide)
        {
            throw new ImageException(
                $"Image size {width}x{height} is not possible; width and height are from 1 to {MaxSide} pixels.");
        }

        if (encoding.NeedsEvenWidth() && width % 2 != 0)
            throw new ImageException($"Image width {width} is odd; {encoding} pixels come in pairs.");
        if (encoding.NeedsEvenHeight() && height % 2 != 0)
            throw new ImageException($"Image height {height} is odd; {encoding} rows come in pairs.");

        var row = width * encoding.BytesPerPixel();
        if (step < row)
        {
            throw new ImageException(
                $"Image step is {step} bytes; a row of {width} {encoding} pixels needs at least {row}.");
        }

        // The last row may come without its padding.
        var needed = (long)step * (encoding.BufferRows(height) - 1) + row;
        if (data == null || length < needed)
        {
            throw new ImageException(
                $"Image data has {(data == null ? 0 : length)} bytes; " +
                $"{width}x{height} {encoding} with step {step} needs {needed}.");
        }

        _pixels = data;
        _step = step;
        _isBigEndian = isBigEndian;
        (Width, Height, Encoding) = (width, height, encoding);
    }

    private void ThrowIfEmpty()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (IsEmpty)
            throw new InvalidOperationException("The frame holds no picture; call Set first.");
    }
}
