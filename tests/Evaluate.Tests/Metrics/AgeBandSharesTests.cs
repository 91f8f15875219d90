using FaceAttributes.Evaluation.Data;
using FaceAttributes.Evaluation.Metrics;

namespace FaceAttributes.Evaluation.Tests.Metrics;

public class AgeBandSharesTests
{
    private static readonly float[] Nodes = [.. Enumerable.Range(0, 21).Select(node => 5f * node)];

    private readonly AgeBandShares _shares = new(Nodes, AgeBands.All);

    [Test]
    public void A_node_in_the_middle_of_a_band_is_all_in_it() => Assert.That(At(25), Is.EqualTo(Only((3, 1))).Within(1e-6));

    [Test]
    public void A_node_between_two_bands_is_half_in_each() => Assert.That(At(30), Is.EqualTo(Only((3, 0.5), (4, 0.5))).Within(1e-6));

    [Test]
    public void The_youngest_nodes_are_shared_by_area()
    {
        // Right half of a hat from 0 to 5: all but (2/5)² lies below 3.
        Assert.That(At(0), Is.EqualTo(Only((0, 0.84), (1, 0.16))).Within(1e-6));

        // A hat from 0 over 5 to 10: 3² / (5 · 10) lies below 3.
        Assert.That(At(5), Is.EqualTo(Only((0, 0.18), (1, 0.82))).Within(1e-6));
    }

    [Test]
    public void The_last_band_has_no_end() => Assert.That(At(100), Is.EqualTo(Only((8, 1))).Within(1e-6));

    [Test]
    public void The_bands_add_up_to_one_also_where_the_nodes_do_not() =>
        Assert.That(_shares.Apply([.. Nodes.Select(node => 0.1f)]).Sum(), Is.EqualTo(1).Within(1e-12));

    [Test]
    public void They_agree_with_a_sum_over_a_fine_grid()
    {
        var random = new Random(3);
        float[] probabilities = [.. Nodes.Select(_ => random.NextSingle())];
        var sum = probabilities.Sum();
        probabilities = [.. probabilities.Select(p => p / sum)];

        Assert.That(_shares.Apply(probabilities), Is.EqualTo(Reference(probabilities)).Within(1e-5));
    }

    // Ages in steps of a hundredth of a year from 0, each with its hat's height; the sum of a hat is made 1.
    private static double[] Reference(float[] probabilities)
    {
        var bands = new double[AgeBands.All.Count];
        for (var node = 0; node < Nodes.Length; node++)
        {
            var inBand = new double[bands.Length];
            for (var age = 0.005; age < 105; age += 0.01)
                inBand[AgeBands.All.TakeWhile(band => age >= band.End).Count()] += Math.Max(0, 1 - Math.Abs(age - Nodes[node]) / 5);
            for (var band = 0; band < bands.Length; band++)
                bands[band] += probabilities[node] * inBand[band] / inBand.Sum();
        }

        return bands;
    }

    private static double[] Only(params (int Band, double Probability)[] parts)
    {
        var bands = new double[AgeBands.All.Count];
        foreach (var (band, probability) in parts)
            bands[band] = probability;
        return bands;
    }

    private double[] At(float age) => _shares.Apply([.. Nodes.Select(node => node == age ? 1f : 0f)]);
}
