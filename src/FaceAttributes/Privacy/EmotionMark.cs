using FaceAttributes.Drawing;
using OpenCvSharp;
using Vision.Geometry;

namespace FaceAttributes.Privacy;

/// <summary>A drawn mark that stands for a face: a disc in its emotion's colour with a mouth that tells the emotion.</summary>
internal static class EmotionMark
{
    // Of the mouth, as a part of the disc's colour: a black mouth on a bright disc looks like a face to detectors, too.
    private const double Shade = 0.75;

    /// <summary>Draws it where the face is, and as large.</summary>
    /// <param name="canvas">Blue, green, red.</param>
    /// <param name="box">The face in pixels.</param>
    /// <param name="emotion">A label of the networks.</param>
    public static void Draw(in Canvas canvas, in Box box, string emotion)
    {
        var radius = (int)(Math.Max(box.Width, box.Height) * (0.5 + FaceHider.Margin / 2));
        if (radius < 1)
            return;
        var center = new Point((int)box.CenterX, (int)box.CenterY);
        var color = EmotionColors.Of(emotion);
        var ink = new Scalar(Shade * color.Val0, Shade * color.Val1, Shade * color.Val2);
        canvas.Disc(center, radius, color);
        var thickness = Math.Max(1, radius / 10);
        var mouth = new Size(radius / 2, radius / 3);
        switch (emotion)
        {
            case "happy": canvas.Arc(center, mouth, from: 20, to: 160, ink, thickness); break;
            case "sad" or "fear": canvas.Arc(center + new Point(0, mouth.Height / 2), mouth, from: 200, to: 340, ink, thickness); break;
            case "surprise": canvas.Arc(center, new Size(mouth.Height, mouth.Height), from: 0, to: 360, ink, thickness); break;
            case "angry" or "disgust": canvas.Line(center + new Point(-mouth.Width, -mouth.Height / 2), center + new Point(mouth.Width, mouth.Height / 2), ink, thickness); break;
            default: canvas.Line(center + new Point(-mouth.Width, 0), center + new Point(mouth.Width, 0), ink, thickness); break;
        }
    }
}
