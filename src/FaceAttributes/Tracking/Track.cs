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

    /// <summary>It is in the latest image, or was when it was last looked for, a moment ago.</summary>
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

    // By how much more, as variances, where another face may hide a part of it.
    private const double CoveredNoise = 9;

    // How faces move: velocities to be expected of one that has just been seen for the first time, in sizes a second, and
    // changes of velocity: after one second with them, their standard deviation in sizes a second.
    private const double FirstVelocity = 2;
    private const double Acceleration = 2;
    private const double FirstGrowth = 0.5;
    private const double GrowthChange = 0.5;

    // What a difference of appearance counts for, and at most: as much as a place that is off by three and a half times what
    // is to be expected.
    private const float AppearanceWeight = 10;
    private const float MostOfAppearance = 6;

    // A face that comes out from behind something, not quite where it was expected, but looks like this, is the same one.
    private const float SameAppearance = 0.25f;

    // Of three normal coordinates, the sum of squared deviations in units of their variances is above this once in 1000 times;
    // and how far off a face of the same appearance may be.
    private const double Gate = 16.3;
    private const double GateOfSameAppearance = 60;

    // How much an image counts in what is remembered of the face's appearance.
    private const float AppearanceShare = 0.2f;

    // A face that is where one was a moment ago, by intersection over union and seconds, is the same one however it moved before.
    private const float SamePlace = 0.5f;
    private const double Moment = 0.25;

    private FaceAppearance? _appearance;
    private Box _seen;
    private ConstantVelocityFilter _x;
    private ConstantVelocityFilter _y;
    private ConstantVelocityFilter _size;

    /// <summary>Starts a track at its first detection.</summary>
    /// <param name="id">See <see cref="Id"/>.</param>
    /// <param name="detection">Where the face is.</param>
    /// <param name="stamp">The image's time in seconds.</param>
    /// <param name="attributes">See <see cref="Attributes"/>; none until a network has run.</param>
    public Track(string id, in FaceDetection detection, double stamp, params IReadOnlyList<SmoothedAttribute> attributes)
    {
        ArgumentNullException.ThrowIfNull(id);
        (Id, Box, DetectionScore, Landmarks) = (id, detection.Box, detection.Score, detection.Landmarks);
        (FirstSeen, LastSeen, Stamp, Hits) = (stamp, stamp, stamp, 1);
        State = TrackState.Tracked;
        Attributes = attributes;
        (_appearance, _seen) = (detection.Appearance, detection.Box);
        Start(detection.Box);
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

    /// <summary>The latest image's stamp in seconds, whether the face was seen in it or not.</summary>
    public double Stamp { get; private set; }

    /// <summary>When the face was first seen: the image's stamp in seconds.</summary>
    public double FirstSeen { get; }

    /// <summary>When the face was last seen: the image's stamp in seconds.</summary>
    public double LastSeen { get; private set; }

    /// <summary>Seconds from the first time that the face was seen to the last; 0 or more.</summary>
    public double TrackedSeconds => LastSeen - FirstSeen;

    /// <summary>Seconds from the last time that the face was seen to the latest image; 0 where it was seen in it.</summary>
    public double UnseenSeconds => Stamp - LastSeen;

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
    /// Earlier than <see cref="Stamp"/> where the latest image shows it too badly, or the time was needed for others.
    /// </summary>
    public double LastClassified { get; internal set; } = double.NegativeInfinity;

    /// <summary>One for each head of each classifier of the pipeline, in their order.</summary>
    public IReadOnlyList<SmoothedAttribute> Attributes { get; internal set; }

    /// <summary>In how many images, up to the latest, nobody looked for the face; 0 where the latest was searched for it.</summary>
    internal int PassedOver { get; set; }

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
        var (seconds, size, seen) = (stamp - Stamp, SizeOf(Box), SizeOf(_seen));
        Stamp = stamp;
        _x.Predict(seconds, Square(Acceleration * size));
        _y.Predict(seconds, Square(Acceleration * size));
        _size.Predict(seconds, Square(GrowthChange * size));

        // A face that comes nearer or goes away may be lost for long; it does not shrink to nothing nor fill the image.
        var scale = (float)(Math.Clamp(_size.Position, 0.5 * seen, 2 * seen) / size);
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
        _seen = _seen with { X = _seen.X + offset.X, Y = _seen.Y + offset.Y };
    }

    /// <summary>The next images show the same in more pixels, or in fewer.</summary>
    internal void Scale(float factor)
    {
        _x.Scale(factor);
        _y.Scale(factor);
        _size.Scale(factor);
        (Box, _seen) = (Box.Scale(factor), _seen.Scale(factor));
    }

    /// <summary>
    /// How badly a detection fits: the negative logarithm of its likelihood where the face is expected, in units of its size
    /// and but for a constant, and how different it looks. Positive infinity where it is out of the question.
    /// </summary>
    internal float AssociationCost(in FaceDetection detection)
    {
        var distance = MahalanobisSquared(detection, out var volume);
        var difference = _appearance is { } known && detection.Appearance is { } seen ? known.Difference(seen) : (float?)null;
        var isNear = distance <= (difference <= SameAppearance ? GateOfSameAppearance : Gate)
            || (UnseenSeconds <= Moment && _seen.IntersectionOverUnion(detection.Box) > SamePlace);
        return isNear
            ? (float)((distance + Math.Log(volume)) / 2) + Math.Min(MostOfAppearance, AppearanceWeight * (difference ?? 0))
            : float.PositiveInfinity;
    }

    /// <summary>The face was seen in the image that the track was predicted for.</summary>
    /// <param name="detection">Where and how.</param>
    /// <param name="isCovered">Whether another face may hide part of it, so that what it looks like now is not to be remembered.</param>
    internal void Update(in FaceDetection detection, bool isCovered)
    {
        if (detection.Appearance is { } appearance && !isCovered)
            _appearance = _appearance?.Blend(appearance, AppearanceShare) ?? appearance;

        if (MahalanobisSquared(detection, out _) > Gate)
        {
            // It is not where its velocity took it, so that was wrong.
            Start(detection.Box);
        }
        else
        {
            // The box of a face that is hidden in part is smaller than the face, and off by half of what is missing.
            var size = SizeOf(detection.Box);
            var missing = Square((SizeOf(Box) - size) / 2);
            var covered = isCovered ? CoveredNoise : 1;
            _x.Correct(detection.Box.CenterX, covered * Square(CenterNoise * size) + missing);
            _y.Correct(detection.Box.CenterY, covered * Square(CenterNoise * size) + missing);
            _size.Correct(size, covered * Square(SizeNoise * size) + missing);
        }

        (Box, _seen, DetectionScore, Landmarks) = (detection.Box, detection.Box, detection.Score, detection.Landmarks);
        (LastSeen, Hits) = (Stamp, Hits + 1);
    }

    /// <summary>Starts the filters, with a velocity that may be any.</summary>
    private void Start(in Box box)
    {
        var size = SizeOf(box);
        _x = new ConstantVelocityFilter(box.CenterX, Square(CenterNoise * size), Square(FirstVelocity * size));
        _y = new ConstantVelocityFilter(box.CenterY, Square(CenterNoise * size), Square(FirstVelocity * size));
        _size = new ConstantVelocityFilter(size, Square(SizeNoise * size), Square(FirstGrowth * size));
    }

    /// <summary>
    /// How far a detection is from where the face is expected: the sum of squared deviations of place and size, in units of
    /// their variances.
    /// </summary>
    /// <param name="detection">The detection.</param>
    /// <param name="volume">The product of these variances, in units of the face's size.</param>
    private double MahalanobisSquared(in FaceDetection detection, out double volume)
    {
        var size = SizeOf(Box);
        var variance = Square(size);
        var (x, vx) = (Square(detection.Box.CenterX - Box.CenterX) / variance, _x.PositionVariance / variance + Square(CenterNoise));
        var (y, vy) = (Square(detection.Box.CenterY - Box.CenterY) / variance, _y.PositionVariance / variance + Square(CenterNoise));
        var (s, vs) = (Square(SizeOf(detection.Box) - size) / variance, _size.PositionVariance / variance + Square(SizeNoise));
        volume = vx * vy * vs;
        return x / vx + y / vy + s / vs;
    }

    private static double Square(double value) => value * value;
}
