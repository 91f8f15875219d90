namespace FaceAttributes.Evaluation.Sentences;

/// <summary>How well sentences fit pictures; scores from 0 to 1, but CIDEr-D, which may be larger.</summary>
/// <param name="Name">How they were found.</param>
/// <param name="N">Pictures.</param>
/// <param name="Bleu">BLEU-1 to BLEU-4.</param>
/// <param name="Meteor">With METEOR 1.5's parameters, without its paraphrases; null without WordNet.</param>
/// <param name="MeteorAsNltk">By NLTK 3.8's rule; null without WordNet.</param>
/// <param name="CiderD">Mean.</param>
/// <param name="RougeL">Mean.</param>
/// <param name="Unsaid">Share of the pictures without a sentence.</param>
/// <param name="Words">Mean words of a sentence.</param>
/// <param name="Distinct">How many different sentences there are.</param>
/// <param name="CountsWrong">Of the sentences that count people, where people's do too: the share with a number nobody gave.</param>
/// <param name="NamesAbsent">Of the sentences that name a man, woman, child or dog: the share where nobody named one.</param>
internal sealed record SentenceFigures(
    string Name, int N, double[] Bleu, double? Meteor, double? MeteorAsNltk, double CiderD, double RougeL, double Unsaid, double Words,
    int Distinct, double CountsWrong, double NamesAbsent)
{
    /// <summary>Measures sentences against people's.</summary>
    /// <param name="name">How they were found.</param>
    /// <param name="candidates">Of each picture; empty where there is none.</param>
    /// <param name="references">Of each picture.</param>
    /// <param name="meteor">Null: METEOR is left out.</param>
    public static SentenceFigures Of(
        string name, IReadOnlyList<string[]> candidates, IReadOnlyList<IReadOnlyList<string[]>> references, Meteor? meteor)
    {
        var cider = new CiderD(references);
        var pairs = candidates.Zip(references).ToArray();
        var counts = pairs.Select(pair => NamedThings.CountsWrong(pair.First, pair.Second)).OfType<bool>().ToArray();
        var named = pairs.Select(pair => NamedThings.Names(pair.First, pair.Second)).Where(found => found.Names).ToArray();
        return new SentenceFigures(
            name, candidates.Count, Sentences.Bleu.Score(candidates, references),
            meteor is null ? null : pairs.Average(pair => pair.First.Length == 0 ? 0 : meteor.Score(pair.First, pair.Second)),
            meteor is null ? null : pairs.Average(pair => pair.First.Length == 0 ? 0 : meteor.ScoreAsNltk(pair.First, pair.Second)),
            pairs.Average(pair => cider.Score(pair.First, pair.Second)),
            pairs.Average(pair => Sentences.RougeL.Score(pair.First, pair.Second)),
            (double)candidates.Count(words => words.Length == 0) / candidates.Count,
            candidates.Average(words => words.Length),
            candidates.Select(words => string.Join(' ', words)).Distinct().Count(),
            counts.Length == 0 ? 0 : (double)counts.Count(wrong => wrong) / counts.Length,
            named.Length == 0 ? 0 : (double)named.Count(found => found.NamesAbsent) / named.Length);
    }
}
