using System.Numerics;
using System.Runtime.Intrinsics;
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
    // Longer sides of the small copies: one to look far with, one, twice as large, to look closely.
    private const int FarSide = 80;
    private const int CloseSide = 2 * FarSide;

    // The longest shift that is looked for is this part of the picture; the middle that is left is what is compared.
    private const int MostShift = 5;

    // How far the close look goes round what the far one found, in its pixels.
    private const int Close = 2;

    // More grey values than this are counted as so many: sums of a column fit 16 bits.
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
    /// <param name="isWanted">False: the image is only kept to compare the next one with, which costs less.</param>
    /// <returns>
    /// How many pixels what stands still has moved to the right and down since the last image; zero for the first one, and
    /// where no shift of up to a fifth of the picture makes the two alike.
    /// </returns>
    public Vector2 Estimate(ImageFrame frame, bool isWanted = true)
    {
        ArgumentNullException.ThrowIfNull(frame);
        (_farNow, _farBefore, _closeNow, _closeBefore) = (_farBefore, _farNow, _closeBefore, _closeNow);
        _farNow.Take(frame.Gray, FarSide, _resized);
        _closeNow.Take(frame.Gray, CloseSide, _resized);
        if (!isWanted || !_farNow.IsAs(_farBefore) || !_closeNow.IsAs(_closeBefore))
            return Vector2.Zero;

        var (farX, farY) = (_farNow.Width / MostShift, _farNow.Height / MostShift);
        var window = _farNow.Middle(farX, farY);
        var (least, x, y) = (_farNow.Difference(_farBefore, window, 0, 0), 0, 0);
        Search(_farNow, _farBefore, window, (-farX, farX), (-farY, farY), ref least, ref x, ref y);

        var (closeX, closeY) = (2 * x, 2 * y);
        window = _closeNow.Middle(2 * farX + Close + 1, 2 * farY + Close + 1);
        var still = _closeNow.Difference(_closeBefore, window, 0, 0);
        (least, x, y) = (double.PositiveInfinity, closeX, closeY);
        Search(
            _closeNow, _closeBefore, window, (closeX - Close, closeX + Close), (closeY - Close, closeY + Close), ref least, ref x, ref y);
        if (!(least < Better * still))
            return Vector2.Zero;
        var pixels = (float)Math.Max(frame.Width, frame.Height) / CloseSide;
        return pixels * new Vector2(
            x + Between(_closeNow.Difference(_closeBefore, window, x - 1, y), least, _closeNow.Difference(_closeBefore, window, x + 1, y)),
            y + Between(_closeNow.Difference(_closeBefore, window, x, y - 1), least, _closeNow.Difference(_closeBefore, window, x, y + 1)));
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

    private static void Search(
        Copy now, Copy before, Rect window, (int From, int To) columns, (int From, int To) rows, ref double least, ref int x, ref int y)
    {
        for (var dy = rows.From; dy <= rows.To; dy++)
        {
            for (var dx = columns.From; dx <= columns.To; dx++)
            {
                var difference = now.Difference(before, window, dx, dy);
                if (difference < least)
                    (least, x, y) = (difference, dx, dy);
            }
        }
    }

    /// <summary>A small copy of a picture.</summary>
    private sealed class Copy
    {
        private byte[] _pixels = [];

        public int Width { get; private set; }

        public int Height { get; private set; }

        public bool IsAs(Copy other) => Width > 0 && (Width, Height) == (other.Width, other.Height);

        public void Clear() => Width = 0;

        /// <summary>What is left without margins, as wide as so many vectors are; empty where it is less than one.</summary>
        public Rect Middle(int marginX, int marginY)
        {
            var width = Math.Max(0, Width - 2 * marginX) / Vector128<byte>.Count * Vector128<byte>.Count;
            return new Rect(marginX, marginY, width, Math.Max(0, Height - 2 * marginY));
        }

        public unsafe void Take(Mat picture, int side, Mat resized)
        {
            var scale = (double)side / Math.Max(picture.Width, picture.Height);
            Width = Math.Max(1, (int)Math.Round(picture.Width * scale));
            Height = Math.Max(1, (int)Math.Round(picture.Height * scale));
            OpenCv.Resize(picture.CvPtr, resized, new Size(Width, Height), InterpolationFlags.Area);
            GC.KeepAlive(picture);
            if (_pixels.Length < Width * Height)
                _pixels = new byte[Width * Height];
            for (var y = 0; y < Height; y++)
                new ReadOnlySpan<byte>((byte*)resized.Ptr(y), Width).CopyTo(_pixels.AsSpan(y * Width, Width));
        }

        /// <summary>Mean difference of a window from what the other copy has that far to the left and up.</summary>
        public double Difference(Copy other, Rect window, int dx, int dy)
        {
            if (window.Width == 0 || window.Height == 0)
                return double.PositiveInfinity;
            var (sums, most) = (Vector128<ushort>.Zero, Vector128.Create(MostDifference));
            for (var y = window.Top; y < window.Bottom; y++)
            {
                var row = _pixels.AsSpan(y * Width + window.X, window.Width);
                var otherRow = other._pixels.AsSpan((y - dy) * Width + window.X - dx, window.Width);
                for (var x = 0; x < window.Width; x += Vector128<byte>.Count)
                {
                    var (a, b) = (Vector128.Create(row[x..]), Vector128.Create(otherRow[x..]));
                    var (low, high) = Vector128.Widen(Vector128.Min(Vector128.Max(a, b) - Vector128.Min(a, b), most));
                    sums += low + high;
                }
            }

            var sum = 0;
            for (var i = 0; i < Vector128<ushort>.Count; i++)
                sum += sums[i];
            return (double)sum / (window.Width * window.Height);
        }
    }
}
