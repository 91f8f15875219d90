using FaceAttributes.Tracking;
using OpenCvSharp;

namespace FaceAttributes.Drawing;

/// <summary>Finds a place for each face's tag: inside the picture, at its face, off all faces and other tags.</summary>
internal sealed class TagPlacement
{
    private readonly List<Rect> _taken = [];
    private Rect _picture;
    private int _distance;

    /// <summary>Starts a picture.</summary>
    /// <param name="picture">Its size.</param>
    /// <param name="tracks">What no tag should cover.</param>
    /// <param name="distance">Pixels between a face and its tag, and between tags.</param>
    public void Start(Size picture, IReadOnlyList<Track> tracks, int distance)
    {
        _picture = new Rect(0, 0, picture.Width, picture.Height);
        _taken.Clear();
        for (var i = 0; i < tracks.Count; i++)
        {
            var box = tracks[i].Box.ToRect();
            box.Inflate(distance, distance);
            _taken.Add(box);
        }

        _distance = distance;
    }

    /// <summary>
    /// The best place for a tag: the first free one of above, below, right and left, or the one that covers least.
    /// </summary>
    /// <returns>The place, and how many pixels of faces and other tags it covers.</returns>
    public (Rect Place, double Covered) Find(Rect face, Size tag)
    {
        face.Inflate(_distance, _distance);
        var centre = face.X + (face.Width - tag.Width) / 2;
        var middle = face.Y + (face.Height - tag.Height) / 2;
        ReadOnlySpan<Point> corners =
        [
            new(face.X, face.Y - tag.Height),
            new(face.X, face.Bottom),
            new(centre, face.Y - tag.Height),
            new(centre, face.Bottom),
            new(face.Right - tag.Width, face.Y - tag.Height),
            new(face.Right - tag.Width, face.Bottom),
            new(face.Right, face.Y),
            new(face.Right, middle),
            new(face.Right, face.Bottom - tag.Height),
            new(face.X - tag.Width, face.Y),
            new(face.X - tag.Width, middle),
            new(face.X - tag.Width, face.Bottom - tag.Height),
        ];
        var best = (Place: default(Rect), Covered: double.MaxValue);
        foreach (var corner in corners)
        {
            var place = Inside(new Rect(corner, tag));
            var covered = Covered(place);
            if (covered < best.Covered)
                best = (place, covered);
        }

        return best;
    }

    /// <summary>Takes a place, so that no other tag comes there.</summary>
    public void Take(Rect place)
    {
        place.Inflate(_distance, _distance);
        _taken.Add(place);
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
