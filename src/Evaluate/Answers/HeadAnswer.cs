using FaceAttributes.Classification;

namespace FaceAttributes.Evaluation.Answers;

/// <summary>What one head of a network said of one face.</summary>
internal sealed class HeadAnswer
{
    /// <summary>Copies a distribution.</summary>
    public HeadAnswer(AttributeDistribution distribution)
    {
        Probabilities = distribution.Probabilities.ToArray();
        IsKnown = distribution.IsKnown;
        Mean = distribution.Mean;
        StandardDeviation = distribution.StandardDeviation;
    }

    /// <summary>The probability of each label.</summary>
    public float[] Probabilities { get; }

    /// <summary>Whether the network is sure enough to be believed.</summary>
    public bool IsKnown { get; }

    /// <summary>The mean of a numeric head, in units of its values; NaN for others.</summary>
    public float Mean { get; }

    /// <summary>The standard deviation of a numeric head, in units of its values; NaN for others.</summary>
    public float StandardDeviation { get; }
}
