using OpenCvSharp;

namespace FaceAttributes.Drawing;

/// <summary>Finds a place for each face's tag: inside the picture, beside its face, off all faces and other tags.</summary>
internal sealed class TagPlacement
{
    private readonly List<Rect> _taken = [];
    private Rect _picture;

    /// <summary>Starts a picture.</summary>
    public void Start(Size picture, IReadOnlyList<Face> faces)
    {
        _picture = new Rect(0, 0, picture.Width, picture.Height);
        _taken.Clear();
        foreach (var face in faces)
            _taken.Add(face.Box);
    }

    /// <summary>Takes the best place for a tag: the first free one of above, below, right and left, or the least covered.</summary>
    public Rect Place(Rect face, Size tag)
    {
        ReadOnlySpan<Point> corners =
        [
            new(face.X, face.Y - tag.Height),
            new(face.X, face.Bottom),
            new(face.Right, face.Y),
            new(face.X - tag.Width, face.Y),
            new(face.Right - tag.Width, face.Y - tag.Height),
            new(face.Right - tag.Width, face.Bottom),
        ];
        var best = default(Rect);
        var least = double.MaxValue;
        foreach (var corner in corners)
        {
            var place = Inside(new Rect(corner, tag));
            var covered = Covered(place);
            if (covered < least)
                (best, least) = (place, covered);
        }

        _taken.Add(best);
        return best;
    }

    private Rect Inside(Rect tag)
    {
        tag.X = Math.Max(0, Math.Min(tag.X, _picture.Width - tag.Width));
        tag.Y = Math.Max(0, Math.Min(tag.Y, _picture.Height - tag.Height));
        return tag;
    }

    private double Covered(Rect tag)
    {
        var covered = 0.0;
        foreach (var other in _taken)
        {
            var common = tag.Intersect(other);
            covered += (double)common.Width * common.Height;
        }

        return covered;
    }
}
