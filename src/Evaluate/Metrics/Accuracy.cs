using FaceAttributes.Evaluation.Data;

namespace FaceAttributes.Evaluation.Metrics;

/// <summary>The class that a network predicts for a face, beside the true one.</summary>
/// <param name="Face">The face.</param>
/// <param name="IsFound">Whether the detector found it.</param>
/// <param name="Truth">Number of the true class.</param>
/// <param name="Predicted">Number of the most probable class.</param>
/// <param name="Confidence">Its probability, from 0 to 1.</param>
/// <param name="IsKnown">Whether it is confident enough not to be "unknown".</param>
internal sealed record ClassificationResult(
    LabelledFace Face, bool IsFound, int Truth, int Predicted, double Confidence, bool IsKnown)
{
    /// <summary>Whether the prediction is right.</summary>
    public bool IsCorrect => Truth == Predicted;

    /// <summary>From the probabilities: the first of the most probable classes is predicted.</summary>
    /// <param name="face">The face.</param>
    /// <param name="isFound">Whether the detector found it.</param>
    /// <param name="truth">Number of the true class.</param>
    /// <param name="probabilities">The probability of each class.</param>
    /// <param name="isKnown">Whether it is confident enough not to be "unknown".</param>
    public static ClassificationResult Of(
        LabelledFace face, bool isFound, int truth, ReadOnlySpan<double> probabilities, bool isKnown)
    {
        var best = 0;
        for (var i = 1; i < probabilities.Length; i++)
        {
            if (probabilities[i] > probabilities[best])
                best = i;
        }

        return new ClassificationResult(face, isFound, truth, best, probabilities[best], isKnown);
    }
}

/// <summary>How often predicted classes are right.</summary>
internal static class Accuracy
{
    /// <summary>The share of right predictions.</summary>
    /// <param name="faces">At least one.</param>
    public static double Of(IReadOnlyCollection<ClassificationResult> faces) => faces.Average(face => face.IsCorrect ? 1.0 : 0.0);

    /// <summary>Where the class before or after the true one counts as right.</summary>
    /// <param name="faces">At least one; their classes have an order.</param>
    public static double WithNeighbours(IReadOnlyCollection<ClassificationResult> faces) =>
        faces.Average(face => Math.Abs(face.Truth - face.Predicted) <= 1 ? 1.0 : 0.0);

    /// <summary>The mean over the classes that occur of the accuracy of each.</summary>
    /// <param name="faces">At least one.</param>
    public static double Balanced(IReadOnlyCollection<ClassificationResult> faces) =>
        faces.GroupBy(face => face.Truth).Average(part => Of([.. part]));

    /// <summary>Counts faces by true (rows) and predicted class (columns).</summary>
    /// <param name="faces">The faces.</param>
    /// <param name="classes">How many classes there are.</param>
    public static int[][] Confusion(IEnumerable<ClassificationResult> faces, int classes)
    {
        int[][] counts = [.. Enumerable.Range(0, classes).Select(_ => new int[classes])];
        foreach (var face in faces)
            counts[face.Truth][face.Predicted]++;
        return counts;
    }
}
