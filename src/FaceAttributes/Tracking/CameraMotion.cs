using System.Numerics;
using OpenCvSharp;
using Vision.Imaging;

namespace FaceAttributes.Tracking;

/// <summary>
/// How far the picture has moved since the last one because the camera did: the shift for which two small grey copies differ
/// least, where pixels that differ much (people who move) count no more than others. Used by one thread at a time; allocates
/// nothing once warm.
/// </summary>
public sealed class CameraMotion : IDisposable
{
    // Longer sides of the small copies: one to look far with, one to look closely.
    private const int FarSide = 80;
    private const int CloseSide = 160;

    // The longest shift in pixels of the far copy: a fifth of the picture.
    private const int Far = FarSide / 5;
    private const int Close = 2;

    // More grey values than this are counted as so many. Of at most so many pixels of a column, sums fit 16 bits.
    private const byte MostDifference = 24;

    // A shift must explain the picture better than none, by this factor.
    private const double Better = 0.8;

    private readonly Mat _resized = new();
    private Copy _farNow = new();
    private Copy _farBefore = new();
    private Copy _closeNow = new();
    private Copy _closeBefore = new();

    /// <summary>Looks at the next image.</summary>
    /// <param name="frame">The image.</param>
    /// <returns>
    /// How many pixels what stands still has moved to the right and down since the last image; zero for the first one, and
    /// where no shift of up to a fifth of the picture makes the two alike.
    /// </returns>
    public Vector2 Estimate(ImageFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        (_farNow, _farBefore, _closeNow, _closeBefore) = (_farBefore, _farNow, _closeBefore, _closeNow);
        _farNow.Take(frame.Gray, FarSide, _resized);
        _closeNow.Take(frame.Gray, CloseSide, _resized);
        if (!_closeNow.IsAs(_closeBefore))
            return Vector2.Zero;

        var (best, x, y) = (_farNow.Difference(_farBefore, 0, 0), 0, 0);
        for (var dy = -Far; dy <= Far; dy++)
        {
            for (var dx = -Far; dx <= Far; dx++)
            {
                var difference = _farNow.Difference(_farBefore, dx, dy);
                if (difference < best)
                    (best, x, y) = (difference, dx, dy);
            }
        }

        var (closeX, closeY) = (x * CloseSide / FarSide, y * CloseSide / FarSide);
        var (bestX, bestY, least) = (closeX, closeY, double.PositiveInfinity);
        for (var dy = closeY - Close; dy <= closeY + Close; dy++)
        {
            for (var dx = closeX - Close; dx <= closeX + Close; dx++)
            {
                var difference = _closeNow.Difference(_closeBefore, dx, dy);
                if (difference < least)
                    (least, bestX, bestY) = (difference, dx, dy);
            }
        }

        if (least >= Better * _closeNow.Difference(_closeBefore, 0, 0))
            return Vector2.Zero;
        var pixels = (float)Math.Max(frame.Width, frame.Height) / CloseSide;
        return pixels * new Vector2(
            bestX + Between(_closeNow.Difference(_closeBefore, bestX - 1, bestY), least, _closeNow.Difference(_closeBefore, bestX + 1, bestY)),
            bestY + Between(_closeNow.Difference(_closeBefore, bestX, bestY - 1), least, _closeNow.Difference(_closeBefore, bestX, bestY + 1)));
    }

    /// <summary>Forgets the last image.</summary>
    public void Reset()
    {
        _closeNow.Clear();
        _closeBefore.Clear();
    }

    /// <inheritdoc/>
    public void Dispose() => _resized.Dispose();

    // Where the lowest point of a parabola through three neighbours is, from the middle one: -0.5 to 0.5.
    private static float Between(double before, double middle, double after)
    {
        var curvature = before - 2 * middle + after;
        return curvature > 0 ? (float)Math.Clamp((before - after) / (2 * curvature), -0.5, 0.5) : 0;
    }

    /// <summary>A small copy of a picture.</summary>
    private sealed class Copy
    {
        private byte[] _pixels = [];
        private int _width;
        private int _height;

        public bool IsAs(Copy other) => _width > 0 && (_width, _height) == (other._width, other._height);

        public void Clear() => _width = 0;

        public unsafe void Take(Mat picture, int side, Mat resized)
        {
            var scale = (double)side / Math.Max(picture.Width, picture.Height);
            _width = Math.Max(1, (int)Math.Round(picture.Width * scale));
            _height = Math.Max(1, (int)Math.Round(picture.Height * scale));
            OpenCv.Resize(picture.CvPtr, resized, new Size(_width, _height), InterpolationFlags.Area);
            GC.KeepAlive(picture);
            if (_pixels.Length < _width * _height)
                _pixels = new byte[_width * _height];
            for (var y = 0; y < _height; y++)
                new ReadOnlySpan<byte>((byte*)resized.Ptr(y), _width).CopyTo(_pixels.AsSpan(y * _width, _width));
        }

        /// <summary>Mean difference of the pixels that both have if the other one is moved so far to the right and down.</summary>
        public double Difference(Copy other, int dx, int dy)
        {
            var (width, height) = (_width - Math.Abs(dx), _height - Math.Abs(dy));
            if (width <= 0 || height <= 0)
                return double.PositiveInfinity;
            var (sums, sum, most) = (Vector<ushort>.Zero, 0, new Vector<byte>(MostDifference));
            for (var y = 0; y < height; y++)
            {
                var row = _pixels.AsSpan((y + Math.Max(0, dy)) * _width + Math.Max(0, dx), width);
                var otherRow = other._pixels.AsSpan((y + Math.Max(0, -dy)) * _width + Math.Max(0, -dx), width);
                var x = 0;
                for (; x <= width - Vector<byte>.Count; x += Vector<byte>.Count)
                {
                    var (a, b) = (new Vector<byte>(row[x..]), new Vector<byte>(otherRow[x..]));
                    Vector.Widen(Vector.Min(Vector.Max(a, b) - Vector.Min(a, b), most), out var low, out var high);
                    sums += low + high;
                }

                for (; x < width; x++)
                    sum += Math.Min(Math.Abs(row[x] - otherRow[x]), MostDifference);
            }

            for (var i = 0; i < Vector<ushort>.Count; i++)
                sum += sums[i];
            return (double)sum / (width * height);
        }
    }
}
