using face_attributes.msg;
using FaceAttributes.Classification;
using FaceAttributes.Tracking;
using rclcs;
using std_msgs.msg;
using Vision.Imaging;
using VisionNodes;
using FaceMessage = face_attributes.msg.FaceAttributes;

namespace FaceAttributes.Node.Outputs;

/// <summary><c>~/faces</c>: a message for each image, whose objects are used again for the next one.</summary>
internal sealed class FacesOutput() : Output<FaceAttributesArray>("~/faces", QosProfile.Default)
{
    private const string Emotion = "emotion";
    private const string Gender = "gender";
    private const string Age = "age";

    private readonly FaceAttributesArray _message = new();

    // Grows to the most faces ever seen at once; a message's list takes as many as there are now.
    private readonly List<FaceMessage> _faces = [];

    /// <summary>The attributes that a message has labels for, as the models' manifests name them.</summary>
    public static IReadOnlyList<string> Categorical { get; } = [Emotion, Gender];

    /// <summary>The attributes that a message has a number for.</summary>
    public static IReadOnlyList<string> Numeric { get; } = [Age];

    protected override FaceAttributesArray Make(ImageFrame frame, Header header, IReadOnlyList<Track> tracks) =>
        Fill(tracks, header, frame.Width, frame.Height);

    /// <summary>Writes the tracks of an image of this size into the message.</summary>
    internal FaceAttributesArray Fill(IReadOnlyList<Track> tracks, Header header, int width, int height)
    {
        header.CopyTo(_message.Header);
        (_message.Width, _message.Height) = ((uint)width, (uint)height);
        _message.Faces.Clear();
        for (var i = 0; i < tracks.Count; i++)
        {
            if (i == _faces.Count)
                _faces.Add(new FaceMessage());
            Fill(tracks[i], width, height, _faces[i]);
            _message.Faces.Add(_faces[i]);
        }

        return _message;
    }

    private static void Fill(Track track, int width, int height, FaceMessage message)
    {
        message.Id = track.Id;
        var box = track.Box.ClipTo(width, height).ToRect();
        message.Roi.XOffset = (uint)box.X;
        message.Roi.YOffset = (uint)box.Y;
        message.Roi.Width = (uint)box.Width;
        message.Roi.Height = (uint)box.Height;
        message.DetectionScore = track.DetectionScore;
        Fill(track.Find(Emotion), message.Emotion);
        Fill(track.Find(Gender), message.Gender);
        Fill(track.Find(Age), message.Age);
    }

    private static void Fill(AttributeDistribution? distribution, CategoricalAttribute message)
    {
        message.Label = distribution?.Label ?? CategoricalAttribute.UNKNOWN;
        message.Confidence = distribution?.Confidence ?? 0;
        Fill(distribution, message.Distribution);
    }

    private static void Fill(AttributeDistribution? distribution, NumericAttribute message)
    {
        message.Known = distribution?.IsKnown ?? false;
        message.Value = distribution?.Mean ?? 0;
        message.StandardDeviation = distribution?.StandardDeviation ?? 0;
        Fill(distribution, message.Distribution);
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
