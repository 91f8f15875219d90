namespace FaceAttributes.Evaluation.Sentences;

/// <summary>
/// METEOR: words of a sentence are paired with those of a reference by form, stem and synonym; recall counts more than precision,
/// and pairs that do not follow one another count less.
/// </summary>
internal sealed class Meteor
{
    // Alignments that are followed at once, as in METEOR 1.5.
    private const int Beam = 40;

    /// <summary>
    /// Words with little meaning of their own. METEOR 1.5 takes the most frequent words of a corpus; these are the closed classes.
    /// </summary>
    private static readonly HashSet<string> FunctionWords = new(StringComparer.Ordinal)
    {
        "a", "an", "the", "this", "that", "these", "those", "some", "any", "each", "every", "no", "another", "other", "all", "both",
        "i", "you", "he", "she", "it", "we", "they", "him", "her", "them", "his", "its", "their", "my", "your", "our", "himself",
        "herself", "itself", "themselves", "who", "whom", "whose", "which", "what", "there", "here", "and", "or", "but", "nor", "so",
        "as", "if", "than", "then", "while", "when", "where", "because", "though", "of", "in", "on", "at", "by", "for", "with",
        "from", "to", "into", "onto", "over", "under", "through", "across", "along", "up", "down", "off", "out", "about", "around",
        "near", "between", "behind", "beside", "toward", "towards", "against", "after", "before", "during", "without", "is", "are",
        "was", "were", "be", "been", "being", "am", "has", "have", "had", "having", "do", "does", "did", "can", "could", "will",
        "would", "may", "might", "must", "shall", "should", "not", "very", "just", "only", "also", "too",
    };

    private readonly WordNet _wordNet;
    private readonly Dictionary<string, string> _stems = new(StringComparer.Ordinal);

    /// <summary>Takes synonyms from WordNet.</summary>
    public Meteor(WordNet wordNet) => _wordNet = wordNet;

    /// <summary>
    /// By the rule of NLTK 3.8's <c>meteor_score</c>: alpha 0.9, beta 3, gamma 0.5, all pairs count alike, words are paired from
    /// the end, and synonyms are looked up by stems. The best of the references, from 0 to 1.
    /// </summary>
    public double ScoreAsNltk(string[] candidate, IReadOnlyList<string[]> references) =>
        references.Max(reference => ScoreAsNltk(candidate, reference));

    /// <summary>
    /// With the parameters of METEOR 1.5 for English (Denkowski and Lavie 2014): alpha 0.85, beta 0.2, gamma 0.6, delta 0.75 for
    /// function words; form 1, stem 0.6, synonym 0.8; without its paraphrases. The best of the references, from 0 to 1.
    /// </summary>
    public double Score(string[] candidate, IReadOnlyList<string[]> references) =>
        references.Max(reference => Score(candidate, reference));

    private double ScoreAsNltk(string[] candidate, string[] reference)
    {
        var own = candidate.Select((word, index) => (Word: word, Index: index)).ToList();
        var other = reference.Select((word, index) => (Word: word, Index: index)).ToList();
        var pairs = new List<(int Own, int Other)>();
        Pair((a, b) => a == b);
        own = [.. own.Select(item => (Stem(item.Word), item.Index))];
        other = [.. other.Select(item => (Stem(item.Word), item.Index))];
        Pair((a, b) => a == b);
        Pair((a, b) => _wordNet.Synonyms(a).Contains(b));
        if (pairs.Count == 0)
            return 0;

        pairs.Sort();
        var precision = (double)pairs.Count / candidate.Length;
        var recall = (double)pairs.Count / reference.Length;
        return Weigh(precision, recall, Chunks(pairs), pairs.Count, alpha: 0.9, beta: 3, gamma: 0.5);

        void Pair(Func<string, string, bool> matches)
        {
            for (var i = own.Count - 1; i >= 0; i--)
            {
                var j = other.FindLastIndex(item => matches(own[i].Word, item.Word));
                if (j < 0)
                    continue;
                pairs.Add((own[i].Index, other[j].Index));
                own.RemoveAt(i);
                other.RemoveAt(j);
            }
        }
    }

    private double Score(string[] candidate, string[] reference)
    {
        var alignment = Align(candidate, reference);
        if (alignment.Pairs.Count == 0)
            return 0;
        const double Delta = 0.75;
        double content = 0, function = 0, otherContent = 0, otherFunction = 0;
        foreach (var (own, other) in alignment.Pairs)
        {
            var weight = Weight(candidate[own], reference[other]);
            if (FunctionWords.Contains(candidate[own]))
                function += weight;
            else
                content += weight;
            if (FunctionWords.Contains(reference[other]))
                otherFunction += weight;
            else
                otherContent += weight;
        }

        var precision = (Delta * content + (1 - Delta) * function) / Length(candidate);
        var recall = (Delta * otherContent + (1 - Delta) * otherFunction) / Length(reference);
        var chunks = Chunks(alignment.Pairs);

        // A sentence whose words all follow one another as in the reference is not fragmented.
        var whole = chunks == 1 && alignment.Pairs.Count == candidate.Length && alignment.Pairs.Count == reference.Length;
        return Weigh(precision, recall, whole ? 0 : chunks, alignment.Pairs.Count, alpha: 0.85, beta: 0.2, gamma: 0.6);

        static double Length(string[] words)
        {
            var functions = words.Count(FunctionWords.Contains);
            return Delta * (words.Length - functions) + (1 - Delta) * functions;
        }
    }

    private static double Weigh(double precision, double recall, int chunks, int pairs, double alpha, double beta, double gamma) =>
        precision == 0 || recall == 0 ? 0
            : precision * recall / (alpha * precision + (1 - alpha) * recall)
              * (1 - gamma * (chunks == 0 ? 0 : Math.Pow((double)chunks / pairs, beta)));

    private static int Chunks(List<(int Own, int Other)> pairs)
    {
        var chunks = 1;
        for (var i = 1; i < pairs.Count; i++)
        {
            if (pairs[i].Own != pairs[i - 1].Own + 1 || pairs[i].Other != pairs[i - 1].Other + 1)
                chunks++;
        }

        return chunks;
    }

    /// <summary>The most pairs, in the fewest chunks, of words as near to each other as can be.</summary>
    private Alignment Align(string[] candidate, string[] reference)
    {
        List<Alignment> beam = [new Alignment([], new bool[reference.Length], 0, 0)];
        for (var i = 0; i < candidate.Length; i++)
        {
            var next = new List<Alignment>(beam);
            for (var j = 0; j < reference.Length; j++)
            {
                if (Weight(candidate[i], reference[j]) == 0)
                    continue;
                next.AddRange(beam.Where(alignment => !alignment.Taken[j]).Select(alignment => alignment.With(i, j)));
            }

            beam = [.. next.OrderByDescending(a => a.Pairs.Count).ThenBy(a => a.Chunks).ThenBy(a => a.Distance).Take(Beam)];
        }

        return beam[0];
    }

    private double Weight(string own, string other) =>
        own == other ? 1
        : Stem(own) == Stem(other) ? 0.6
        : _wordNet.ShareSense(own, other) ? 0.8
        : 0;

    private string Stem(string word)
    {
        if (!_stems.TryGetValue(word, out var stem))
            _stems[word] = stem = PorterStemmer.Stem(word);
        return stem;
    }

    private sealed record Alignment(List<(int Own, int Other)> Pairs, bool[] Taken, int Chunks, int Distance)
    {
        public Alignment With(int own, int other)
        {
            var taken = (bool[])Taken.Clone();
            taken[other] = true;
            var follows = Pairs.Count > 0 && Pairs[^1].Own == own - 1 && Pairs[^1].Other == other - 1;
            return new Alignment([.. Pairs, (own, other)], taken, Chunks + (follows ? 0 : 1), Distance + Math.Abs(own - other));
        }
    }
}
