using System.Runtime.InteropServices;
using FaceAttributes.Evaluation.Data;
using OpenCvSharp;

namespace FaceAttributes.Evaluation.Prediction;

/// <summary>
/// One of the ways in which a robot's camera and detector change faces, of a fixed strength so that models can be compared.
/// Deterministic: its random numbers depend on its seed and the face's row only.
/// </summary>
/// <param name="Name">For tables.</param>
/// <param name="Seed">Differs between corruptions.</param>
internal sealed record Corruption(string Name, int Seed)
{
    private const double Darkness = 0.35;
    private const double NoiseDeviation = 6;
    private const double BlurDeviation = 0.03;
    private const int JpegQuality = 15;
    private const double FewPixels = 20;
    private const double Shift = 0.1;
    private const double Scale = 1.15;
    private const double LargeScale = 1.25;

    /// <summary>All of them; the first changes nothing.</summary>
    public static IReadOnlyList<Corruption> All { get; } =
    [
        new("none", 0),
        new("dark: ×0.35, noise of 6 grey levels", 1) { Distort = (picture, _, random) => Darken(picture, random) },
        new("blurred: Gaussian, 3% of the box", 2) { Distort = (picture, box, _) => Blur(picture, box) },
        new("JPEG, quality 15", 3) { Distort = (picture, _, _) => Compress(picture) },
        new("half resolution", 4) { Distort = (picture, _, _) => Reduce(picture, 0.5) },
        new("box of 20 pixels", 8) { Distort = (picture, box, _) => Reduce(picture, FewPixels / Math.Max(box.Width, box.Height)) },
        new("box shifted by 10%", 5) { Move = ShiftAside },
        new("box 1.15 times smaller", 6) { Move = (box, _) => box.Moved(0, 0, 1 / Scale) },
        new("box 1.15 times larger", 7) { Move = (box, _) => box.Moved(0, 0, Scale) },
        new("box 1.25 times larger", 9) { Move = (box, _) => box.Moved(0, 0, LargeScale) },
    ];

    /// <summary>Changes the picture, whose face fills the box, in place; null: the picture stays.</summary>
    public Action<Mat, Rect, Random>? Distort { get; init; }

    /// <summary>Changes a face's box; null: the box stays.</summary>
    public Func<Rect, Random, Rect>? Move { get; init; }

    /// <summary>Corrupts a face.</summary>
    /// <param name="face">The face; its row seeds the random numbers.</param>
    /// <param name="picture">Its picture, changed in place.</param>
    /// <param name="box">Its box in the picture, in pixels.</param>
    /// <returns>The box to crop.</returns>
    public Rect Apply(LabelledFace face, Mat picture, Rect box)
    {
        var random = new Random(unchecked(face.Row * 31 + Seed));
        Distort?.Invoke(picture, box, random);
        return Move?.Invoke(box, random) ?? box;
    }

    private static void Darken(Mat picture, Random random)
    {
        var row = new byte[picture.Width * picture.Channels()];
        var rows = picture.Height;
        for (var y = 0; y < rows; y++)
        {
            Marshal.Copy(picture.Ptr(y), row, 0, row.Length);
            foreach (ref var value in row.AsSpan())
                value = (byte)Math.Clamp(Math.Round(Darkness * value + NoiseDeviation * Normal(random)), 0, 255);
            Marshal.Copy(row, 0, picture.Ptr(y), row.Length);
        }
    }

    // Box and Muller 1958
    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static void Blur(Mat picture, Rect box)
    {
        var deviation = BlurDeviation * Math.Max(box.Width, box.Height);
        Cv2.GaussianBlur(picture, picture, default, deviation, deviation, BorderTypes.Replicate);
    }

    private static void Compress(Mat picture)
    {
        Cv2.ImEncode(".jpg", picture, out var jpeg, new ImageEncodingParam(ImwriteFlags.JpegQuality, JpegQuality));
        using var decoded = Cv2.ImDecode(jpeg, picture.Channels() == 1 ? ImreadModes.Grayscale : ImreadModes.Color);
        decoded.CopyTo(picture);
    }

    private static void Reduce(Mat picture, double scale)
    {
        var size = new Size(Math.Max(1, (int)Math.Round(scale * picture.Width)), Math.Max(1, (int)Math.Round(scale * picture.Height)));
        using var small = picture.Resize(size, 0, 0, InterpolationFlags.Area);
        using var whole = small.Resize(picture.Size());
        whole.CopyTo(picture);
    }

    private static Rect ShiftAside(Rect box, Random random)
    {
        var (down, right) = Math.SinCos(2 * Math.PI * random.NextDouble());
        return box.Moved(Shift * right, Shift * down, 1);
    }
}
