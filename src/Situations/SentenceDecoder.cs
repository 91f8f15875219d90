using System.Numerics.Tensors;
using Vision.Inference;

namespace Situations;

/// <summary>
/// Finds the sentence that a network gives the highest probability, by beam search; with a beam of one, the most probable word each
/// time. Only sentences that end count. Used by one thread at a time; allocates nothing for a word.
/// </summary>
/// <remarks>
/// The network's inputs: <c>token</c> [N] (int64), <c>hidden</c> and <c>cell</c> [N, hidden], <c>keys</c> and <c>values</c>
/// [N, cells, hidden]; its outputs: <c>log_probabilities</c> [N, vocabulary], <c>next_hidden</c>, <c>next_cell</c>,
/// <c>attention</c> [N, cells].
/// </remarks>
internal sealed class SentenceDecoder : IDisposable
{
    /// <summary>The widest beam.</summary>
    public const int MaxWidth = 10;

    private readonly SituationEncoder _encoder;
    private readonly SituationManifest _manifest;
    private readonly OnnxModel _model;
    private readonly OnnxTensor<long> _token = new("token");
    private readonly OnnxTensor<float> _hidden;
    private readonly OnnxTensor<float> _cell;
    private readonly OnnxTensor<float> _keys;
    private readonly OnnxTensor<float> _values;
    private readonly OnnxTensor<float> _scores;
    private readonly OnnxTensor<float> _nextHidden;
    private readonly OnnxTensor<float> _nextCell;
    private readonly OnnxTensor<float> _attention;
    private readonly OnnxRun _run;
    private readonly Hypothesis[] _beam;
    private readonly Hypothesis[] _next;
    private readonly Hypothesis _best;
    private readonly Candidate[] _candidates = new Candidate[MaxWidth];

    /// <summary>Loads the decoder of a manifest and runs it once.</summary>
    /// <param name="encoder">Whose picture is put into words; outlives this.</param>
    /// <exception cref="ModelException">The file is missing or another one, or does not fit its manifest.</exception>
    public SentenceDecoder(SituationEncoder encoder)
    {
        (_encoder, _manifest) = (encoder, encoder.Manifest);
        var cells = _manifest.GridSide * _manifest.GridSide;
        _hidden = new OnnxTensor<float>("hidden", _manifest.Hidden);
        _cell = new OnnxTensor<float>("cell", _manifest.Hidden);
        _keys = new OnnxTensor<float>("keys", cells, _manifest.Hidden);
        _values = new OnnxTensor<float>("values", cells, _manifest.Hidden);
        _scores = new OnnxTensor<float>("log_probabilities", _manifest.Vocabulary.Count);
        _nextHidden = new OnnxTensor<float>("next_hidden", _manifest.Hidden);
        _nextCell = new OnnxTensor<float>("next_cell", _manifest.Hidden);
        _attention = new OnnxTensor<float>("attention", cells);
        _beam = [.. Enumerable.Range(0, MaxWidth).Select(_ => new Hypothesis(_manifest.Length, cells))];
        _next = [.. Enumerable.Range(0, MaxWidth).Select(_ => new Hypothesis(_manifest.Length, cells))];
        _best = new Hypothesis(_manifest.Length, cells);
        _model = new OnnxModel(_manifest.Decoder);
        try
        {
            _run = _model.Bind([_token, _hidden, _cell, _keys, _values], _scores, _nextHidden, _nextCell, _attention);
            _token.Samples(1)[0] = _manifest.Start;
            _run.Run(1);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Puts the encoder's picture into a sentence.</summary>
    /// <param name="width">Sentences that are followed at once, from 1 to <see cref="MaxWidth"/>.</param>
    /// <param name="sentence">Becomes the one with the highest mean log-probability of its words and its end.</param>
    /// <exception cref="ModelException">The network fails.</exception>
    public void Decode(int width, Sentence sentence)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, MaxWidth);
        Begin(width);
        var alive = 1;
        var bestScore = float.NegativeInfinity;
        for (var length = 0; length <= _manifest.Length && alive > 0; length++)
        {
            for (var i = 0; i < alive; i++)
                _token.Samples(alive)[i] = length == 0 ? _manifest.Start : _beam[i].Tokens[length - 1];
            _run.Run(alive);
            var found = FindCandidates(alive, width);
            var kept = 0;
            for (var i = 0; i < found; i++)
            {
                var candidate = _candidates[i];
                if (candidate.Token != _manifest.End)
                {
                    // What has not ended by now is not said.
                    if (length < _manifest.Length)
                        Extend(_next[kept++], candidate, length);
                    continue;
                }

                // A finished sentence keeps its place in the beam.
                width--;
                var score = candidate.Score / (length + 1);
                if (length == 0 || score <= bestScore)
                    continue;
                bestScore = score;
                _best.Take(_beam[candidate.From], length);
                _best.LogProbabilities[length] = candidate.Score - _beam[candidate.From].Score;
                _best.Length = length;
            }

            alive = kept;
            Advance(alive);
        }

        if (float.IsNegativeInfinity(bestScore))
            sentence.Clear();
        else
        {
            var words = _best.Length;
            sentence.Set(_best.Tokens.AsSpan(0, words), _best.LogProbabilities.AsSpan(0, words + 1), _best.Attention.AsSpan(0, words * _best.Cells));
        }
    }

    /// <summary>Frees the network.</summary>
    public void Dispose() => _model.Dispose();

    private void Begin(int width)
    {
        Spread(_encoder.Keys, _keys, width);
        Spread(_encoder.Values, _values, width);
        Spread(_encoder.Hidden, _hidden, 1);
        Spread(_encoder.Cell, _cell, 1);
        _beam[0].Score = 0;
    }

    private static void Spread(OnnxTensor<float> from, OnnxTensor<float> to, int count)
    {
        var source = from.Samples(1);
        var destination = to.Samples(count);
        for (var i = 0; i < count; i++)
            source.CopyTo(destination[(i * source.Length)..]);
    }

    /// <summary>The best ways to go on, the best first.</summary>
    /// <returns>How many of <see cref="_candidates"/>.</returns>
    private int FindCandidates(int alive, int wanted)
    {
        var found = 0;
        for (var from = 0; from < alive; from++)
        {
            var scores = _scores.Samples(alive).Slice(from * _manifest.Vocabulary.Count, _manifest.Vocabulary.Count);
            scores[_manifest.Unknown] = float.NegativeInfinity;
            var before = _beam[from].Score;

            // The best of each row, one after the other: a beam needs few.
            for (var i = 0; i < wanted; i++)
            {
                var token = TensorPrimitives.IndexOfMax<float>(scores);
                var score = before + scores[token];
                if (found == wanted && score <= _candidates[found - 1].Score)
                    break;
                scores[token] = float.NegativeInfinity;
                var at = found < wanted ? found++ : found - 1;
                for (; at > 0 && _candidates[at - 1].Score < score; at--)
                    _candidates[at] = _candidates[at - 1];
                _candidates[at] = new Candidate(from, token, score);
            }
        }

        return found;
    }

    private void Extend(Hypothesis next, Candidate candidate, int length)
    {
        var before = _beam[candidate.From];
        next.Take(before, length);
        next.Tokens[length] = candidate.Token;
        next.LogProbabilities[length] = candidate.Score - before.Score;
        next.Score = candidate.Score;
        next.From = candidate.From;
        var cells = next.Cells;
        _attention.Samples(candidate.From + 1).Slice(candidate.From * cells, cells).CopyTo(next.Attention.AsSpan(length * cells));
    }

    /// <summary>The sentences that go on become the beam, with their states.</summary>
    private void Advance(int alive)
    {
        var size = _manifest.Hidden;
        for (var i = 0; i < alive; i++)
        {
            (_beam[i], _next[i]) = (_next[i], _beam[i]);
            var from = _beam[i].From;
            _nextHidden.Samples(from + 1).Slice(from * size, size).CopyTo(_hidden.Samples(alive)[(i * size)..]);
            _nextCell.Samples(from + 1).Slice(from * size, size).CopyTo(_cell.Samples(alive)[(i * size)..]);
        }
    }

    private readonly record struct Candidate(int From, int Token, float Score);

    /// <summary>A sentence that is being made.</summary>
    private sealed class Hypothesis(int length, int cells)
    {
        public int Cells => cells;

        public int[] Tokens { get; } = new int[length];

        public float[] LogProbabilities { get; } = new float[length + 1];

        public float[] Attention { get; } = new float[length * cells];

        public float Score { get; set; }

        public int From { get; set; }

        public int Length { get; set; }

        public void Take(Hypothesis other, int words)
        {
            other.Tokens.AsSpan(0, words).CopyTo(Tokens);
            other.LogProbabilities.AsSpan(0, words).CopyTo(LogProbabilities);
            other.Attention.AsSpan(0, words * cells).CopyTo(Attention);
        }
    }
}
