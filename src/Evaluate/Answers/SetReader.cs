using FaceAttributes.Classification;
using FaceAttributes.Evaluation.Data;
using OpenCvSharp;

namespace FaceAttributes.Evaluation.Answers;

/// <summary>Finds the faces of data sets and shows them to a network, on all processors.</summary>
/// <param name="manifest">The network.</param>
internal sealed class SetReader(AttributeManifest manifest) : IDisposable
{
    private readonly Crew<FaceFinder> _finders = new(() => new FaceFinder());
    private readonly Crew<FaceReader> _readers = new(() => new FaceReader(new AttributeClassifier(manifest)));

    /// <summary>
    /// Where each face is: the whole picture where that is a detector's box already; otherwise where the detector finds
    /// it, or the median of the others where it doesn't.
    /// </summary>
    public FaceBox[] Find(FaceSet set)
    {
        if (set.IsCropped)
            return _finders.Do(set.Faces, (_, face) => new FaceBox(Whole(face), IsFound: true));

        var found = _finders.Do(set.Faces, (finder, face) =>
        {
            using var picture = face.Picture.Decode();
            return finder.Find(picture);
        });
        Rect[] boxes = [.. found.OfType<Rect>()];
        var median = boxes.Length == 0 ? Whole(set.Faces[0]) : Boxes.Median(boxes);
        return [.. found.Select(box => new FaceBox(box ?? median, box is not null))];
    }

    /// <summary>What each head says of each face.</summary>
    /// <param name="set">The faces.</param>
    /// <param name="boxes">Where they are.</param>
    /// <param name="corruption">What is done to them first.</param>
    /// <returns>For each face as many answers as there are heads.</returns>
    public HeadAnswer[][] Read(FaceSet set, IReadOnlyList<FaceBox> boxes, Corruption corruption) =>
        _readers.Do([.. set.Faces.Zip(boxes)], (reader, item) =>
        {
            using var picture = item.First.Picture.Decode();
            var box = corruption.Apply(item.First, picture, item.Second.Box);
            return reader.Read(picture, box);
        });

    /// <summary>Frees detectors and networks.</summary>
    public void Dispose()
    {
        _finders.Dispose();
        _readers.Dispose();
    }

    private static Rect Whole(LabelledFace face)
    {
        using var picture = face.Picture.Decode();
        return new Rect(0, 0, picture.Width, picture.Height);
    }
}
