using FaceAttributes.Drawing;
using OpenCvSharp;
using Vision.Imaging;

namespace FaceAttributes.Evaluation.Sequences;

/// <summary>Four moments of a sequence in one picture, as the node draws them.</summary>
internal static class PictureSeries
{
    private const double Scale = 0.75;
    private const int JpegQuality = 85;

    /// <summary>Lets a pipeline look at a sequence and draws its moments.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="sequence">The sequence.</param>
    /// <param name="path">The JPEG to write.</param>
    public static void Write(FacePipeline pipeline, Sequence sequence, string path)
    {
        using var renderer = new SequenceRenderer();
        using var frame = new ImageFrame();
        using var picture = new Mat();
        using var annotated = new Mat();
        var (width, height) = ((int)(Scale * Sequence.Width), (int)(Scale * Sequence.Height));
        using var series = new Mat(2 * height, 2 * width, MatType.CV_8UC3);
        var annotator = new Annotator();
        var drawn = 0;
        for (var i = 0; i < sequence.Stamps.Count && drawn < sequence.Moments.Count; i++)
        {
            var stamp = sequence.Stamps[i];
            renderer.Draw(sequence, i, picture);
            frame.Set(picture);
            var tracks = pipeline.Process(frame, stamp);
            if (stamp < sequence.Moments[drawn])
                continue;
            annotator.Draw(frame, tracks, annotated);
            using var place = new Mat(series, new Rect(drawn % 2 * width, drawn / 2 * height, width, height));
            Cv2.Resize(annotated, place, place.Size(), 0, 0, InterpolationFlags.Area);
            drawn++;
        }

        series.SaveImage(path, new ImageEncodingParam(ImwriteFlags.JpegQuality, JpegQuality));
    }
}
