using face_attributes.msg;
using FaceAttributes.Classification;
using FaceAttributes.Smoothing;
using FaceAttributes.Tracking;
using rclcs;
using std_msgs.msg;
using VisionNodes;
using FaceMessage = face_attributes.msg.FaceAttributes;

namespace FaceAttributes.Node.Outputs;

/// <summary><c>~/faces</c>: a message for each image, whose objects are used again for the next one.</summary>
internal sealed class FacesOutput : Output
{
    private readonly OutputTopic<FaceAttributesArray> _topic = new("~/faces", QosProfile.Default);
    private readonly FaceAttributesArray _message = new();

    // Grow to the most faces ever seen at once; a message's lists take as many as there are now.
    private readonly List<FaceMessage> _faces = [];
    private readonly List<FaceMessage> _lost = [];

    /// <summary>The attributes that a message has labels for, as the models' manifests name them.</summary>
    public static IReadOnlyList<string> Categorical { get; } = [FaceAttribute.Emotion, FaceAttribute.Gender];

    /// <summary>The attributes that a message has a number for.</summary>
    public static IReadOnlyList<string> Numeric { get; } = [FaceAttribute.Age];

    /// <summary>All attributes that a message has a place for.</summary>
    public static IEnumerable<string> Attributes => Categorical.Concat(Numeric);

    public FacesOutput() => Topics = [_topic];

    protected override IReadOnlyList<OutputTopic> Topics { get; }

    protected override void PublishWanted(ImageResult result) => _topic.Publish(Fill(
        result.Tracks, result.Lost, result.Header, result.Frame.SentWidth, result.Frame.SentHeight, result.Frame.Reduction));

    /// <summary>Writes the tracks of an image of this size into the message.</summary>
    /// <param name="tracks">The faces in it.</param>
    /// <param name="lost">Faces that are not in it but may be found again.</param>
    /// <param name="header">Its header.</param>
    /// <param name="width">Its width.</param>
    /// <param name="height">Its height.</param>
    /// <param name="scale">How many times larger the image is than the picture of the tracks.</param>
    internal FaceAttributesArray Fill(
        IReadOnlyList<Track> tracks, IReadOnlyList<Track> lost, Header header, int width, int height, int scale = 1)
    {
        header.CopyTo(_message.Header);
        (_message.Width, _message.Height) = ((uint)width, (uint)height);
        Fill(tracks, width, height, scale, _faces, _message.Faces);
        Fill(lost, width, height, scale, _lost, _message.Lost);
        return _message;
    }

    private static void Fill(
        IReadOnlyList<Track> tracks, int width, int height, int scale, List<FaceMessage> objects, List<FaceMessage> messages)
    {
        messages.Clear();
        for (var i = 0; i < tracks.Count; i++)
        {
            if (i == objects.Count)
                objects.Add(new FaceMessage());
            Fill(tracks[i], width, height, scale, objects[i]);
            messages.Add(objects[i]);
        }
    }

    private static void Fill(Track track, int width, int height, int scale, FaceMessage message)
    {
        message.Id = track.Id;
        var box = track.Box.Scale(scale).ClipTo(width, height).ToRect();
        message.Roi.XOffset = (uint)box.X;
        message.Roi.YOffset = (uint)box.Y;
        message.Roi.Width = (uint)box.Width;
        message.Roi.Height = (uint)box.Height;
        message.DetectionScore = track.DetectionScore;
        (message.VelocityX, message.VelocityY) = (scale * track.Velocity.X, scale * track.Velocity.Y);
        (message.TrackedSeconds, message.UnseenSeconds) = ((float)track.TrackedSeconds, (float)track.UnseenSeconds);
        message.Quality = track.State == TrackState.Tracked ? track.Quality : 0;
        message.Classified = track.State == TrackState.Tracked && track.LastClassified == track.Stamp;
        Fill(track.Find(FaceAttribute.Emotion), message.Emotion);
        Fill(track.Find(FaceAttribute.Gender), message.Gender);
        Fill(track.Find(FaceAttribute.Age), message.Age);
    }

    private static void Fill(SmoothedAttribute? attribute, CategoricalAttribute message)
    {
        var smoothed = attribute?.Smoothed;
        message.Label = smoothed?.Label ?? CategoricalAttribute.UNKNOWN;
        message.Confidence = smoothed?.Confidence ?? 0;
        Fill(smoothed, message.Distribution);
        Fill(attribute?.Raw, message.RawDistribution);
    }

    private static void Fill(SmoothedAttribute? attribute, NumericAttribute message)
    {
        var smoothed = attribute?.Smoothed;
        message.Known = smoothed?.IsKnown ?? false;
        message.Value = smoothed?.Mean ?? 0;
        message.StandardDeviation = smoothed?.StandardDeviation ?? 0;
        Fill(smoothed, message.Distribution);
        Fill(attribute?.Raw, message.RawDistribution);
    }

    // Models may change while the node runs: the labels are always those of the ones that run.
    private static void Fill(AttributeDistribution? distribution, List<LabelProbability> message)
    {
        var labels = distribution?.Labels ?? [];
        if (message.Count > labels.Count)
            message.RemoveRange(labels.Count, message.Count - labels.Count);
        while (message.Count < labels.Count)
            message.Add(new LabelProbability());
        for (var i = 0; i < labels.Count; i++)
        {
            message[i].Label = labels[i];
            message[i].Probability = distribution!.Probabilities[i];
        }
    }
}
