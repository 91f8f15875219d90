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

    // A second, or three of a slow camera
    private const int PicturesUntilWhiteFalls = 30;

    // Where a PNG's head says how many bits a sample has.
    private const int PngBitDepth = 24;

    private readonly Mat _gray = new();
    private readonly Mat _bgr = new();
    private readonly Mat _decoded = new();
    private PixelBuffer _source;
    private bool _hasGray;
    private bool _hasBgr;
    private MemoryHandle _pin;
    private bool _disposed;

    // What is white does not change back from one picture of a camera to the next, but after some that need less.
    private (uint White, int Width, int Height, int NeedLess) _camera;

    /// <summary>Width of the picture in pixels; 0 while none is set.</summary>
    public int Width => _source.Width;

    /// <summary>Height of the picture in pixels; 0 while none is set.</summary>
    public int Height => _source.Height;

    /// <summary>How many times larger the picture was before <see cref="SetCompressed"/> decoded it at a part of its size; else 1.</summary>
    public int Reduction { get; private set; } = 1;

    /// <summary>Width of the picture as it was sent.</summary>
    public int SentWidth { get; private set; }

    /// <summary>Height of the picture as it was sent.</summary>
    public int SentHeight { get; private set; }

    /// <summary>
    /// How the picture has to be turned to be upright, where the camera is mounted sideways or upside down. Nobody turns it:
    /// pixels and places stay the camera's, and who looks at faces turns what it looks at. Kept for the next picture.
    /// </summary>
    public Turn Upright { get; set; }

    /// <summary>Another number for each picture, so that who made something of one knows whether it is still this one.</summary>
    public long Version { get; private set; }

    /// <summary>Whether there is no picture.</summary>
    public bool IsEmpty => _source.Pixels == 0;

    /// <summary>The picture in grey: Height × Width × 1 byte (CV_8UC1). Owned by the frame.</summary>
    /// <exception cref="InvalidOperationException">No picture is set.</exception>
    public Mat Gray
    {
        get
        {
            ThrowIfEmpty();
            if (!_hasGray)
            {
                _source.Encoding.ToGray(_source, _gray);
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
                _source.Encoding.ToBgr(_source, _bgr);
                _hasBgr = true;
            }

            return _bgr;
        }
    }

    /// <summary>
    /// The picture in colour where it is in colour already: the owner's buffer if it has red, green and blue bytes, else
    /// <see cref="Bgr"/>. Valid as long as the picture.
    /// </summary>
    /// <exception cref="InvalidOperationException">No picture is set.</exception>
    public ColorPixels Color
    {
        get
        {
            ThrowIfEmpty();
            if (_source.Encoding == ImageEncoding.Bgr8 || _source.Encoding == ImageEncoding.Rgb8)
                return new ColorPixels(_source.Pixels, _source.Step, _source.Encoding == ImageEncoding.Rgb8);
            var bgr = Bgr;
            return new ColorPixels((nint)bgr.DataPointer, (int)bgr.Step(), IsRgb: false);
        }
    }

    /// <summary>Looks at pixels in native memory.</summary>
    /// <param name="data">Where the first row starts.</param>
    /// <param name="length">Bytes that may be read from there.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="step">Bytes from the start of one row to the start of the next; may be more than the row needs.</param>
    /// <param name="encoding">A name of ROS's sensor_msgs/image_encodings, see <see cref="ImageEncoding.Supported"/>.</param>
    /// <param name="isBigEndian">Byte order of 16-bit pixels.</param>
    /// <exception cref="ImageException">The encoding is unknown or the numbers don't fit together; the frame is empty then.</exception>
    /// <remarks>The numbers are wider than they need be, so that a message's own can be given, and shown if they are wrong.</remarks>
    public void Set(nint data, int length, long width, long height, long step, string encoding, bool isBigEndian = false)
    {
        Clear();
        Use(data, length, width, height, step, ImageEncoding.Parse(encoding), isBigEndian);
    }

    /// <summary>Looks at pixels in managed memory, which stays pinned until the picture is cleared or replaced.</summary>
    /// <inheritdoc cref="Set(nint, int, long, long, long, string, bool)"/>
    public void Set(
        ReadOnlyMemory<byte> data, long width, long height, long step, string encoding, bool isBigEndian = false)
    {
        Clear();
        var pin = data.Pin();
        try
        {
            Use((nint)pin.Pointer, data.Length, width, height, step, ImageEncoding.Parse(encoding), isBigEndian);
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
        Look(image, encoding);
    }

    /// <summary>
    /// Decodes a JPEG or PNG into the frame's own buffers; the data are not needed afterwards. What EXIF says of the
    /// camera's orientation is ignored: in a stream, the driver has dealt with it.
    /// </summary>
    /// <param name="data">The file's bytes.</param>
    /// <param name="format">
    /// As in <c>sensor_msgs/CompressedImage.format</c>, for example <c>bgr8; jpeg compressed bgr8</c>. What the data are,
    /// they say themselves; from here comes only which mosaic a grey PNG is, if it is one.
    /// </param>
    /// <param name="enoughPixels">
    /// Pixels that the longer side needs at least: of a JPEG that has more, only a half, a quarter or an eighth of the rows and
    /// columns is decoded, which takes less time. See <see cref="Reduction"/>.
    /// </param>
    /// <exception cref="ImageException">It cannot be decoded, or is larger than 64 megapixels; the frame is empty then.</exception>
    public void SetCompressed(ReadOnlyMemory<byte> data, string format, int enoughPixels = MaxSide)
    {
        Clear();
        var header = CompressedHeader.Read(data.Span, format);
        var reduction = header.Format == "JPEG" ? ReductionTo(enoughPixels, Math.Max(header.Width, header.Height)) : 1;
        // "bayer_rggb8; png compressed " as image_transport writes it
        var encoding = ImageEncoding.Find(format.AsSpan(0, Math.Max(0, format.IndexOf(';', StringComparison.Ordinal))));
        var isGrayPng = header is { Format: "PNG", IsGray: true };
        var isMosaic = isGrayPng && encoding is { IsMosaic: true };
        // An infrared camera's 10, 12 or 14 bits in 16: as raw ones, the picture's range counts, not the upper eight.
        var isDeep = isGrayPng && !isMosaic && data.Span[PngBitDepth] == 16;
        using var pin = data.Pin();
        using var picture = NativeMat.Decode((nint)pin.Pointer, data.Length,
            (reduction, header.IsGray) switch
            {
                (2, true) => ImreadModes.ReducedGrayscale2,
                (4, true) => ImreadModes.ReducedGrayscale4,
                (8, true) => ImreadModes.ReducedGrayscale8,
                (2, false) => ImreadModes.ReducedColor2,
                (4, false) => ImreadModes.ReducedColor4,
                (8, false) => ImreadModes.ReducedColor8,
                (_, true) when isDeep => ImreadModes.Grayscale | ImreadModes.AnyDepth,
                (_, true) => ImreadModes.Grayscale,
                _ => ImreadModes.Color,
            } | ImreadModes.IgnoreOrientation);
        if (picture.IsEmpty)
            throw new ImageException($"{header.Format} of {header.Width}x{header.Height} pixels and {data.Length} bytes is damaged.");

        if (isMosaic || isDeep)
        {
            OpenCv.Copy(picture.Pointer, _decoded);
            Look(_decoded, isMosaic ? encoding! : ImageEncoding.Mono16);
        }
        else if (header.IsGray)
        {
            OpenCv.Copy(picture.Pointer, _gray);
            Look(_gray, ImageEncoding.Mono8);
            _hasGray = true;
        }
        else
        {
            OpenCv.Copy(picture.Pointer, _bgr);
            Look(_bgr, ImageEncoding.Bgr8);
            _hasBgr = true;
        }

        (Reduction, SentWidth, SentHeight) = (reduction, header.Width, header.Height);
    }

    /// <summary>Reads a picture file (PNG, JPEG, …) into the frame, upright as its EXIF data say.</summary>
    /// <exception cref="ImageException">The file is missing or no picture.</exception>
    public void Load(string path)
    {
        Clear();
        if (!File.Exists(path))
            throw new ImageException($"Picture {path} does not exist.");
        using var picture = PictureFile.Read(path, ImreadModes.Color);
        if (picture.Empty())
            throw new ImageException($"{path} is not a picture that OpenCV can read.");
        picture.CopyTo(_bgr);
        Look(_bgr, ImageEncoding.Bgr8);
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
            _source.Encoding.ToBgr(_source, destination);
    }

    /// <summary>Lets go of the picture, and of the pin on its memory. The buffers stay for the next one.</summary>
    public void Clear()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _pin.Dispose();
        _pin = default;
        _source = default;
        Version++;
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
        _decoded.Dispose();
    }

    private static int ReductionTo(int enough, int pixels)
    {
        var reduction = 1;
        while (reduction < 8 && pixels / (2 * reduction) >= enough)
            reduction *= 2;
        return reduction;
    }

    private void Look(Mat image, ImageEncoding encoding)
    {
        var step = image.Step();
        Use((nint)image.DataPointer, checked((int)(step * image.Rows)), image.Width, image.Height, step, encoding, isBigEndian: false);
    }

    private void Use(nint data, int length, long width, long height, long step, ImageEncoding encoding, bool isBigEndian)
    {
        if (width < 1 || height < 1 || width > MaxSide || height > MaxSide)
        {
            throw new ImageException(
                $"Image size {width}x{height} is not possible; width and height are from 1 to {MaxSide} pixels.");
        }

        if (encoding.PairsColumns && width % 2 != 0)
            throw new ImageException($"Image width {width} is odd; {encoding} pixels come in pairs.");
        if (encoding.PairsRows && height % 2 != 0)
            throw new ImageException($"Image height {height} is odd; {encoding} rows come in pairs.");

        var row = width * encoding.BytesPerPixel;
        if (step < row)
        {
            throw new ImageException(
                $"Image step is {step} bytes; a row of {width} {encoding} pixels needs at least {row}.");
        }

        // The last row may come without its padding.
        var needed = (Int128)step * (encoding.BufferRows((int)height) - 1) + row;
        if (data == 0 || length < needed)
        {
            throw new ImageException(
                $"Image data has {(data == 0 ? 0 : length)} bytes; " +
                $"{width}x{height} {encoding} with step {step} needs {needed}.");
        }

        _source = new PixelBuffer(data, (int)width, (int)height, (int)Math.Min(step, length), encoding, isBigEndian);
        if (encoding == ImageEncoding.Mono16)
        {
            var white = PixelConversion.FindWhite(_source);
            var needLess = (_camera.Width, _camera.Height) == (_source.Width, _source.Height) && white < _camera.White ? _camera.NeedLess + 1 : 0;
            _camera = needLess is > 0 and < PicturesUntilWhiteFalls
                ? _camera with { NeedLess = needLess }
                : (white, _source.Width, _source.Height, 0);
            _source = _source with { White = _camera.White };
        }

        (Reduction, SentWidth, SentHeight) = (1, (int)width, (int)height);
    }

    private void ThrowIfEmpty()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (IsEmpty)
            throw new InvalidOperationException("The frame holds no picture; call Set first.");
    }
}
