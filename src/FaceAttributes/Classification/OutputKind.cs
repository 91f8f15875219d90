namespace FaceAttributes.Classification;

/// <summary>What a network's output holds for each label.</summary>
public enum OutputKind
{
    /// <summary>Probabilities that add up to 1.</summary>
    Probabilities,

    /// <summary>Any numbers; <see cref="Softmax"/> with the manifest's temperature makes probabilities of them.</summary>
    Logits,
}
