namespace FaceAttributes.Evaluation.Sentences;

/// <summary>ROUGE-L (Lin 2004): the longest common sequence of words, with the best precision and recall over the references.</summary>
internal static class RougeL
{
    private const double Beta = 1.2;

    /// <summary>Of one picture, from 0 to 1.</summary>
    public static double Score(string[] candidate, IReadOnlyList<string[]> references)
    {
        if (candidate.Length == 0)
            return 0;
        var precision = 0.0;
        var recall = 0.0;
        foreach (var reference in references)
        {
            var common = CommonLength(candidate, reference);
            precision = Math.Max(precision, (double)common / candidate.Length);
            recall = Math.Max(recall, (double)common / reference.Length);
        }

        return precision == 0 || recall == 0 ? 0
            : (1 + Beta * Beta) * precision * recall / (recall + Beta * Beta * precision);
    }

    private static int CommonLength(string[] first, string[] second)
    {
        var lengths = new int[first.Length + 1, second.Length + 1];
        for (var i = 1; i <= first.Length; i++)
        {
            for (var j = 1; j <= second.Length; j++)
            {
                lengths[i, j] = first[i - 1] == second[j - 1]
                    ? lengths[i - 1, j - 1] + 1
                    : Math.Max(lengths[i - 1, j], lengths[i, j - 1]);
            }
        }

        return lengths[first.Length, second.Length];
    }
}
