using Vision.Inference;

namespace Vision.Tests.Inference;

[TestFixture]
public sealed class SoftmaxTests
{
    private static readonly float[][] Logits =
        [[1, 2, 3], [0, 0], [-5, 5, 0.25f, 1e-3f], [30, -30, 12, 11.5f, 0, 1, 2]];

    [Test]
    public void Probabilities_are_what_the_definition_says(
        [ValueSource(nameof(Logits))] float[] logits, [Values(1f, 0.5f, 2.5f)] float temperature)
    {
        var sum = logits.Sum(z => Math.Exp(z / (double)temperature));
        var expected = logits.Select(z => Math.Exp(z / (double)temperature) / sum).ToArray();
        var actual = (float[])logits.Clone();
        Softmax.Apply(actual, temperature);
        Assert.That(actual, Is.EqualTo(expected).Within(1e-6));
        Assert.That(actual.Sum(), Is.EqualTo(1).Within(1e-6));
    }

    [Test]
    public void Large_logits_do_not_overflow()
    {
        float[] logits = [10_000, 9_999, -10_000];
        Softmax.Apply(logits, 1);
        Assert.That(logits, Is.EqualTo(new[] { 0.7310586, 0.2689414, 0 }).Within(1e-6)); // 1 / (1 + 1/e)
    }
}
