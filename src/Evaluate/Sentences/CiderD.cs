namespace FaceAttributes.Evaluation.Sentences;

/// <summary>
/// CIDEr-D (Vedantam et al. 2015, arXiv:1411.5726): how alike a sentence is to people's, rare words counting more, by the
/// frequencies in the references themselves.
/// </summary>
internal sealed class CiderD
{
    private const double Sigma = 6;

    private readonly Dictionary<string, int> _frequency = new(StringComparer.Ordinal);
    private readonly double _pictures;

    /// <summary>Counts in how many pictures' references each sequence of words occurs.</summary>
    public CiderD(IReadOnlyList<IReadOnlyList<string[]>> references)
    {
        _pictures = Math.Log(references.Count);
        foreach (var picture in references)
        {
            var sequences = new HashSet<string>(StringComparer.Ordinal);
            foreach (var words in picture)
            {
                for (var n = 1; n <= Bleu.Orders; n++)
                    sequences.UnionWith(NGrams.Count(words, n).Keys);
            }

            foreach (var sequence in sequences)
                _frequency[sequence] = _frequency.GetValueOrDefault(sequence) + 1;
        }
    }

    /// <summary>Of one picture: 0 to 10, usually below 1.</summary>
    public double Score(string[] candidate, IReadOnlyList<string[]> references)
    {
        var sum = 0.0;
        for (var n = 1; n <= Bleu.Orders; n++)
        {
            var own = Weights(candidate, n);
            var ownLength = Length(own);
            foreach (var reference in references)
            {
                var other = Weights(reference, n);
                var otherLength = Length(other);
                if (ownLength == 0 || otherLength == 0)
                    continue;
                var product = own.Sum(pair => other.TryGetValue(pair.Key, out var weight) ? Math.Min(pair.Value, weight) * weight : 0);
                double difference = candidate.Length - reference.Length;
                sum += Math.Exp(-difference * difference / (2 * Sigma * Sigma)) * product / (ownLength * otherLength);
            }
        }

        return 10 * sum / Bleu.Orders / references.Count;
    }

    private Dictionary<string, double> Weights(string[] words, int n) =>
        NGrams.Count(words, n).ToDictionary(
            pair => pair.Key,
            pair => pair.Value * (_pictures - Math.Log(Math.Max(1, _frequency.GetValueOrDefault(pair.Key)))));

    private static double Length(Dictionary<string, double> weights) => Math.Sqrt(weights.Values.Sum(weight => weight * weight));
}
