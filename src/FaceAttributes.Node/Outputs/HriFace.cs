using FaceAttributes.Classification;
using FaceAttributes.Detection;
using FaceAttributes.Tracking;
using hri_msgs.msg;
using OpenCvSharp;
using rclcs;
using std_msgs.msg;
using Vision.Imaging;
using VisionNodes;
using Image = sensor_msgs.msg.Image;

namespace FaceAttributes.Node.Outputs;

/// <summary>The topics of one face in REP-155: <c>/humans/faces/ID/…</c>.</summary>
internal sealed class HriFace : IDisposable
{
    /// <summary>Sides of the aligned picture, in pixels.</summary>
    public const int AlignedSize = 128;

    /// <summary>Years by which the age may be off for <c>age_confidence</c>, which is the probability of that.</summary>
    public const double AgeTolerance = 5;

    // Where the eyes are in the aligned picture, as parts of its sides.
    private const double EyeHeight = 0.38;
    private const double EyeDistance = 0.4;

    // REP-155's words for what the networks call otherwise.
    private static readonly Dictionary<string, string> Expressions = new(StringComparer.Ordinal)
    {
        ["angry"] = Expression.ANGRY,
        ["disgust"] = Expression.DISGUSTED,
        ["fear"] = Expression.SCARED,
        ["happy"] = Expression.HAPPY,
        ["sad"] = Expression.SAD,
        ["surprise"] = Expression.SURPRISED,
        ["neutral"] = Expression.NEUTRAL,
    };

    private static readonly QosProfile Latest = QosProfile.Default with { Depth = 1 };

    private readonly OutputTopic<NormalizedRegionOfInterest2D> _roi;
    private readonly OutputTopic<Image> _cropped;
    private readonly OutputTopic<Image> _aligned;
    private readonly OutputTopic<FacialLandmarks> _landmarks;
    private readonly OutputTopic<Expression> _expression;
    private readonly OutputTopic<SoftBiometrics> _biometrics;
    private readonly OutputTopic[] _topics;
    private readonly NormalizedRegionOfInterest2D _roiMessage = new();
    private readonly FacialLandmarks _landmarksMessage = new();
    private readonly Expression _expressionMessage = new() { Valence = float.NaN, Arousal = float.NaN };
    private readonly SoftBiometrics _biometricsMessage = new();
    private readonly PictureMessage _picture = new();
    private readonly Mat _crop = new();

    /// <summary>Creates the publishers.</summary>
    /// <exception cref="RuntimeError">The middleware refuses.</exception>
    public HriFace(LifecycleNode lifecycle, string id)
    {
        Id = id;
        var root = $"/humans/faces/{id}";
        _roi = new OutputTopic<NormalizedRegionOfInterest2D>($"{root}/roi", Latest);
        _cropped = new OutputTopic<Image>($"{root}/cropped", Latest);
        _aligned = new OutputTopic<Image>($"{root}/aligned", Latest);
        _landmarks = new OutputTopic<FacialLandmarks>($"{root}/landmarks", Latest);
        _expression = new OutputTopic<Expression>($"{root}/expression", Latest);
        _biometrics = new OutputTopic<SoftBiometrics>($"{root}/softbiometrics", Latest);
        _topics = [_roi, _cropped, _aligned, _landmarks, _expression, _biometrics];
        foreach (var topic in _topics)
            topic.Open(lifecycle);
    }

    /// <summary>The face's in REP-155: of no other face of any node.</summary>
    public string Id { get; }

    /// <summary>Whether anybody listens to a topic of the face.</summary>
    public bool IsWanted => Array.Exists(_topics, static topic => topic.IsWanted);

    /// <summary>Publishes what an image shows of the face where somebody listens.</summary>
    public void Publish(ImageResult result, Track track)
    {
        var (frame, header) = (result.Frame, result.Header);
        if (_roi.IsWanted)
            _roi.Publish(Fill(_roiMessage, frame, header, track));
        if (_cropped.IsWanted && result.ShowsPicture)
            Cut(result.Picture, header, track);
        if (track.Landmarks is { } landmarks)
        {
            if (_aligned.IsWanted && result.ShowsPicture)
                Align(result.Picture, header, landmarks);
            if (_landmarks.IsWanted)
                _landmarks.Publish(Fill(_landmarksMessage, frame, header, landmarks));
        }

        if (_expression.IsWanted && track.Find(FaceAttribute.Emotion)?.Smoothed is { IsKnown: true } emotion)
            _expression.Publish(Fill(_expressionMessage, header, emotion));
        if (_biometrics.IsWanted)
            _biometrics.Publish(Fill(_biometricsMessage, header, track));
    }

    /// <summary>Ends the topics.</summary>
    public void Dispose()
    {
        foreach (var topic in _topics)
            topic.Close();
        _picture.Dispose();
        _crop.Dispose();
    }

    private static NormalizedRegionOfInterest2D Fill(
        NormalizedRegionOfInterest2D message, ImageFrame frame, Header header, Track track)
    {
        header.CopyTo(message.Header);
        var box = track.Box.ClipTo(frame.Width, frame.Height);
        (message.Xmin, message.Ymin) = (box.X / frame.Width, box.Y / frame.Height);
        (message.Xmax, message.Ymax) = ((box.X + box.Width) / frame.Width, (box.Y + box.Height) / frame.Height);
        message.C = track.DetectionScore;
        return message;
    }

    private static FacialLandmarks Fill(FacialLandmarks message, ImageFrame frame, Header header, in FaceLandmarks landmarks)
    {
        header.CopyTo(message.Header);
        (message.Width, message.Height) = ((uint)frame.SentWidth, (uint)frame.SentHeight);
        Set(FacialLandmarks.RIGHT_PUPIL, landmarks.RightEye);
        Set(FacialLandmarks.LEFT_PUPIL, landmarks.LeftEye);
        Set(FacialLandmarks.NOSE, landmarks.Nose);
        return message;

        void Set(int index, Point2f place)
        {
            var (x, y) = (place.X / frame.Width, place.Y / frame.Height);
            var point = message.Landmarks[index];
            (point.X, point.Y) = (Math.Clamp(x, 0, 1), Math.Clamp(y, 0, 1));
            point.C = x is >= 0 and <= 1 && y is >= 0 and <= 1 ? 1 : 0;
        }
    }

    internal static Expression Fill(Expression message, Header header, AttributeDistribution emotion)
    {
        header.CopyTo(message.Header);
        message.Expression_ = Expressions.GetValueOrDefault(emotion.Label, emotion.Label);
        message.Confidence = emotion.Confidence;
        return message;
    }

    internal static SoftBiometrics Fill(SoftBiometrics message, Header header, Track track)
    {
        header.CopyTo(message.Header);
        var gender = track.Find(FaceAttribute.Gender)?.Smoothed;
        message.Gender = gender?.Label switch
        {
            "female" => SoftBiometrics.FEMALE,
            "male" => SoftBiometrics.MALE,
            _ => SoftBiometrics.UNDEFINED,
        };
        message.GenderConfidence = message.Gender == SoftBiometrics.UNDEFINED ? 0 : gender!.Confidence;
        var age = track.Find(FaceAttribute.Age)?.Smoothed is { IsKnown: true, Values: not null } known ? known : null;
        message.Age = (byte)Math.Clamp(Math.Round(age?.Mean ?? 0), 0, byte.MaxValue);
        message.AgeConfidence = age is null ? 0 : ProbabilityNear(age);
        return message;
    }

    private static float ProbabilityNear(AttributeDistribution age)
    {
        var sum = 0f;
        for (var i = 0; i < age.Values!.Count; i++)
        {
            if (Math.Abs(age.Values[i] - age.Mean) <= AgeTolerance)
                sum += age.Probabilities[i];
        }

        return sum;
    }

    private void Cut(Mat picture, Header header, Track track)
    {
        var box = track.Box.ClipTo(picture.Width, picture.Height).ToRect();
        if (box.Width < 1 || box.Height < 1)
            return;
        using (var part = new Mat(picture, box))
            part.CopyTo(_crop);
        Show(_cropped, header);
    }

    // The eyes come to lie level, in the same places of every aligned picture.
    private void Align(Mat picture, Header header, in FaceLandmarks landmarks)
    {
        var (right, left) = (landmarks.RightEye, landmarks.LeftEye);
        var (dx, dy) = ((double)left.X - right.X, (double)left.Y - right.Y);
        var distance = Math.Sqrt(dx * dx + dy * dy);
        if (distance < 1)
            return;
        var middle = new Point2f((left.X + right.X) / 2, (left.Y + right.Y) / 2);
        using var turn = Cv2.GetRotationMatrix2D(
            middle, Math.Atan2(dy, dx) * 180 / Math.PI, EyeDistance * AlignedSize / distance);
        turn.At<double>(0, 2) += AlignedSize / 2.0 - middle.X;
        turn.At<double>(1, 2) += EyeHeight * AlignedSize - middle.Y;
        Cv2.WarpAffine(picture, _crop, turn, new Size(AlignedSize, AlignedSize));
        Show(_aligned, header);
    }

    private void Show(OutputTopic<Image> topic, Header header)
    {
        header.CopyTo(_picture.Message.Header);
        topic.Publish(_picture.Show(_crop));
    }
}
