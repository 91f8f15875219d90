namespace FaceAttributes.Classification;

/// <summary>Makes probabilities of logits.</summary>
internal static class Softmax
{
    /// <summary>Replaces each z by exp(z / temperature) / sum, in a way that does not overflow.</summary>
    public static void Apply(Span<float> logits, float temperature)
    {
        var max = float.NegativeInfinity;
        foreach (var logit in logits)
            max = Math.Max(max, logit);
        var sum = 0f;
        foreach (ref var value in logits)
        {
            value = MathF.Exp((value - max) / temperature);
            sum += value;
        }

        foreach (ref var value in logits)
            value /= sum;
    }
}
