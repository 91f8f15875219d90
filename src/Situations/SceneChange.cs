using OpenCvSharp;
using Vision.Imaging;

namespace Situations;

/// <summary>How much of a picture is another than in the picture that was last looked at: cheap, some 0.1 ms for a camera's image.</summary>
public sealed unsafe class SceneChange : IDisposable
{
    private const int Side = 32;

    // Grey levels, after the whole picture's brightness is taken away, that noise and a flickering lamp don't reach.
    private const int Threshold = 20;

    private readonly Mat _small = new();
    private readonly byte[] _now = new byte[Side * Side];
    private readonly byte[] _kept = new byte[Side * Side];
    private bool _hasKept;

    /// <summary>Compares a picture with the kept one.</summary>
    /// <returns>The share of its area that changed, from 0 to 1; 1 where none is kept.</returns>
    public double Measure(ImageFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var gray = frame.Gray;
        OpenCv.Resize(gray.CvPtr, _small, new Size(Side, Side), InterpolationFlags.Area);
        GC.KeepAlive(gray);
        new ReadOnlySpan<byte>((byte*)_small.DataPointer, _now.Length).CopyTo(_now);
        if (!_hasKept)
            return 1;
        var (mean, keptMean) = (Mean(_now), Mean(_kept));
        var changed = 0;
        for (var i = 0; i < _now.Length; i++)
        {
            if (Math.Abs(_now[i] - mean - (_kept[i] - keptMean)) > Threshold)
                changed++;
        }

        return (double)changed / _now.Length;
    }

    /// <summary>Keeps the picture that was measured last.</summary>
    public void Keep()
    {
        _now.CopyTo(_kept, 0);
        _hasKept = true;
    }

    /// <summary>Forgets the kept picture.</summary>
    public void Reset() => _hasKept = false;

    /// <inheritdoc/>
    public void Dispose() => _small.Dispose();

    private static int Mean(byte[] values)
    {
        var sum = 0;
        foreach (var value in values)
            sum += value;
        return sum / values.Length;
    }
}
