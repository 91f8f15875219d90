namespace FaceAttributes.Classification;

/// <summary>What a network says about one attribute of one face: a probability for every label.</summary>
public sealed class AttributeDistribution
{
    /// <summary>The label of a face of which the network is not sure enough.</summary>
    public const string Unknown = "unknown";

    private readonly float[] _probabilities;
    private readonly float _unknownBelow;
    private int _best;

    /// <summary>Creates a distribution whose probabilities are all 0 until they are set.</summary>
    /// <param name="attribute">What the labels describe, such as "emotion".</param>
    /// <param name="labels">All labels, shared by all distributions of a model.</param>
    /// <param name="unknownBelow">Probability below which <see cref="Label"/> is <see cref="Unknown"/>. From 0 to 1.</param>
    public AttributeDistribution(string attribute, IReadOnlyList<string> labels, float unknownBelow)
    {
        ArgumentNullException.ThrowIfNull(labels);
        Attribute = attribute;
        Labels = labels;
        _unknownBelow = unknownBelow;
        _probabilities = new float[labels.Count];
    }

    /// <summary>What the labels describe, such as "emotion" or "gender".</summary>
    public string Attribute { get; }

    /// <summary>All labels, in the model's order.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>The probability of each of <see cref="Labels"/>; they add up to 1.</summary>
    public ReadOnlySpan<float> Probabilities => _probabilities;

    /// <summary>The most probable label, whether it is to be believed or not.</summary>
    public string MostProbable => Labels[_best];

    /// <summary>The most probable label, or <see cref="Unknown"/> where its probability is below the model's threshold.</summary>
    public string Label => Confidence < _unknownBelow ? Unknown : MostProbable;

    /// <summary>Probability of the most probable label, also where <see cref="Label"/> is <see cref="Unknown"/>. From 0 to 1.</summary>
    public float Confidence => _probabilities[_best];

    /// <summary>Copies new probabilities.</summary>
    /// <param name="probabilities">As many as there are labels.</param>
    public void Set(ReadOnlySpan<float> probabilities)
    {
        if (probabilities.Length != _probabilities.Length)
            throw new ArgumentException($"{probabilities.Length} probabilities for {_probabilities.Length} labels.", nameof(probabilities));
        probabilities.CopyTo(_probabilities);
        _best = 0;
        for (var i = 1; i < _probabilities.Length; i++)
        {
            if (_probabilities[i] > _probabilities[_best])
                _best = i;
        }
    }
}
