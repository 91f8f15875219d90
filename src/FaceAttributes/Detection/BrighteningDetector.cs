using OpenCvSharp;
using Vision.Geometry;
using Vision.Imaging;

namespace FaceAttributes.Detection;

/// <summary>
/// Another detector for dark rooms: where a picture is dark, it gets a brightened copy, in which it finds faces that it does not
/// see in the dark. The brighter the picture, the less is done; a bright one is not touched.
/// </summary>
/// <remarks>
/// All values are multiplied so that the brightest are nearly white, and then, where half of the picture is still dark because
/// of a lamp or a window in it, the dark ones by more than the bright ones: x → gx / (1 + (g - 1)x). Unlike equalizing the
/// histogram it keeps what a bright picture looks like, and finds more: of the faces from 24 pixels in crowd pictures at 15% of
/// their light UltraFace finds 37% as they are, 63% equalized, and 77% brightened, with the light on 78%.
/// </remarks>
/// <param name="detector">The other one. This one's from now on.</param>
public sealed unsafe class BrighteningDetector(IFaceDetector detector) : IFaceDetector
{
    private const int Levels = 256;

    // The brightest thousandth is to reach this level, the median at least that; and by how much each may be multiplied.
    private const float BrightestShare = 0.001f;
    private const float Brightest = 0.9f * (Levels - 1);
    private const float Median = 0.2f;
    private const float MostGain = 25;
    private const float MostLift = 6;

    // A picture of which a tenth is at least this bright is lit: what is dark in it is a wall or a coat, and stays so.
    private const float LitShare = 0.9f;
    private const float Lit = 0.35f * (Levels - 1);

    // Less is not worth it: in a picture that is nearly bright enough, blurred faces get lost when it is brightened.
    private const float LeastGain = 1.5f;

    // So many pixels of a row or column are looked at.
    private const int Samples = 80;

    private readonly int[] _histogram = new int[Levels];
    private readonly byte[] _curve = new byte[Levels];
    private readonly ImageFrame _brightened = new();
    private readonly Mat _picture = new();

    private (ImageFrame? Frame, long Version) _looked;
    private bool _isDark;

    /// <inheritdoc/>
    public string Name => detector.Name;

    /// <inheritdoc/>
    public float CertainScore => detector.CertainScore;

    /// <inheritdoc/>
    public float NearCost => detector.NearCost;

    /// <inheritdoc/>
    public void Detect(ImageFrame frame, Rect region, List<FaceDetection> detections) =>
        detector.Detect(Bright(frame), region, detections);

    /// <inheritdoc/>
    public void DetectNear(ImageFrame frame, in Box expected, List<FaceDetection> detections) =>
        detector.DetectNear(Bright(frame), expected, detections);

    /// <summary>Frees the other detector.</summary>
    public void Dispose()
    {
        detector.Dispose();
        _brightened.Dispose();
        _picture.Dispose();
    }

    /// <summary>The frame itself where it is bright; else a brightened copy, made once for a picture.</summary>
    private ImageFrame Bright(ImageFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (_looked != (frame, frame.Version))
        {
            _looked = (frame, frame.Version);
            _isDark = IsDark(frame);
            if (_isDark)
            {
                fixed (byte* curve = _curve)
                    OpenCv.Lut(frame.Bgr, (nint)curve, _picture);
                _brightened.Set(_picture);
            }
        }

        return _isDark ? _brightened : frame;
    }

    /// <summary>Whether a picture is dark; the curve is then what brightens it.</summary>
    private bool IsDark(ImageFrame frame)
    {
        var count = Look(frame);
        var gain = Math.Clamp(Brightest / Math.Max(1, Level(count * (1 - BrightestShare))), 1, MostGain);
        var median = Math.Clamp(Level(count / 2f) * gain / (Levels - 1), 1f / Levels, Median);
        var isLit = Level(count * LitShare) * gain >= Lit;
        var lift = isLit ? 1 : Math.Min(Median / median * (1 - median) / (1 - Median), MostLift);
        if (gain < LeastGain && lift < LeastGain)
            return false;
        for (var level = 0; level < Levels; level++)
        {
            var value = Math.Min(1, gain * level / (Levels - 1));
            _curve[level] = (byte)MathF.Round((Levels - 1) * lift * value / (1 + (lift - 1) * value));
        }

        return true;
    }

    /// <summary>Counts the grey levels of a grid of pixels.</summary>
    /// <returns>How many.</returns>
    private int Look(ImageFrame frame)
    {
        Array.Clear(_histogram);
        var picture = frame.Color;
        var (right, down) = (Math.Max(1, frame.Width / Samples), Math.Max(1, frame.Height / Samples));
        var count = 0;
        for (var y = down / 2; y < frame.Height; y += down)
        {
            for (var x = right / 2; x < frame.Width; x += right, count++)
            {
                var pixel = (byte*)picture.At(x, y);
                _histogram[(pixel[0] + 2 * pixel[1] + pixel[2]) / 4]++;
            }
        }

        return count;
    }

    /// <summary>The grey level up to which there are so many of the pixels.</summary>
    private int Level(float pixels)
    {
        var level = 0;
        for (var below = (float)_histogram[0]; below < pixels && level < Levels - 1; below += _histogram[level])
            level++;
        return level;
    }
}
