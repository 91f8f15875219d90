using FaceAttributes.Detection;
using FaceAttributes.Detection.Haar;
using OpenCvSharp;
using Vision.Imaging;

namespace FaceAttributes.Evaluation.Answers;

/// <summary>
/// Finds the face in a data set's picture with the node's detector. These pictures are cut close and small, so the
/// detector sees them enlarged and with their border repeated. Used by one thread at a time.
/// </summary>
internal sealed class FaceFinder : IDisposable
{
    // What is repeated on each side, as a share of the picture's longer side.
    private const double Border = 0.3;

    private const double Enlargement = 1.5;

    // The smallest face, as a share of the picture's shorter side: whatever is smaller is a part of the face.
    private const double Smallest = 0.4;

    private readonly HaarCascadeDetector _detector = new(new HaarCascadeOptions
    {
        MinSize = Smallest / (1 + 2 * Border),
    });

    private readonly ImageFrame _picture = new();
    private readonly ImageFrame _shown = new();
    private readonly Mat _bordered = new();
    private readonly Mat _enlarged = new();
    private readonly List<FaceDetection> _faces = [];

    /// <summary>The largest face.</summary>
    /// <param name="picture">Grey or blue-green-red, of one face.</param>
    /// <returns>Its box in the picture's pixels, which may leave it; null if there is none.</returns>
    public Rect? Find(Mat picture)
    {
        _picture.Set(picture);
        var border = (int)(Border * Math.Max(picture.Width, picture.Height));
        Cv2.CopyMakeBorder(_picture.Gray, _bordered, border, border, border, border, BorderTypes.Replicate);
        Cv2.Resize(_bordered, _enlarged, default, Enlargement, Enlargement);
        _shown.Set(_enlarged);
        _detector.Detect(_shown, _faces);
        if (_faces.Count == 0)
            return null;

        var box = _faces.MaxBy(face => face.Box.Width).Box;
        var side = box.Width / Enlargement;
        return Boxes.Square(
            (box.X + box.Width / 2.0) / Enlargement - border, (box.Y + box.Height / 2.0) / Enlargement - border, side);
    }

    /// <summary>Frees the detector.</summary>
    public void Dispose()
    {
        _detector.Dispose();
        _picture.Dispose();
        _shown.Dispose();
        _bordered.Dispose();
        _enlarged.Dispose();
    }
}
