namespace FaceAttributes.Classification;

/// <summary>One of the attributes that a network estimates: the output that tells it, and how to read that output.</summary>
public sealed record ModelHead
{
    /// <summary>The attribute of a face, such as "emotion", "gender" or "age".</summary>
    public required string Attribute { get; init; }

    /// <summary>The network's output.</summary>
    public required ModelOutput Output { get; init; }

    /// <summary>What each number of the output stands for, in order.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>
    /// The number that each of <see cref="Labels"/> stands for, rising, such as years: the head is numeric. Null: it is
    /// categorical.
    /// </summary>
    public IReadOnlyList<float>? Values { get; init; }

    /// <summary>Temperature of the softmax over logits. Above 0; 1 leaves them as they are.</summary>
    public float Temperature { get; init; } = 1;

    /// <summary>
    /// Probability, from 0 to 1, below which the most probable label of a categorical head is not to be believed.
    /// </summary>
    public float UnknownBelow { get; init; }

    /// <summary>
    /// Standard deviation, in the units of <see cref="Values"/>, above which the mean of a numeric head is not to be
    /// believed. Above 0; infinite where it always is.
    /// </summary>
    public float UnknownAbove { get; init; } = float.PositiveInfinity;
}
