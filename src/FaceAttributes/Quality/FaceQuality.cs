using FaceAttributes.Classification;
using FaceAttributes.Detection;
using Vision.Geometry;
using Vision.Imaging;
using Vision.Inference;

namespace FaceAttributes.Quality;

/// <summary>What a picture shows of a face, each from 0 (useless) to 1 (good).</summary>
/// <param name="Size">Shorter side of the box: 0 at 8 pixels, 1 from 48, the networks' input, on.</param>
/// <param name="Brightness">Mean grey value: 1 between 40 and 215 of 255, 0 at black and white; less where the contrast is low.</param>
/// <param name="Sharpness">Share of fine detail in the contrast: 1 from a sharp photograph, 0 from a smear.</param>
/// <param name="Pose">1 seen from the front, 0 in profile; 1 where there are no landmarks to tell.</param>
public readonly record struct FaceQualityScores(float Size, float Brightness, float Sharpness, float Pose)
{
    /// <summary>The geometric mean of all: one that is 0 makes all 0.</summary>
    public float Total => MathF.Pow(Size * Brightness * Sharpness * Pose, 0.25f);
}

/// <summary>
/// Says how well a picture shows a face for the networks that look at it: size, light, sharpness and pose in one number.
/// Used by one thread at a time; allocates nothing once warm.
/// </summary>
public sealed class FaceQuality
{
    private const int Side = 32;

    private readonly FaceCrop _crop = new(new ModelInput("", Side, Side, ChannelOrder.Gray, 0, 255), margin: 0);
    private readonly float[] _face = new float[Side * Side];

    /// <summary>Looks at a face.</summary>
    /// <param name="frame">The picture.</param>
    /// <param name="box">The face in pixels; may leave the picture.</param>
    /// <param name="landmarks">Its points, where known.</param>
    public FaceQualityScores Measure(ImageFrame frame, in Box box, FaceLandmarks? landmarks)
    {
        ArgumentNullException.ThrowIfNull(frame);
        _crop.Write(frame, box, _face);
        var (mean, deviation, detail) = Statistics();
        var light = Math.Min(Ramp(mean, 0, 40), Ramp(mean, 255, 215));
        return new FaceQualityScores(
            Ramp(Math.Min(box.Width, box.Height), 8, 48),
            light * Ramp(deviation, 0, 20),
            Ramp(detail, 0.02f, 0.12f),
            landmarks is { } points ? PoseOf(points) : 1);
    }

    // Of a face seen from the front, the tip of the nose is midway between the eyes; in profile it is beyond one of them.
    private static float PoseOf(FaceLandmarks landmarks)
    {
        var (right, left, nose) = (landmarks.RightEye, landmarks.LeftEye, landmarks.Nose);
        var (x, y) = (left.X - right.X, left.Y - right.Y);
        var squared = x * x + y * y;
        if (squared < 1)
            return 0;
        var along = ((nose.X - right.X) * x + (nose.Y - right.Y) * y) / squared;
        return Ramp(Math.Abs(along - 0.5f), 0.6f, 0.15f);
    }

    // 0 at one value and beyond it, 1 at the other and beyond, linear in between.
    private static float Ramp(float value, float zero, float one) => Math.Clamp((value - zero) / (one - zero), 0, 1);

    /// <summary>
    /// Mean and standard deviation of the face, and how much of it is fine: the standard deviation of the differences from
    /// the mean of the four neighbours over that of all.
    /// </summary>
    private (float Mean, float Deviation, float Detail) Statistics()
    {
        var (sum, squares, fine) = (0.0, 0.0, 0.0);
        for (var i = 0; i < _face.Length; i++)
        {
            sum += _face[i];
            squares += _face[i] * _face[i];
        }

        for (var y = 1; y < Side - 1; y++)
        {
            for (var x = 1; x < Side - 1; x++)
            {
                var i = y * Side + x;
                var difference = _face[i] - (_face[i - 1] + _face[i + 1] + _face[i - Side] + _face[i + Side]) / 4;
                fine += difference * difference;
            }
        }

        var mean = sum / _face.Length;
        var deviation = Math.Sqrt(Math.Max(0, squares / _face.Length - mean * mean));
        var detail = deviation > 1e-6 ? Math.Sqrt(fine / ((Side - 2) * (Side - 2))) / deviation : 0;
        return ((float)mean, (float)deviation, (float)detail);
    }
}
