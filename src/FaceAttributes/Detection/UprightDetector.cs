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

    /// <inheritdoc/>
    public string Name => detector.Name;

    /// <inheritdoc/>
    public float CertainScore => detector.CertainScore;

    /// <inheritdoc/>
    public void Detect(ImageFrame frame, Rect region, List<FaceDetection> detections)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var turn = frame.Upright;
        if (turn == Turn.None)
        {
            detector.Detect(frame, region, detections);
            return;
        }

        var size = TurnUpright(frame);
        detector.Detect(_upright, turn.Apply(Box.From(region), size).ToRect(), detections);
        TurnBack(detections, turn.Back(), turn.Apply(size));
    }

    /// <inheritdoc/>
    public void DetectNear(ImageFrame frame, in Box expected, List<FaceDetection> detections)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var turn = frame.Upright;
        if (turn == Turn.None)
        {
            detector.DetectNear(frame, expected, detections);
            return;
        }

        var size = TurnUpright(frame);
        detector.DetectNear(_upright, turn.Apply(expected, size), detections);
        TurnBack(detections, turn.Back(), turn.Apply(size));
    }

    /// <summary>Frees the other detector.</summary>
    public void Dispose()
    {
        detector.Dispose();
        _upright.Dispose();
        _turned.Dispose();
    }

    /// <returns>The size of the camera's picture.</returns>
    private Size TurnUpright(ImageFrame frame)
    {
        OpenCv.Rotate(frame.Bgr, _turned, frame.Upright);
        _upright.Set(_turned);
        return new Size(frame.Width, frame.Height);
    }

    private static void TurnBack(List<FaceDetection> detections, Turn turn, Size size)
    {
        foreach (ref var face in CollectionsMarshal.AsSpan(detections))
            face = TurnBack(face, turn, size);
    }

    private static FaceDetection TurnBack(in FaceDetection face, Turn turn, Size size) => new(
        turn.Apply(face.Box, size), face.Score,
        face.Landmarks is not { } points ? null : new FaceLandmarks(
            turn.Apply(points.RightEye, size), turn.Apply(points.LeftEye, size), turn.Apply(points.Nose, size),
            turn.Apply(points.Mouth, size)));
}
