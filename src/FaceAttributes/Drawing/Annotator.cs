using OpenCvSharp;
using Vision.Imaging;

namespace FaceAttributes.Drawing;

/// <summary>
/// Draws faces into a picture: a box in the colour of the emotion, and beside it a tag with id, labels and numbers, and how sure they are.
/// Where faces stand close, tags get smaller and say less rather than hide a face. Used by one thread at a time.
/// </summary>
public sealed class Annotator
{
    /// <summary>The attribute that gives a face its colour.</summary>
    internal const string ColoringAttribute = "emotion";

    private readonly Tag _tag = new();
    private readonly TagPlacement _placement = new();

    /// <summary>Draws the picture with its faces.</summary>
    /// <param name="frame">The picture; not changed.</param>
    /// <param name="faces">What to draw.</param>
    /// <param name="destination">The caller's; becomes the picture, Height × Width × 3 bytes, blue first (bgr8).</param>
    public void Draw(ImageFrame frame, IReadOnlyList<Face> faces, Mat destination)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(faces);
        ArgumentNullException.ThrowIfNull(destination);
        frame.CopyBgrTo(destination);

        var size = new Size(frame.Width, frame.Height);
        var thickness = Math.Max(1, (int)Math.Round(Math.Min(size.Width, size.Height) / 240.0));
        _placement.Start(size, faces, distance: thickness);
        foreach (var face in faces)
            DrawTag(face, destination, size);
        foreach (var face in faces)
            destination.Rectangle(face.Box, ColorOf(face), thickness);
    }

    private static Scalar ColorOf(Face face) => EmotionColors.Of(face.Find(ColoringAttribute)?.Label);

    private void DrawTag(Face face, Mat destination, Size picture)
    {
        var place = default(Rect);
        for (var detail = Tag.Detail.Full; detail <= Tag.Detail.Id; detail++)
        {
            _tag.Compose(face, ColorOf(face), detail, picture);
            (place, var covered) = _placement.Find(face.Box, _tag.Size);
            if (covered == 0)
                break;
        }

        _placement.Take(place);
        _tag.Draw(destination, place);
    }
}
