namespace Vision.Inference;

/// <summary>Makes probabilities of logits.</summary>
public static class Softmax
{
    /// <summary>Replaces each z by exp(z / temperature) / sum, in a way that does not overflow.</summary>
    /// <param name="logits">Become probabilities from 0 to 1, whose sum is 1.</param>
    /// <param name="temperature">Above 0; more makes the probabilities more alike (Guo et al. 2017, arXiv:1706.04599).</param>
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
