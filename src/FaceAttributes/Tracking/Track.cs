using System.Numerics;
using FaceAttributes.Detection;
using FaceAttributes.Smoothing;
using Vision.Geometry;

namespace FaceAttributes.Tracking;

/// <summary>What is known of whether the face of a track is there.</summary>
public enum TrackState
{
    /// <summary>It was not seen often enough yet to be believed.</summary>
    Tentative,

    /// <summary>It is in the latest image.</summary>
    Tracked,

    /// <summary>It is not in the latest image, but the track is kept: the face may be found again.</summary>
    Lost,
}

/// <summary>
/// A face that is followed from image to image: where it is, and what the networks say about it. One object from its first
/// detection until it is gone; the tracker's and the pipeline's to change, between images.
/// </summary>
public sealed class Track
{
    // How far detectors' boxes are off, as parts of the face's size (standard deviations).
    private const double CenterNoise = 0.05;
    private const double SizeNoise = 0.08;

    // How faces move: velocities to be expected of one that has just been seen for the first time, in sizes a second, and
    // changes of velocity: after one second with them, their standard deviation in sizes a second.
    private const double FirstVelocity = 2;
    private const double Acceleration = 2;
    private const double FirstGrowth = 0.5;
    private const double GrowthChange = 0.5;

    private ConstantVelocityFilter _x;
    private ConstantVelocityFilter _y;
    private ConstantVelocityFilter _size;
    private double _stamp;

    /// <summary>Starts a track at its first detection.</summary>
    /// <param name="id">See <see cref="Id"/>.</param>
    /// <param name="detection">Where the face is.</param>
    /// <param name="stamp">The image's time in seconds.</param>
    /// <param name="attributes">See <see cref="Attributes"/>; none until a network has run.</param>
    public Track(string id, in FaceDetection detection, double stamp, params IReadOnlyList<SmoothedAttribute> attributes)
    {
        ArgumentNullException.ThrowIfNull(id);
        (Id, Box, DetectionScore, Landmarks) = (id, detection.Box, detection.Score, detection.Landmarks);
        (FirstSeen, LastSeen, _stamp, Hits) = (stamp, stamp, stamp, 1);
        State = TrackState.Tracked;
        Attributes = attributes;
        var size = SizeOf(detection.Box);
        _x = new ConstantVelocityFilter(Box.CenterX, Square(CenterNoise * size), Square(FirstVelocity * size));
        _y = new ConstantVelocityFilter(Box.CenterY, Square(CenterNoise * size), Square(FirstVelocity * size));
        _size = new ConstantVelocityFilter(size, Square(SizeNoise * size), Square(FirstGrowth * size));
    }

    /// <summary>The same as long as the face is followed, never used again for another one; starts with a letter.</summary>
    public string Id { get; }

    /// <summary>
    /// Where the face is, in pixels of the latest image; while it is not seen, where it is expected. May leave the image.
    /// </summary>
    public Box Box { get; private set; }

    /// <summary>Of the box's centre, in pixels a second, without what the camera's own motion adds; zero at first.</summary>
    public Vector2 Velocity => new((float)_x.Velocity, (float)_y.Velocity);

    /// <summary>Whether the face is in the latest image.</summary>
    public TrackState State { get; internal set; }

    /// <summary>When the face was first seen: the image's stamp in seconds.</summary>
    public double FirstSeen { get; }

    /// <summary>When the face was last seen: the image's stamp in seconds.</summary>
    public double LastSeen { get; private set; }

    /// <summary>Seconds from the first time that the face was seen to the last; 0 or more.</summary>
    public double Age => LastSeen - FirstSeen;

    /// <summary>Seconds from the last time that the face was seen to the latest image; 0 while it is in it.</summary>
    public double Unseen => _stamp - LastSeen;

    /// <summary>In how many images the face was seen.</summary>
    public int Hits { get; private set; }

    /// <summary>How sure the detector was. From 0 to 1; comparable within one detector only.</summary>
    public float DetectionScore { get; private set; }

    /// <summary>Points of the face; null from a detector that finds none, and while the face is not seen.</summary>
    public FaceLandmarks? Landmarks { get; private set; }

    /// <summary>How well the latest image shows the face for the networks, from 0 to 1; see <see cref="Quality.FaceQuality"/>.</summary>
    public float Quality { get; internal set; }

    /// <summary>
    /// When the networks last looked at the face, as the image's stamp in seconds; negative infinity where they never did.
    /// Earlier than <see cref="LastSeen"/> where the latest image shows it too badly, or the time was needed for others.
    /// </summary>
    public double LastClassified { get; internal set; } = double.NegativeInfinity;

    /// <summary>One for each head of each classifier of the pipeline, in their order.</summary>
    public IReadOnlyList<SmoothedAttribute> Attributes { get; internal set; }

    /// <summary>Length of the box's sides, in pixels: the geometric mean of both.</summary>
    internal static double SizeOf(in Box box) => Math.Max(1, Math.Sqrt((double)box.Width * box.Height));

    /// <summary>An attribute, or null where no classifier estimates it.</summary>
    /// <param name="attribute">Such as "emotion".</param>
    public SmoothedAttribute? Find(string attribute)
    {
        for (var i = 0; i < Attributes.Count; i++)
        {
            if (Attributes[i].Attribute == attribute)
                return Attributes[i];
        }

        return null;
    }

    /// <summary>Time goes by until the next image: the box goes where the face is expected.</summary>
    /// <param name="stamp">The image's, in seconds; no earlier than the last.</param>
    internal void Predict(double stamp)
    {
        var (seconds, size) = (stamp - _stamp, SizeOf(Box));
        _stamp = stamp;
        _x.Predict(seconds, Square(Acceleration * size));
        _y.Predict(seconds, Square(Acceleration * size));
        _size.Predict(seconds, Square(GrowthChange * size));

        // A face that comes nearer or goes away may be lost for long; it does not shrink to nothing nor fill the image.
        var scale = (float)Math.Clamp(_size.Position / size, 0.5, 2);
        var (width, height) = (Box.Width * scale, Box.Height * scale);
        Box = new Box((float)_x.Position - width / 2, (float)_y.Position - height / 2, width, height);
        Landmarks = null;
    }

    /// <summary>The picture has moved because the camera did: the box with it, its velocity in the picture as before.</summary>
    internal void Shift(Vector2 offset)
    {
        _x.Move(offset.X);
        _y.Move(offset.Y);
        Box = Box with { X = Box.X + offset.X, Y = Box.Y + offset.Y };
    }

    /// <summary>
    /// How badly a detection fits: the negative logarithm of its likelihood where the face is expected, in units of its size
    /// and but for a constant. Positive infinity where it is out of the question.
    /// </summary>
    internal float Mismatch(in FaceDetection detection)
    {
        // Of three normal coordinates, the sum of squared deviations in units of their variances is above this once in 1000 times.
        const double MostOff = 16.3;
        var size = SizeOf(Box);
        var variance = Square(size);
        var (x, vx) = (Square(detection.Box.CenterX - Box.CenterX) / variance, _x.PositionVariance / variance + Square(CenterNoise));
        var (y, vy) = (Square(detection.Box.CenterY - Box.CenterY) / variance, _y.PositionVariance / variance + Square(CenterNoise));
        var (s, vs) = (Square(SizeOf(detection.Box) - size) / variance, _size.PositionVariance / variance + Square(SizeNoise));
        var off = x / vx + y / vy + s / vs;
        return off <= MostOff ? (float)((off + Math.Log(vx * vy * vs)) / 2) : float.PositiveInfinity;
    }

    /// <summary>The face was seen in the image that the track was predicted for.</summary>
    internal void See(in FaceDetection detection)
    {
        var size = SizeOf(detection.Box);
        _x.Correct(detection.Box.CenterX, Square(CenterNoise * size));
        _y.Correct(detection.Box.CenterY, Square(CenterNoise * size));
        _size.Correct(size, Square(SizeNoise * size));
        (Box, DetectionScore, Landmarks) = (detection.Box, detection.Score, detection.Landmarks);
        (LastSeen, Hits) = (_stamp, Hits + 1);
    }

    private static double Square(double value) => value * value;
}
