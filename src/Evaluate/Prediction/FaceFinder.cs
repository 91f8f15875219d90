using FaceAttributes.Detection;
using FaceAttributes.Evaluation.Data;
using OpenCvSharp;
using Vision.Imaging;

namespace FaceAttributes.Evaluation.Prediction;

/// <summary>
/// Finds the face in a data set's picture with one of the node's detectors. These pictures are cropped tightly and small, so the
/// detector gets them enlarged and with their border repeated. Used by one thread at a time.
/// </summary>
/// <param name="detector">Disposed of with this.</param>
internal sealed class FaceFinder(IFaceDetector detector) : IDisposable
{
    // What is repeated on each side, as a fraction of the picture's longer side.
    private const double Border = 0.3;

    private const double Enlargement = 1.5;

    // The smallest face, as a fraction of the picture's shorter side: whatever is smaller is a part of the face.
    private const double Smallest = 0.4;

    private readonly ImageFrame _picture = new();
    private readonly ImageFrame _input = new();
    private readonly Mat _bordered = new();
    private readonly Mat _enlarged = new();
    private readonly List<FaceDetection> _faces = [];

    /// <summary>The smallest face that the detector is to find, relative to the shorter side of what it is given.</summary>
    public static double MinSize => Smallest / (1 + 2 * Border);

    /// <summary>The box of each face of a set: where it is found, else the median of those that are.</summary>
    public static FaceBox[] FindAll(WorkerPool<FaceFinder> finders, FaceSet set)
    {
        var found = finders.Map(set.Faces, (finder, face) =>
        {
            using var picture = face.Picture.Decode();
            return finder.Find(picture);
        });
        Rect[] boxes = [.. found.OfType<Rect>()];
        var median = boxes.Length == 0 ? Whole(set.Faces[0]).Box : Boxes.Median(boxes);
        return [.. found.Select(box => new FaceBox(box ?? median, box is not null))];
    }

    /// <summary>The whole picture as a box.</summary>
    public static FaceBox Whole(LabelledFace face)
    {
        using var picture = face.Picture.Decode();
        return new FaceBox(new Rect(0, 0, picture.Width, picture.Height), IsFound: true);
    }

    /// <summary>The largest face.</summary>
    /// <param name="picture">Grey or blue-green-red, of one face.</param>
    /// <returns>Its box in the picture's pixels, which may leave it; null if there is none.</returns>
    public Rect? Find(Mat picture)
    {
        _picture.Set(picture);
        var border = (int)(Border * Math.Max(picture.Width, picture.Height));
        var pixels = picture.Channels() == 1 ? _picture.Gray : _picture.Bgr;
        Cv2.CopyMakeBorder(pixels, _bordered, border, border, border, border, BorderTypes.Replicate);
        Cv2.Resize(_bordered, _enlarged, default, Enlargement, Enlargement);
        _input.Set(_enlarged);
        detector.Detect(_input, _faces);
        if (_faces.Count == 0)
            return null;

        var box = _faces.MaxBy(face => face.Box.Width).Box;
        return Boxes.Square(
            (box.X + box.Width / 2.0) / Enlargement - border, (box.Y + box.Height / 2.0) / Enlargement - border,
            box.Width / Enlargement);
    }

    /// <summary>Frees the detector.</summary>
    public void Dispose()
    {
        detector.Dispose();
        _picture.Dispose();
        _input.Dispose();
        _bordered.Dispose();
        _enlarged.Dispose();
    }
}
