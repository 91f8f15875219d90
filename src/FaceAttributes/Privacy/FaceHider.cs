using FaceAttributes.Classification;
using FaceAttributes.Detection;
using FaceAttributes.Drawing;
using FaceAttributes.Tracking;
using OpenCvSharp;
using Vision.Geometry;
using Vision.Imaging;

namespace FaceAttributes.Privacy;

/// <summary>
/// Makes faces unrecognisable in a picture: nothing is left of a head but the mean colours of a few large patches, or a mark in
/// the colour of its emotion. Neither can be undone. Used by one thread at a time; once warm it allocates nothing on the managed
/// heap.
/// </summary>
/// <remarks>A face that no detector finds stays.</remarks>
public sealed class FaceHider : IDisposable
{
    /// <summary>
    /// What is hidden round a face's box on each side, relative to its longer side: hair, ears and chin tell who it is, too, and
    /// boxes of moving faces are a little off.
    /// </summary>
    public const double Margin = 0.35;

    // How many patches are left of a head, across and down.
    private static readonly Size Patches = new(3, 3);

    private readonly Mat _patches = new();
    private readonly Mat _blurred = new();

    /// <summary>Hides faces.</summary>
    /// <param name="picture">Blue-green-red (CV_8UC3); changed.</param>
    /// <param name="tracks">The faces, also those that are only expected.</param>
    /// <param name="detections">What the detector takes for a face, also what it doubts: better a patch too many.</param>
    /// <param name="marksEmotions">
    /// Whether a mark takes the place of a face whose emotion is known; if not, and where it is unknown, the face is blurred.
    /// </param>
    public void Hide(Mat picture, IReadOnlyList<Track> tracks, IReadOnlyList<FaceDetection> detections, bool marksEmotions)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(tracks);
        ArgumentNullException.ThrowIfNull(detections);
        for (var i = 0; i < tracks.Count; i++)
            Blur(picture, tracks[i].Box);
        for (var i = 0; i < detections.Count; i++)
            Blur(picture, detections[i].Box);
        if (!marksEmotions)
            return;
        using var canvas = new Canvas(picture);
        for (var i = 0; i < tracks.Count; i++)
        {
            if (tracks[i] is { State: TrackState.Tracked } track && track.Find(FaceAttribute.Emotion)?.Smoothed is { IsKnown: true } emotion)
                EmotionMark.Draw(canvas, track.Box, emotion.Label);
        }
    }

    /// <summary>Blurs one face beyond recognition.</summary>
    /// <param name="picture">Blue-green-red (CV_8UC3); changed.</param>
    /// <param name="box">The face in pixels; may leave the picture.</param>
    public void Blur(Mat picture, in Box box)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var margin = (float)Margin * Math.Max(box.Width, box.Height);
        var head = new Box(box.X - margin, box.Y - margin, box.Width + 2 * margin, box.Height + 2 * margin)
            .ClipTo(picture.Width, picture.Height).ToRect();
        if (head.Width < 1 || head.Height < 1)
            return;
        using var part = NativeMat.Part(picture, head);
        OpenCv.Resize(part.Pointer, _patches, Patches, InterpolationFlags.Area);
        OpenCv.Resize(_patches.CvPtr, _blurred, head.Size, InterpolationFlags.Linear);
        OpenCv.Copy(_blurred, part);
        GC.KeepAlive(picture);
    }

    /// <summary>Frees the buffers.</summary>
    public void Dispose()
    {
        _patches.Dispose();
        _blurred.Dispose();
    }
}
