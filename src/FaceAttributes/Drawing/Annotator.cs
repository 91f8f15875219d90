using FaceAttributes.Classification;
using FaceAttributes.Tracking;
using OpenCvSharp;
using Vision.Imaging;

namespace FaceAttributes.Drawing;

/// <summary>
/// Draws faces into an image: a box in the colour of the emotion, and beside it a tag with id, labels and numbers, and how sure
/// they are. Where faces stand close, tags get smaller and say less rather than hide a face. Used by one thread at a time; once
/// warm it allocates nothing on the managed heap.
/// </summary>
public sealed class Annotator
{
    private readonly Tag _tag = new();
    private readonly TagPlacement _placement = new();

    /// <summary>Draws the image with its faces.</summary>
    /// <param name="frame">The image; not changed.</param>
    /// <param name="tracks">What to draw.</param>
    /// <param name="destination">The caller's; becomes the image, Height × Width × 3 bytes, blue first (bgr8).</param>
    public void Draw(ImageFrame frame, IReadOnlyList<Track> tracks, Mat destination)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(tracks);
        ArgumentNullException.ThrowIfNull(destination);
        frame.CopyBgrTo(destination);
        Draw(tracks, destination);
    }

    /// <summary>Draws faces into a picture.</summary>
    /// <param name="tracks">What to draw.</param>
    /// <param name="picture">Height × Width × 3 bytes, blue first (bgr8); changed.</param>
    public void Draw(IReadOnlyList<Track> tracks, Mat picture)
    {
        ArgumentNullException.ThrowIfNull(tracks);
        ArgumentNullException.ThrowIfNull(picture);
        var size = new Size(picture.Width, picture.Height);
        var thickness = Math.Max(1, (int)Math.Round(Math.Min(size.Width, size.Height) / 240.0));
        _placement.Start(size, tracks, distance: thickness);
        using var canvas = new Canvas(picture);
        for (var i = 0; i < tracks.Count; i++)
            DrawTag(tracks[i], canvas, size);
        for (var i = 0; i < tracks.Count; i++)
            canvas.Rectangle(tracks[i].Box.ToRect(), ColorOf(tracks[i]), thickness);
    }

    private static Scalar ColorOf(Track track) => EmotionColors.Of(track.Find(FaceAttribute.Emotion)?.Smoothed.Label);

    private void DrawTag(Track track, in Canvas canvas, Size size)
    {
        var place = default(Rect);
        for (var detail = Tag.Detail.Full; detail <= Tag.Detail.Id; detail++)
        {
            _tag.Compose(track, ColorOf(track), detail, size);
            (place, var covered) = _placement.Find(track.Box.ToRect(), _tag.Size);
            if (covered == 0)
                break;
        }

        _placement.Take(place);
        _tag.Draw(canvas, place);
    }
}
