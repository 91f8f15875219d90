using FaceAttributes.Evaluation.Data;

namespace FaceAttributes.Evaluation.Answers;

/// <summary>A network's choice among classes for a face, beside the truth.</summary>
/// <param name="Face">The face.</param>
/// <param name="IsFound">Whether the detector found it.</param>
/// <param name="Truth">Number of the true class.</param>
/// <param name="Answer">Number of the most probable class.</param>
/// <param name="Confidence">Its probability, from 0 to 1.</param>
/// <param name="IsKnown">Whether the network is sure enough to be believed.</param>
internal sealed record Judged(LabelledFace Face, bool IsFound, int Truth, int Answer, double Confidence, bool IsKnown)
{
    /// <summary>Whether the choice is right.</summary>
    public bool IsRight => Truth == Answer;

    /// <summary>Judges an answer: the first of its most probable classes.</summary>
    /// <param name="face">The face.</param>
    /// <param name="isFound">Whether the detector found it.</param>
    /// <param name="truth">Number of the true class.</param>
    /// <param name="probabilities">The probability of each class.</param>
    /// <param name="isKnown">Whether the network is sure enough to be believed.</param>
    public static Judged Of(
        LabelledFace face, bool isFound, int truth, ReadOnlySpan<double> probabilities, bool isKnown)
    {
        var best = 0;
        for (var i = 1; i < probabilities.Length; i++)
        {
            if (probabilities[i] > probabilities[best])
                best = i;
        }

        return new Judged(face, isFound, truth, best, probabilities[best], isKnown);
    }
}
