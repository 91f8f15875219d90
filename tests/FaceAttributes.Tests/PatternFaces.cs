using FaceAttributes.Classification;
using Vision.Inference;

namespace FaceAttributes.Tests;

/// <summary>Inputs that Python can make too: the formula of models/training/export.py.</summary>
internal static class PatternFaces
{
    /// <summary>Writes one face.</summary>
    /// <param name="input">Its size. The rows of a channel follow those of the one before.</param>
    /// <param name="k">Which one, from 0.</param>
    /// <param name="face">Where to.</param>
    public static void Write(ModelInput input, int k, Span<float> face)
    {
        for (var i = 0; i < face.Length; i++)
        {
            var (x, y) = (i % input.Width, i / input.Width);
            face[i] = (float)(Math.Sin(0.11 * (k + 1) * x + 0.7 * k) * Math.Cos(0.07 * (k + 2) * y - 0.3 * k));
        }
    }
}
