using System.Runtime.InteropServices;
using OpenCvSharp;
using Vision.Geometry;
using Vision.Imaging;

namespace FaceAttributes.Detection;

/// <summary>
/// Another detector for a camera that is mounted sideways or upside down: it gets the picture as <see cref="ImageFrame.Upright"/>
/// turns it, and what it finds is turned back to the camera's picture.
/// </summary>
/// <param name="detector">The other one. This one's from now on.</param>
public sealed class UprightDetector(IFaceDetector detector) : IFaceDetector
{
    private readonly ImageFrame _upright = new();
    private readonly Mat _turned = new();
    private (ImageFrame? Frame, long Version, Turn Turn) _made;

    /// <inheritdoc/>
    public string Name => detector.Name;

    /// <inheritdoc/>
    public float CertainScore => detector.CertainScore;

    /// <inheritdoc/>
    public float NearCost => detector.NearCost;

    /// <inheritdoc/>
    public void Detect(ImageFrame frame, Rect region, List<FaceDetection> detections)
    {
        ArgumentNullException.ThrowIfNull(frame);
        detector.Detect(Upright(frame), frame.Upright.Apply(Box.From(region), SizeOf(frame)).ToRect(), detections);
        TurnBack(frame, detections);
    }

    /// <inheritdoc/>
    public void DetectNear(ImageFrame frame, in Box expected, List<FaceDetection> detections)
    {
        ArgumentNullException.ThrowIfNull(frame);
        detector.DetectNear(Upright(frame), frame.Upright.Apply(expected, SizeOf(frame)), detections);
        TurnBack(frame, detections);
    }

    /// <summary>Frees the other detector.</summary>
    public void Dispose()
    {
        detector.Dispose();
        _upright.Dispose();
        _turned.Dispose();
    }

    private static Size SizeOf(ImageFrame frame) => new(frame.Width, frame.Height);

    private static void TurnBack(ImageFrame frame, List<FaceDetection> detections)
    {
        if (frame.Upright == Turn.None)
            return;
        var (turn, size) = (frame.Upright.Back(), frame.Upright.Apply(SizeOf(frame)));
        foreach (ref var face in CollectionsMarshal.AsSpan(detections))
        {
            face = new FaceDetection(
                turn.Apply(face.Box, size), face.Score,
                face.Landmarks is not { } points ? null : new FaceLandmarks(
                    turn.Apply(points.RightEye, size), turn.Apply(points.LeftEye, size), turn.Apply(points.Nose, size),
                    turn.Apply(points.Mouth, size)));
        }
    }

    /// <summary>The frame itself where it is upright; else a turned copy, made once for a picture.</summary>
    private ImageFrame Upright(ImageFrame frame)
    {
        if (frame.Upright == Turn.None)
            return frame;
        if (_made != (frame, frame.Version, frame.Upright))
        {
            OpenCv.Rotate(frame.Bgr, _turned, frame.Upright);
            _upright.Set(_turned);
            _made = (frame, frame.Version, frame.Upright);
        }

        return _upright;
    }
}
