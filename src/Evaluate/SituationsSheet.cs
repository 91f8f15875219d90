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
        using var sheet = new Sheet(paths.Length);
        using var frame = new ImageFrame();
        using var drawn = new Mat();
        foreach (var path in paths)
        {
            Load(frame, path, $"take it out of {folder}");
            describer.Describe(frame);
            using var fitted = Fit(frame.Bgr);
            frame.Set(fitted);
            SituationAnnotator.Draw(frame, describer.Sentence, describer.Danger, drawn);
            frame.Clear();
            sheet.Add(drawn);
        }

        sheet.Write(file);
    }

    /// <summary>
    /// Draws a picture with what is said of it; again, red where it speaks for the most probable kind of danger (Grad-CAM), however probable that is;
    /// and for each word of the sentence, red where the decoder looked.
    /// </summary>
    /// <param name="describer">The networks.</param>
    /// <param name="path">A JPEG or PNG.</param>
    /// <param name="file">JPEG or PNG, by its ending.</param>
    /// <exception cref="EvaluationException">The picture cannot be read, or the file cannot be written.</exception>
    public static void Explain(SituationDescriber describer, string path, string file)
    {
        using var frame = new ImageFrame();
        Load(frame, path, "name another with --explain");
        describer.Describe(frame);
        // The maps cover the picture alone, not what fits it into its place.
        var place = Place(frame.Bgr.Size());
        using var small = frame.Bgr.Resize(place.Size, 0, 0, InterpolationFlags.Area);
        using var drawn = new Mat();
        frame.Set(small);
        var (sentence, danger) = (describer.Sentence, describer.Danger);
        using var sheet = new Sheet(2 + sentence.Count);
        SituationAnnotator.Draw(frame, sentence, danger, drawn);
        sheet.Add(drawn, place);
        SituationAnnotator.DrawMap(frame, describer.DangerMap, drawn);
        sheet.Add(drawn, place, danger.Category);
        for (var i = 0; i < sentence.Count; i++)
        {
            SituationAnnotator.DrawMap(frame, sentence.Attention(i), drawn);
            sheet.Add(drawn, place, sentence.Word(i));
        }

        frame.Clear();
        sheet.Write(file);
    }

    private static void Load(ImageFrame frame, string path, string advice)
    {
        try
        {
            frame.Load(path);
        }
        catch (ImageException e)
        {
            throw new EvaluationException($"{e.Message.TrimEnd('.')}; {advice}.", e);
        }
    }

    /// <summary>Where a picture of this size is in its place, as large as fits.</summary>
    private static Rect Place(Size picture)
    {
        var scale = Math.Min((double)Width / picture.Width, (double)Height / picture.Height);
        var (width, height) = (Math.Max(1, (int)(scale * picture.Width)), Math.Max(1, (int)(scale * picture.Height)));
        return new Rect((Width - width) / 2, (Height - height) / 2, width, height);
    }

    /// <summary>The whole picture on black.</summary>
    private static Mat Fit(Mat picture)
    {
        var place = Place(picture.Size());
        using var small = picture.Resize(place.Size, 0, 0, InterpolationFlags.Area);
        var fitted = new Mat();
        Cv2.CopyMakeBorder(
            small, fitted, place.Top, Height - place.Bottom, place.Left, Width - place.Right, BorderTypes.Constant, Scalar.Black);
        return fitted;
    }

    /// <summary>Places for pictures, filled row by row.</summary>
    private sealed class Sheet(int places) : IDisposable
    {
        private readonly Mat _sheet = new((places + Columns - 1) / Columns * Height, Math.Min(places, Columns) * Width, MatType.CV_8UC3, Scalar.Black);
        private int _count;

        /// <summary>Fills the next place, or the given part of it, and writes a label into it.</summary>
        public void Add(Mat picture, Rect? part = null, string label = "")
        {
            var (at, inside) = (new Point(_count % Columns * Width, _count / Columns * Height), part ?? new Rect(0, 0, Width, Height));
            using (var place = new Mat(_sheet, new Rect(at + inside.Location, inside.Size)))
                picture.CopyTo(place);
            if (label.Length > 0)   // PutText refuses an empty text
                Cv2.PutText(_sheet, label, at + new Point(8, 24), HersheyFonts.HersheySimplex, 0.8, Scalar.White, 2, LineTypes.AntiAlias);
            _count++;
        }

        /// <exception cref="EvaluationException">The file cannot be written.</exception>
        public void Write(string file)
        {
            // It throws where it doesn't know the ending.
            if (!Cv2.HaveImageWriter(file) || !Cv2.ImWrite(file, _sheet, new ImageEncodingParam(ImwriteFlags.JpegQuality, 85)))
                throw new EvaluationException($"{file}, given with --sheet, cannot be written; name a JPEG or PNG in a folder that is there.");
        }

        public void Dispose() => _sheet.Dispose();
    }
}
