using OpenCvSharp;

namespace FaceAttributes.Benchmarks;

/// <summary>A picture of so many faces: two public-domain portraits side by side in rows, before a photograph.</summary>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Faces">How many; 0 for the photograph alone.</param>
internal sealed record Scene(int Width, int Height, int Faces)
{
    private static readonly (string Photograph, Rect Place)[] Portraits =
        [("astronaut.png", new Rect(121, 10, 208, 208)), ("grace_hopper.jpg", new Rect(56, 0, 416, 416))];

    /// <summary>All that are measured.</summary>
    public static IReadOnlyList<Scene> All { get; } =
    [
        .. from size in new[] { (320, 240), (640, 480), (1280, 960) }
           from faces in new[] { 0, 1, 4, 6, 20, 64 }
           select new Scene(size.Item1, size.Item2, faces),
    ];

    /// <summary>Composes the picture.</summary>
    /// <param name="path">Where to write it.</param>
    public void Write(string path)
    {
        using var photograph = Read("rocket.jpg");
        using var picture = photograph.Resize(new Size(Width, Height), 0, 0, InterpolationFlags.Area);
        var columns = (int)Math.Ceiling(Math.Sqrt(Faces));
        var rows = columns == 0 ? 0 : (Faces + columns - 1) / columns;
        for (var i = 0; i < Faces; i++)
        {
            var (cellWidth, cellHeight) = ((double)Width / columns, (double)Height / Math.Max(2, rows));
            var side = (int)(0.9 * Math.Min(cellWidth, cellHeight));
            var place = new Rect(
                (int)(cellWidth * (i % columns + 0.5) - side / 2.0), (int)(cellHeight * (i / columns + 0.5) - side / 2.0), side, side);
            var (name, face) = Portraits[i % 2];
            using var portrait = Read(name);
            using var part = new Mat(portrait, face);
            using var sized = part.Resize(place.Size, 0, 0, InterpolationFlags.Area);
            using var destination = new Mat(picture, place);
            sized.CopyTo(destination);
        }

        picture.SaveImage(path);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Width}×{Height}, {Faces}";

    private static Mat Read(string name) => Cv2.ImRead(Path.Combine(AppContext.BaseDirectory, "photographs", name));
}
