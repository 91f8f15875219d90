using OpenCvSharp;
using Vision.Imaging;

namespace Situations;

/// <summary>Draws sentence and danger under a picture, and what the networks looked at over it.</summary>
public sealed class SituationAnnotator
{
    private const HersheyFonts Font = HersheyFonts.HersheySimplex;

    /// <summary>Copies a picture and adds a band with the sentence at its lower edge, red where there is danger.</summary>
    /// <param name="frame">The picture.</param>
    /// <param name="sentence">Its sentence; an empty one is shown as a dash.</param>
    /// <param name="danger">Its danger, of which label and probability are shown.</param>
    /// <param name="destination">Becomes the picture, blue first (CV_8UC3), of the same size.</param>
    public static void Draw(ImageFrame frame, Sentence sentence, DangerEstimate danger, Mat destination)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(sentence);
        ArgumentNullException.ThrowIfNull(danger);
        frame.CopyBgrTo(destination);
        var scale = Math.Max(0.35, destination.Width / 1000.0);
        var line = (int)(36 * scale);
        var lines = Wrap(sentence.Count == 0 ? "-" : sentence.Text, destination.Width, scale)
            .Append($"{danger.Label} {danger.Probability:P0}").ToArray();
        var height = Math.Min(destination.Height, line * lines.Length + line / 2);
        using (var band = new Mat(destination, new Rect(0, destination.Height - height, destination.Width, height)))
            band.ConvertTo(band, band.Type(), 0.3);
        var isDanger = danger.Label is not (DangerEstimate.None or DangerEstimate.Unknown);
        for (var i = 0; i < lines.Length; i++)
        {
            var color = i == lines.Length - 1 && isDanger ? new Scalar(80, 80, 255) : Scalar.White;
            Cv2.PutText(destination, lines[i], new Point(line / 3, destination.Height - height + (int)(line * (i + 0.9))), Font, scale, color, Math.Max(1, (int)(2 * scale)), LineTypes.AntiAlias);
        }
    }

    /// <summary>Copies a picture and reddens it where a map is high.</summary>
    /// <param name="frame">The picture.</param>
    /// <param name="map">Side × side numbers, row by row, such as <see cref="Sentence.Attention"/>; what is below 0 counts as 0.</param>
    /// <param name="destination">Becomes the picture, blue first (CV_8UC3), of the same size.</param>
    public static void DrawMap(ImageFrame frame, ReadOnlySpan<float> map, Mat destination)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(destination);
        frame.CopyBgrTo(destination);
        var side = (int)Math.Sqrt(map.Length);
        var most = 1e-9f;
        foreach (var value in map)
            most = Math.Max(most, value);
        using var small = new Mat(side, side, MatType.CV_32FC1);
        for (var i = 0; i < map.Length; i++)
            small.Set(i / side, i % side, Math.Max(0, map[i]) / most);
        using var large = small.Resize(destination.Size(), 0, 0, InterpolationFlags.Cubic);
        using var gray = new Mat();
        Cv2.CvtColor(destination, gray, ColorConversionCodes.BGR2GRAY);
        using var dark = new Mat();
        gray.ConvertTo(dark, MatType.CV_8UC1, 0.6);
        using var red = new Mat();
        using var heat = new Mat();
        large.ConvertTo(heat, MatType.CV_8UC1, 150);
        Cv2.Add(dark, heat, red);
        Cv2.Merge([dark, dark, red], destination);
    }

    private static List<string> Wrap(string text, int width, double scale)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in text.Split(' '))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (line.Length > 0 && Cv2.GetTextSize(longer, Font, scale, 1, out _).Width > width * 0.95)
            {
                lines.Add(line);
                line = word;
            }
            else
            {
                line = longer;
            }
        }

        lines.Add(line);
        return lines;
    }
}
