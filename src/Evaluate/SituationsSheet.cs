using OpenCvSharp;
using Situations;
using Vision.Imaging;

namespace FaceAttributes.Evaluation;

/// <summary>Pictures of a folder side by side, each with what is said of it, as the node's annotated image shows it.</summary>
internal static class SituationsSheet
{
    private const int Width = 360;
    private const int Height = 270;
    private const int Columns = 5;

    /// <summary>Draws the sheet, in the order of the files' names.</summary>
    /// <param name="describer">The networks.</param>
    /// <param name="folder">JPEGs and PNGs.</param>
    /// <param name="file">JPEG or PNG, by its ending.</param>
    /// <exception cref="EvaluationException">There are no pictures, one cannot be read, or the file cannot be written.</exception>
    public static void Draw(SituationDescriber describer, string folder, string file)
    {
        if (!Directory.Exists(folder))
            throw new EvaluationException($"{folder}, given with --show, is no folder.");
        string[] paths = [.. Directory.GetFiles(folder).Where(path => Path.GetExtension(path).ToLowerInvariant() is ".jpg" or ".jpeg" or ".png").Order(StringComparer.Ordinal)];
        if (paths.Length == 0)
            throw new EvaluationException($"{folder} has no pictures (.jpg, .jpeg, .png).");
        using var sheet = new Mat((paths.Length + Columns - 1) / Columns * Height, Math.Min(paths.Length, Columns) * Width, MatType.CV_8UC3, Scalar.White);
        using var frame = new ImageFrame();
        using var drawn = new Mat();
        for (var i = 0; i < paths.Length; i++)
        {
            try
            {
                frame.Load(paths[i]);
            }
            catch (ImageException e)
            {
                throw new EvaluationException($"{e.Message.TrimEnd('.')}; take it out of {folder}.", e);
            }

            describer.Describe(frame);
            using var fitted = Fit(frame.Bgr);
            frame.Set(fitted);
            SituationAnnotator.Draw(frame, describer.Sentence, describer.Danger, drawn);
            frame.Clear();
            using var place = new Mat(sheet, new Rect(i % Columns * Width, i / Columns * Height, Width, Height));
            drawn.CopyTo(place);
        }

        if (!Cv2.ImWrite(file, sheet, new ImageEncodingParam(ImwriteFlags.JpegQuality, 85)))
            throw new EvaluationException($"{file}, given with --sheet, cannot be written.");
    }

    /// <summary>The whole picture on black.</summary>
    private static Mat Fit(Mat picture)
    {
        var scale = Math.Min((double)Width / picture.Width, (double)Height / picture.Height);
        using var small = picture.Resize(new Size(Math.Max(1, (int)(scale * picture.Width)), Math.Max(1, (int)(scale * picture.Height))), 0, 0, InterpolationFlags.Area);
        var fitted = new Mat();
        Cv2.CopyMakeBorder(
            small, fitted, (Height - small.Height) / 2, Height - small.Height - (Height - small.Height) / 2,
            (Width - small.Width) / 2, Width - small.Width - (Width - small.Width) / 2, BorderTypes.Constant, Scalar.Black);
        return fitted;
    }
}
