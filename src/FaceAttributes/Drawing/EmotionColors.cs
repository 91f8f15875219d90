using OpenCvSharp;

namespace FaceAttributes.Drawing;

/// <summary>The colour of a face's box and tag, as in Arriaga's face_classification, whose users know them.</summary>
internal static class EmotionColors
{
    /// <summary>Blue, green, red of an emotion's colour; green for all that have none of their own.</summary>
    public static Scalar Of(string? emotion) => emotion switch
    {
        "angry" => new Scalar(40, 40, 230),
        "sad" => new Scalar(240, 80, 30),
        "happy" => new Scalar(20, 220, 250),
        "surprise" => new Scalar(240, 220, 20),
        _ => new Scalar(70, 200, 60),
    };

    /// <summary>Black or white, whichever reads better on a colour (ITU-R BT.601 luma).</summary>
    public static Scalar TextOn(Scalar color) =>
        0.114 * color.Val0 + 0.587 * color.Val1 + 0.299 * color.Val2 > 120 ? Scalar.Black : Scalar.White;
}
