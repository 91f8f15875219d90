namespace FaceAttributes.Evaluation.Sentences;

/// <summary>Sequences of words.</summary>
internal static class NGrams
{
    /// <summary>How often each sequence of n words occurs.</summary>
    public static Dictionary<string, int> Count(string[] words, int n)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i + n <= words.Length; i++)
        {
            var sequence = string.Join(' ', words, i, n);
            counts[sequence] = counts.GetValueOrDefault(sequence) + 1;
        }

        return counts;
    }
}
