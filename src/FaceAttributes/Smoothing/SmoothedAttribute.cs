using FaceAttributes.Classification;

namespace FaceAttributes.Smoothing;

/// <summary>How what the networks say is smoothed over time.</summary>
public sealed record SmoothingOptions
{
    /// <summary>
    /// Time constants in seconds by attribute: after this time an image counts 1/e of what it counted. 0: only the newest
    /// counts. Long ones gather evidence: of what does not change, such as a person's age.
    /// </summary>
    public IReadOnlyDictionary<string, double> Seconds { get; init; } =
        new Dictionary<string, double> { [FaceAttribute.Emotion] = 0.3, [FaceAttribute.Gender] = 10, [FaceAttribute.Age] = 10 };

    /// <summary>
    /// By how much another label must be more probable than the one that is shown before it takes its place, and how far the
    /// probability of that one may fall below the model's threshold before it is unknown. From 0 to 1.
    /// </summary>
    public double Hysteresis { get; init; } = 0.1;

    /// <summary>The time constant of an attribute; 0 where there is none.</summary>
    public double Of(string attribute) => Seconds.TryGetValue(attribute, out var seconds) ? seconds : 0;

    /// <summary>Makes sure that all values are in their ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is not.</exception>
    public void Check()
    {
        foreach (var (attribute, seconds) in Seconds)
        {
            if (!(seconds is >= 0 and < double.PositiveInfinity))
                throw new ArgumentOutOfRangeException(nameof(Seconds), FormattableString.Invariant($"The time constant of '{attribute}' is {seconds}; it must be 0 or more seconds."));
        }

        if (!(Hysteresis is >= 0 and <= 1))
            throw Options.Wrong(nameof(Hysteresis), Hysteresis, "from 0 to 1");
    }
}

/// <summary>
/// What the networks say about one attribute of a face that is followed: of the latest image alone, and of all images up to
/// it, the newer the weightier.
/// </summary>
/// <remarks>
/// Smoothed is the mean of all images' probabilities, weighted by each image's quality and by exp(-age / time constant): it
/// starts with the first image, and holds at any frame rate. Once created, it allocates nothing.
/// </remarks>
public sealed class SmoothedAttribute
{
    private readonly double[] _sums;
    private readonly float[] _means;
    private double _weight;

    /// <summary>Creates one of which nothing is known yet.</summary>
    /// <param name="head">The part of the network that estimates it.</param>
    public SmoothedAttribute(ModelHead head)
    {
        (Raw, Smoothed) = (new AttributeDistribution(head), new AttributeDistribution(head));
        (_sums, _means) = (new double[Smoothed.Labels.Count], new float[Smoothed.Labels.Count]);
    }

    /// <summary>What it describes, such as "emotion" or "age".</summary>
    public string Attribute => Raw.Attribute;

    /// <summary>Of the last image that was classified, alone.</summary>
    public AttributeDistribution Raw { get; }

    /// <summary>Of all images, smoothed, its label with hysteresis.</summary>
    public AttributeDistribution Smoothed { get; }

    /// <summary>The stamp of the first image that was added, in seconds; positive infinity where there was none.</summary>
    internal double FirstAdded { get; private set; } = double.PositiveInfinity;

    /// <summary>The stamp of the last image that was added, in seconds; negative infinity where there was none.</summary>
    internal double LastAdded { get; private set; } = double.NegativeInfinity;

    /// <summary>Whether a network has answered yet; until then nothing is known.</summary>
    public bool HasAnswer => LastAdded > double.NegativeInfinity;

    /// <summary>Adds an image.</summary>
    /// <param name="probabilities">Of each label.</param>
    /// <param name="stamp">The image's time in seconds.</param>
    /// <param name="weight">How much the image is to count, above 0: its quality.</param>
    /// <param name="options">How to smooth.</param>
    public void Add(ReadOnlySpan<float> probabilities, double stamp, double weight, SmoothingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Raw.Set(probabilities);
        var isFirst = _weight == 0;
        var seconds = options.Of(Attribute);
        var kept = isFirst || seconds == 0 ? 0 : Math.Exp(-Math.Max(0, stamp - LastAdded) / seconds);
        (FirstAdded, LastAdded) = (isFirst ? stamp : FirstAdded, stamp);
        _weight = kept * _weight + weight;
        for (var i = 0; i < _sums.Length; i++)
        {
            _sums[i] = kept * _sums[i] + weight * probabilities[i];
            _means[i] = (float)(_sums[i] / _weight);
        }

        Smoothed.Set(_means, isFirst ? 0 : (float)options.Hysteresis);
    }
}
