using face_attributes.msg;
using FaceAttributes.Classification;
using FaceAttributes.Tracking;
using FaceMessage = face_attributes.msg.FaceAttributes;

namespace FaceAttributes.Node;

/// <summary>Writes the pipeline's result into messages that are used again for every image.</summary>
internal sealed class FaceMessages
{
    private const string Emotion = "emotion";
    private const string Gender = "gender";
    private const string Age = "age";

    // Grows to the most faces ever seen at once; a message's list takes as many as there are now.
    private readonly List<FaceMessage> _faces = [];

    /// <summary>The attributes that a message has labels for, as the models' manifests name them.</summary>
    public static IReadOnlyList<string> Categorical { get; } = [Emotion, Gender];

    /// <summary>The attributes that a message has a number for.</summary>
    public static IReadOnlyList<string> Numeric { get; } = [Age];

    /// <param name="faces">The pipeline's result.</param>
    /// <param name="image">The image they are in: header and size are copied.</param>
    /// <param name="message">Filled; valid until the next call.</param>
    public void Fill(IReadOnlyList<Track> faces, sensor_msgs.msg.Image image, FaceAttributesArray message)
    {
        message.Header.Stamp.Sec = image.Header.Stamp.Sec;
        message.Header.Stamp.Nanosec = image.Header.Stamp.Nanosec;
        message.Header.FrameId = image.Header.FrameId;
        message.Height = image.Height;
        message.Width = image.Width;
        message.Faces.Clear();
        for (var i = 0; i < faces.Count; i++)
        {
            if (i == _faces.Count)
                _faces.Add(new FaceMessage());
            Fill(faces[i], (int)image.Width, (int)image.Height, _faces[i]);
            message.Faces.Add(_faces[i]);
        }
    }

    private static void Fill(Track face, int width, int height, FaceMessage message)
    {
        message.Id = face.Id;
        var roi = face.Box.ClipTo(width, height).ToRect();
        message.Roi.XOffset = (uint)roi.X;
        message.Roi.YOffset = (uint)roi.Y;
        message.Roi.Width = (uint)roi.Width;
        message.Roi.Height = (uint)roi.Height;
        message.DetectionScore = face.DetectionScore;
        Fill(face.Find(Emotion), message.Emotion);
        Fill(face.Find(Gender), message.Gender);
        Fill(face.Find(Age), message.Age);
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

    private static void Fill(AttributeDistribution? distribution, List<LabelProbability> message)
    {
        var labels = distribution?.Labels ?? [];
        while (message.Count < labels.Count)
            message.Add(new LabelProbability());
        for (var i = 0; i < labels.Count; i++)
        {
            message[i].Label = labels[i];
            message[i].Probability = distribution!.Probabilities[i];
        }
    }
}
