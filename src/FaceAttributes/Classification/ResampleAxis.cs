namespace FaceAttributes.Classification;

/// <summary>
/// One direction of a resampling: for each pixel of the result, which pixels of the picture it is made of and with
/// what weights. Shrinking averages over areas, enlarging interpolates linearly between pixel centres, as OpenCV's
/// INTER_AREA and INTER_LINEAR do. Beyond the picture its edge pixels go on for ever.
/// </summary>
internal sealed class ResampleAxis(int size)
{
    private readonly int[] _first = new int[size];
    private readonly int[] _count = new int[size];
    private float[] _weights = [];
    private int _stride;

    /// <summary>Pixels of the result.</summary>
    public int Size => size;

    /// <summary>The first pixel of the picture that the result needs.</summary>
    public int Start => _first[0];

    /// <summary>The pixel after the last that the result needs.</summary>
    public int End => _first[size - 1] + _count[size - 1];

    /// <summary>The first pixel of the picture that goes into a pixel of the result.</summary>
    public int First(int pixel) => _first[pixel];

    /// <summary>The weights of that and the following pixels of the picture. They add up to 1.</summary>
    public ReadOnlySpan<float> Weights(int pixel) => _weights.AsSpan(pixel * _stride, _count[pixel]);

    /// <summary>Plans the way from a stretch of the picture to the result.</summary>
    /// <param name="start">Where the stretch starts, in pixels; pixel i reaches from i to i + 1.</param>
    /// <param name="extent">Its length in pixels, above 0; it may leave the picture.</param>
    /// <param name="length">Pixels of the picture in this direction.</param>
    public void Plan(double start, double extent, int length)
    {
        var scale = extent / size;
        _stride = (int)Math.Min(length, Math.Ceiling(scale) + 1);
        _stride = Math.Max(_stride, 2);
        if (_weights.Length < size * _stride)
            _weights = new float[size * _stride];

        for (var i = 0; i < size; i++)
        {
            if (scale > 1)
                Average(i, start + i * scale, scale, length);
            else
                Interpolate(i, start + (i + 0.5) * scale - 0.5, length);
        }
    }

    private static int Clamp(double pixel, int length) => (int)Math.Clamp(pixel, 0, length - 1);

    private void Average(int pixel, double from, double scale, int length)
    {
        var to = from + scale;
        var first = Clamp(Math.Floor(from), length);
        var last = Clamp(Math.Ceiling(to) - 1, length);
        (_first[pixel], _count[pixel]) = (first, last - first + 1);
        for (var source = first; source <= last; source++)
        {
            var left = source == 0 ? from : Math.Max(from, source);
            var right = source == length - 1 ? to : Math.Min(to, source + 1);
            _weights[pixel * _stride + source - first] = (float)((right - left) / scale);
        }
    }

    private void Interpolate(int pixel, double centre, int length)
    {
        var below = Math.Floor(centre);
        var first = Clamp(below, length);
        var last = Clamp(below + 1, length);
        (_first[pixel], _count[pixel]) = (first, last - first + 1);
        var weights = _weights.AsSpan(pixel * _stride);
        weights[0] = first == last ? 1 : (float)(1 - (centre - below));
        if (first != last)
            weights[1] = (float)(centre - below);
    }
}
