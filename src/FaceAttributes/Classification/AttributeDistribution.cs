namespace FaceAttributes.Classification;

/// <summary>
/// What a network says about one attribute of one face: a probability for every label, and where the labels stand for
/// numbers, their mean and standard deviation.
/// </summary>
public sealed class AttributeDistribution
{
    /// <summary>The label of a face of which the network is not sure enough.</summary>
    public const string Unknown = "unknown";

    private readonly ModelHead _head;
    private readonly float[] _probabilities;
    private int _best;

    /// <summary>Creates a distribution whose probabilities are all 0 until they are set.</summary>
    /// <param name="head">The part of the network that gives them; shared by all its distributions.</param>
    public AttributeDistribution(ModelHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        _head = head;
        _probabilities = new float[head.Labels.Count];
    }

    /// <summary>What the labels describe, such as "emotion" or "age".</summary>
    public string Attribute => _head.Attribute;

    /// <summary>All labels, in the model's order.</summary>
    public IReadOnlyList<string> Labels => _head.Labels;

    /// <summary>The number that each of <see cref="Labels"/> stands for, rising; null where they stand for none.</summary>
    public IReadOnlyList<float>? Values => _head.Values;

    /// <summary>The probability of each of <see cref="Labels"/>; they add up to 1.</summary>
    public ReadOnlySpan<float> Probabilities => _probabilities;

    /// <summary>
    /// The most probable label, whether it is to be believed or not; with hysteresis the one that was, until another is more
    /// probable by that much.
    /// </summary>
    public string MostProbable => Labels[_best];

    /// <summary>The most probable label, or <see cref="Unknown"/> where <see cref="IsKnown"/> is false.</summary>
    public string Label => IsKnown ? MostProbable : Unknown;

    /// <summary>Probability of <see cref="MostProbable"/>, also where <see cref="Label"/> is <see cref="Unknown"/>. From 0 to 1.</summary>
    public float Confidence => _probabilities[_best];

    /// <summary>
    /// The mean of <see cref="Values"/>, in their units, such as years; NaN without them. To be believed where
    /// <see cref="IsKnown"/> is true.
    /// </summary>
    public float Mean { get; private set; }

    /// <summary>The standard deviation of <see cref="Values"/> round <see cref="Mean"/>, in their units; NaN without them.</summary>
    public float StandardDeviation { get; private set; }

    /// <summary>
    /// Whether the network is sure enough to be believed: by the model's threshold of the confidence, or, where there are
    /// <see cref="Values"/>, by that of the standard deviation.
    /// </summary>
    public bool IsKnown { get; private set; }

    /// <summary>Copies new probabilities.</summary>
    /// <param name="probabilities">As many as there are labels.</param>
    /// <param name="hysteresis">
    /// By how much another label must be more probable before it takes the place of <see cref="MostProbable"/>, and how far
    /// the confidence of that one may fall below the threshold (or, as a part of it, the standard deviation rise above its own)
    /// before it is unknown. From 0 to 1.
    /// </param>
    public void Set(ReadOnlySpan<float> probabilities, float hysteresis = 0)
    {
        if (probabilities.Length != _probabilities.Length)
            throw new ArgumentException($"{probabilities.Length} probabilities for {_probabilities.Length} labels.", nameof(probabilities));
        probabilities.CopyTo(_probabilities);
        var best = 0;
        for (var i = 1; i < _probabilities.Length; i++)
        {
            if (_probabilities[i] > _probabilities[best])
                best = i;
        }

        var isOther = best != _best && (hysteresis == 0 || _probabilities[best] > _probabilities[_best] + hysteresis);
        if (isOther)
            _best = best;
        (Mean, StandardDeviation) = Moments();
        var allowance = IsKnown && !(isOther && Values is null) ? hysteresis : 0;
        IsKnown = Values is null
            ? Confidence >= _head.UnknownBelow - allowance
            : StandardDeviation <= _head.UnknownAbove * (1 + allowance);
    }

    /// <summary>Makes it unknown, however probable it is, until the next <see cref="Set"/>.</summary>
    internal void Withhold() => IsKnown = false;

    private (float Mean, float StandardDeviation) Moments()
    {
        if (Values is not { } values)
            return (float.NaN, float.NaN);
        var mean = 0.0;
        for (var i = 0; i < _probabilities.Length; i++)
            mean += (double)_probabilities[i] * values[i];
        var variance = 0.0;
        for (var i = 0; i < _probabilities.Length; i++)
            variance += _probabilities[i] * (values[i] - mean) * (values[i] - mean);
        return ((float)mean, (float)Math.Sqrt(variance));
    }
}
