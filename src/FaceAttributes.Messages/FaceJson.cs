using System.Text.Json;
using face_attributes.msg;
using FaceMessage = face_attributes.msg.FaceAttributes;

namespace face_attributes;

/// <summary>The messages as JSON, with the names of the messages' fields.</summary>
public static class FaceJson
{
    /// <summary>Writes a message as an object.</summary>
    /// <param name="writer">Gets it.</param>
    /// <param name="message">The faces of an image.</param>
    /// <param name="isBrief">
    /// Whether what a viewer does not show is left out: raw distributions and that of the age.
    /// </param>
    public static void Write(Utf8JsonWriter writer, FaceAttributesArray message, bool isBrief = false)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(message);
        writer.WriteStartObject();
        Write(writer, message.Header);
        writer.WriteNumber("height", message.Height);
        writer.WriteNumber("width", message.Width);
        Write(writer, "faces", message.Faces, isBrief);
        Write(writer, "lost", message.Lost, isBrief);
        writer.WriteEndObject();
    }

    /// <summary>Writes a message as an object.</summary>
    public static void Write(Utf8JsonWriter writer, Situation message)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(message);
        writer.WriteStartObject();
        Write(writer, message.Header);
        writer.WriteString("sentence", message.Sentence);
        WriteNumber(writer, "confidence", message.Confidence);
        writer.WriteString("danger", message.Danger);
        WriteNumber(writer, "danger_probability", message.DangerProbability);
        Write(writer, "distribution", message.Distribution);
        writer.WriteBoolean("alert", message.Alert);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, std_msgs.msg.Header header)
    {
        writer.WriteStartObject("header");
        writer.WriteStartObject("stamp");
        writer.WriteNumber("sec", header.Stamp.Sec);
        writer.WriteNumber("nanosec", header.Stamp.Nanosec);
        writer.WriteEndObject();
        writer.WriteString("frame_id", header.FrameId);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, List<FaceMessage> faces, bool isBrief)
    {
        writer.WriteStartArray(name);
        foreach (var face in faces)
        {
            writer.WriteStartObject();
            writer.WriteString("id", face.Id);
            writer.WriteStartObject("roi");
            writer.WriteNumber("x_offset", face.Roi.XOffset);
            writer.WriteNumber("y_offset", face.Roi.YOffset);
            writer.WriteNumber("height", face.Roi.Height);
            writer.WriteNumber("width", face.Roi.Width);
            writer.WriteEndObject();
            WriteNumber(writer, "detection_score", face.DetectionScore);
            WriteNumber(writer, "velocity_x", face.VelocityX);
            WriteNumber(writer, "velocity_y", face.VelocityY);
            WriteNumber(writer, "tracked_seconds", face.TrackedSeconds);
            WriteNumber(writer, "unseen_seconds", face.UnseenSeconds);
            WriteNumber(writer, "quality", face.Quality);
            writer.WriteBoolean("classified", face.Classified);
            Write(writer, "emotion", face.Emotion, isBrief);
            Write(writer, "gender", face.Gender, isBrief);
            Write(writer, "age", face.Age, isBrief);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, string name, CategoricalAttribute attribute, bool isBrief)
    {
        writer.WriteStartObject(name);
        writer.WriteString("label", attribute.Label);
        WriteNumber(writer, "confidence", attribute.Confidence);
        Write(writer, "distribution", attribute.Distribution);
        if (!isBrief)
            Write(writer, "raw_distribution", attribute.RawDistribution);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, NumericAttribute attribute, bool isBrief)
    {
        writer.WriteStartObject(name);
        writer.WriteBoolean("known", attribute.Known);
        WriteNumber(writer, "value", attribute.Value);
        WriteNumber(writer, "standard_deviation", attribute.StandardDeviation);
        if (!isBrief)
        {
            Write(writer, "distribution", attribute.Distribution);
            Write(writer, "raw_distribution", attribute.RawDistribution);
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, List<LabelProbability> distribution)
    {
        writer.WriteStartArray(name);
        foreach (var entry in distribution)
        {
            writer.WriteStartObject();
            writer.WriteString("label", entry.Label);
            WriteNumber(writer, "probability", entry.Probability);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    // JSON has no NaN, which another program's message may have.
    private static void WriteNumber(Utf8JsonWriter writer, string name, float value)
    {
        if (float.IsFinite(value))
            writer.WriteNumber(name, value);
        else
            writer.WriteNull(name);
    }
}
