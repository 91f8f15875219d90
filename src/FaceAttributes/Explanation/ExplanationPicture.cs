using System.Globalization;
using FaceAttributes.Classification;
using FaceAttributes.Privacy;
using OpenCvSharp;
using Vision.Geometry;
using Vision.Imaging;

namespace FaceAttributes.Explanation;

/// <summary>Which answer about which face is explained.</summary>
/// <param name="Face">The face's id.</param>
/// <param name="Attribute">Such as "emotion".</param>
/// <param name="Label">One of its labels.</param>
/// <param name="Probability">Of that label, from 0 to 1.</param>
public readonly record struct ExplainedAnswer(string Face, string Attribute, string Label, float Probability);

/// <summary>
/// An explanation for people: side by side the face as the network's crop has it, guided back-propagation, the gradient, and
/// Grad-CAM over the face; above, which answer they explain. Red speaks for it where the face gets brighter, blue where it gets
/// darker; Grad-CAM shows from blue to red how much a region speaks for it.
/// </summary>
public static class ExplanationPicture
{
    /// <summary>Side of each of the four pictures, in pixels.</summary>
    public const int Side = 192;

    /// <summary>Height of the line above them and of that below, in pixels.</summary>
    public const int Line = 28;

    /// <summary>Size of the whole, in pixels.</summary>
    public static Size Size { get; } = new(4 * Side, Side + 2 * Line);

    // Of the values, so many are within the colours' range; the few beyond would leave all others pale.
    private const double Range = 0.99;

    private static readonly string[] Titles = ["face", "guided back-prop.", "gradient", "Grad-CAM"];

    /// <summary>Explains one answer and draws that.</summary>
    /// <param name="explainer">Of a network that estimates the attribute.</param>
    /// <param name="frame">The image.</param>
    /// <param name="box">The face in pixels; may leave the image.</param>
    /// <param name="answer">What is explained.</param>
    /// <param name="hidesFace">
    /// Whether the face must not be recognisable: then it is blurred, and the gradients, in which one sees it, are left out.
    /// </param>
    /// <param name="destination">The caller's; becomes <see cref="Size"/>, blue first (bgr8).</param>
    /// <exception cref="ArgumentException">The network has no such attribute or label.</exception>
    public static void Draw(
        FaceExplainer explainer, ImageFrame frame, in Box box, in ExplainedAnswer answer, bool hidesFace, Mat destination)
    {
        ArgumentNullException.ThrowIfNull(explainer);
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(destination);
        destination.Create(Size, MatType.CV_8UC3);
        destination.SetTo(new Scalar(32, 32, 32));
        using var face = CutFace(frame, box, explainer.Manifest.Margin, hidesFace);
        Put(face, 0, destination);
        if (!hidesFace)
        {
            PutGradient(explainer.Explain(frame, box, answer.Attribute, answer.Label, ExplanationKind.GuidedGradient), 1, destination);
            PutGradient(explainer.Explain(frame, box, answer.Attribute, answer.Label, ExplanationKind.Gradient), 2, destination);
        }

        PutActivation(explainer.Explain(frame, box, answer.Attribute, answer.Label, ExplanationKind.ClassActivation), face, destination);

        Write(string.Create(CultureInfo.InvariantCulture,
            $"{answer.Face}  {answer.Attribute}: {answer.Label} {100 * answer.Probability:F0}%"), 8, 20, destination);
        for (var i = 0; i < Titles.Length; i++)
            Write(hidesFace && i is 1 or 2 ? "(shows the face)" : Titles[i], i * Side + 8, Line + Side + 20, destination);
    }

    /// <summary>The part of the image that the network sees, in colour and upright.</summary>
    private static Mat CutFace(ImageFrame frame, in Box box, float margin, bool hidesFace)
    {
        var square = FaceCrop.Square(box, margin);
        var scale = Side / square.Width;
        using var picture = new Mat();
        frame.CopyBgrTo(picture);
        if (hidesFace)
        {
            // All that is shown: round the face there may be others.
            using var hider = new FaceHider();
            hider.Blur(picture, new Box((float)square.X, (float)square.Y, (float)square.Width, (float)square.Height));
        }

        using var move = new Mat(2, 3, MatType.CV_64FC1, Scalar.Black);
        move.Set(0, 0, scale);
        move.Set(1, 1, scale);
        // WarpAffine counts from the pixels' centres, the crop from their edges.
        move.Set(0, 2, (0.5 - square.X) * scale - 0.5);
        move.Set(1, 2, (0.5 - square.Y) * scale - 0.5);
        var face = new Mat();
        Cv2.WarpAffine(picture, face, move, new Size(Side, Side), InterpolationFlags.Linear, BorderTypes.Replicate);
        if (frame.Upright == Turn.None)
            return face;
        using var sideways = face;
        var upright = new Mat();
        OpenCv.Rotate(sideways, upright, frame.Upright);
        return upright;
    }

    private static void PutGradient(in FaceExplanation explanation, int tile, Mat destination)
    {
        // Of several channels, what they say together.
        var plane = explanation.Width * explanation.Height;
        var values = new float[plane];
        for (var i = 0; i < explanation.Values.Length; i++)
            values[i % plane] += explanation.Values[i];
        var range = Quantile(values, float.Abs);
        var pixels = new Vec3b[plane];
        for (var i = 0; i < plane; i++)
        {
            var strength = Math.Clamp(values[i] / range, -1, 1);
            var rest = (byte)(255 * (1 - Math.Abs(strength)));
            pixels[i] = strength >= 0 ? new Vec3b(rest, rest, 255) : new Vec3b(255, rest, rest);
        }

        using var colors = new Mat(explanation.Height, explanation.Width, MatType.CV_8UC3);
        colors.SetArray(pixels);
        Put(colors, tile, destination, InterpolationFlags.Nearest);
    }

    private static void PutActivation(in FaceExplanation explanation, Mat face, Mat destination)
    {
        var range = Quantile(explanation.Values.ToArray(), value => value);
        var pixels = new byte[explanation.Values.Length];
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)(255 * Math.Clamp(explanation.Values[i] / range, 0, 1));
        using var levels = new Mat(explanation.Height, explanation.Width, MatType.CV_8UC1);
        levels.SetArray(pixels);
        using var large = new Mat();
        Cv2.Resize(levels, large, new Size(Side, Side), 0, 0, InterpolationFlags.Cubic);
        using var colors = new Mat();
        Cv2.ApplyColorMap(large, colors, ColormapTypes.Jet);
        using var blended = new Mat();
        Cv2.AddWeighted(face, 0.5, colors, 0.5, 0, blended);
        Put(blended, 3, destination);
    }

    private static float Quantile(float[] values, Func<float, float> of)
    {
        var sorted = Array.ConvertAll(values, value => of(value));
        Array.Sort(sorted);
        return Math.Max(sorted[(int)(Range * (sorted.Length - 1))], float.Epsilon);
    }

    private static void Put(Mat picture, int tile, Mat destination, InterpolationFlags interpolation = InterpolationFlags.Linear)
    {
        using var place = new Mat(destination, new Rect(tile * Side, Line, Side, Side));
        Cv2.Resize(picture, place, new Size(Side, Side), 0, 0, interpolation);
    }

    private static void Write(string text, int x, int y, Mat destination) => Cv2.PutText(
        destination, text, new Point(x, y), HersheyFonts.HersheySimplex, 0.5, Scalar.White, 1, LineTypes.AntiAlias);
}
