namespace FaceAttributes.Evaluation.Sentences;

/// <summary>
/// BLEU of a set of sentences (Papineni et al. 2002), with the length of the reference that is nearest in length, as the COCO
/// caption evaluation has it.
/// </summary>
internal static class Bleu
{
    /// <summary>The longest sequence of words.</summary>
    public const int Orders = 4;

    /// <summary>BLEU-1 to BLEU-4, from 0 to 1.</summary>
    /// <param name="candidates">A sentence of each picture.</param>
    /// <param name="references">The sentences of people for each.</param>
    public static double[] Score(IReadOnlyList<string[]> candidates, IReadOnlyList<IReadOnlyList<string[]>> references)
    {
        var found = new long[Orders];
        var said = new long[Orders];
        long candidateLength = 0;
        long referenceLength = 0;
        for (var i = 0; i < candidates.Count; i++)
        {
            candidateLength += candidates[i].Length;
            referenceLength += references[i].Select(words => words.Length)
                .MinBy(length => (Math.Abs(length - candidates[i].Length), length));
            for (var n = 1; n <= Orders; n++)
            {
                var most = references[i].Select(words => NGrams.Count(words, n)).ToArray();
                foreach (var (sequence, count) in NGrams.Count(candidates[i], n))
                {
                    said[n - 1] += count;
                    found[n - 1] += Math.Min(count, most.Max(counts => counts.GetValueOrDefault(sequence)));
                }
            }
        }

        var brevity = candidateLength < referenceLength ? Math.Exp(1 - (double)referenceLength / Math.Max(1, candidateLength)) : 1;
        var scores = new double[Orders];
        var logarithms = 0.0;
        for (var n = 0; n < Orders; n++)
        {
            logarithms += said[n] == 0 ? double.NegativeInfinity : Math.Log((double)found[n] / said[n]);
            scores[n] = brevity * Math.Exp(logarithms / (n + 1));
        }

        return scores;
    }
}
