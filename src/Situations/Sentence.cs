using System.Text;

namespace Situations;

/// <summary>
/// What the decoder says of a picture, word by word. Kept and overwritten, picture by picture; its text is made when it is first
/// asked for.
/// </summary>
public sealed class Sentence
{
    private readonly SituationManifest _manifest;
    private readonly int[] _tokens;
    private readonly float[] _logProbabilities;
    private readonly float[] _attention;
    private readonly StringBuilder _builder = new();
    private string? _text;

    /// <summary>An empty one.</summary>
    public Sentence(SituationManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        _manifest = manifest;
        _tokens = new int[manifest.Length];
        _logProbabilities = new float[manifest.Length + 1];
        _attention = new float[manifest.Length * Cells];
    }

    /// <summary>The number of words; 0 where the decoder found no sentence that ends.</summary>
    public int Count { get; private set; }

    /// <summary>
    /// The natural logarithm of each word's probability given those before it, and of the end's last: <see cref="Count"/> + 1
    /// numbers, or none.
    /// </summary>
    public ReadOnlySpan<float> LogProbabilities => _logProbabilities.AsSpan(0, Count == 0 ? 0 : Count + 1);

    /// <summary>
    /// The geometric mean of the probabilities of words and end, from 0 to 1: how sure the decoder is of its words, which is not
    /// the probability that they are true. 0 where there is no sentence.
    /// </summary>
    public float Confidence { get; private set; }

    /// <summary>The sentence in lower case, without a full stop; empty where there is none.</summary>
    public string Text
    {
        get
        {
            if (_text is null)
            {
                _builder.Clear();
                for (var i = 0; i < Count; i++)
                    _builder.Append(i == 0 ? "" : " ").Append(Word(i));
                _text = _builder.ToString();
            }

            return _text;
        }
    }

    /// <summary>The numbers of the words in the manifest's vocabulary.</summary>
    internal ReadOnlySpan<int> Tokens => _tokens.AsSpan(0, Count);

    private int Cells => _manifest.GridSide * _manifest.GridSide;

    /// <summary>A word.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> − 1.</param>
    public string Word(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        return _manifest.Vocabulary[_tokens[index]];
    }

    /// <summary>Where the decoder looked for a word: grid × grid shares, row by row, that sum to 1.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> − 1.</param>
    public ReadOnlySpan<float> Attention(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        return _attention.AsSpan(index * Cells, Cells);
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    internal void Clear()
    {
        (Count, Confidence, _text) = (0, 0, null);
    }

    /// <summary>Takes over a finished sentence.</summary>
    /// <param name="tokens">Its words.</param>
    /// <param name="logProbabilities">Of the words and the end.</param>
    /// <param name="attention">Words × cells.</param>
    internal void Set(ReadOnlySpan<int> tokens, ReadOnlySpan<float> logProbabilities, ReadOnlySpan<float> attention)
    {
        tokens.CopyTo(_tokens);
        logProbabilities.CopyTo(_logProbabilities);
        attention.CopyTo(_attention);
        (Count, _text) = (tokens.Length, null);
        var sum = 0f;
        foreach (var value in logProbabilities)
            sum += value;
        Confidence = MathF.Exp(sum / logProbabilities.Length);
    }
}
