using FaceAttributes.Evaluation.Data;
using OpenCvSharp;

namespace FaceAttributes.Evaluation.Answers;

/// <summary>One way in which a picture or a face's box is worse than in the data set, the same at every run.</summary>
/// <param name="Name">For tables.</param>
/// <param name="Seed">Makes its chance another one than that of the other corruptions.</param>
internal sealed record Corruption(string Name, int Seed)
{
    /// <summary>Changes the picture in place, whose face fills the box; null: the picture stays.</summary>
    public Action<Mat, Rect, Random>? Spoil { get; init; }

    /// <summary>Makes another box of a face's; null: the box stays.</summary>
    public Func<Rect, Random, Rect>? Move { get; init; }

    /// <summary>Makes a face worse.</summary>
    /// <param name="face">Whose row seeds the chance.</param>
    /// <param name="picture">Its picture, changed in place.</param>
    /// <param name="box">Its box in the picture.</param>
    /// <returns>The box to cut out.</returns>
    public Rect Apply(LabelledFace face, Mat picture, Rect box)
    {
        var random = new Random(unchecked(face.Row * 31 + Seed));
        Spoil?.Invoke(picture, box, random);
        return Move?.Invoke(box, random) ?? box;
    }
}
