using OpenCvSharp;

namespace FaceAttributes.Drawing;

/// <summary>The colour of a face's box and tag, as in Arriaga's face_classification, whose users know them.</summary>
internal static class EmotionColors
{
    /// <summary>
    /// Blue, green, red of an emotion's colour; green for all that have none of their own. Each is bright enough to be
    /// read on a dark plate.
    /// </summary>
    public static Scalar Of(string? emotion) => emotion switch
    {
        "angry" => new Scalar(80, 80, 255),
        "sad" => new Scalar(255, 150, 70),
        "happy" => new Scalar(0, 225, 255),
        "surprise" => new Scalar(255, 235, 0),
        _ => new Scalar(90, 225, 90),
    };
}
