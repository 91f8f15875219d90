using FaceAttributes.Evaluation.Answers;

namespace FaceAttributes.Evaluation.Metrics;

/// <summary>Which class is taken for which.</summary>
internal static class Confusion
{
    /// <summary>Counts faces by true class (rows) and answer (columns).</summary>
    /// <param name="faces">The faces.</param>
    /// <param name="classes">How many classes there are.</param>
    public static int[][] Count(IEnumerable<Judged> faces, int classes)
    {
        int[][] counts = [.. Enumerable.Range(0, classes).Select(_ => new int[classes])];
        foreach (var face in faces)
            counts[face.Truth][face.Answer]++;
        return counts;
    }
}
