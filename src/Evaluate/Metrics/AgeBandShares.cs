using FaceAttributes.Evaluation.Data;

namespace FaceAttributes.Evaluation.Metrics;

/// <summary>
/// Makes probabilities of age bands out of those of a numeric head's nodes. A node speaks for the ages round it: with
/// weight 1 at its own, falling evenly to 0 at its neighbours'. Its probability is shared among the bands by how much of
/// that hat lies in each.
/// </summary>
/// <remarks>
/// The hat of the first node has a right side only, that of the last goes as far to the right as to the left; the last
/// band has no end.
/// </remarks>
internal sealed class AgeBandShares
{
    // Bands × nodes
    private readonly double[][] _shares;

    /// <summary>Prepares for nodes.</summary>
    /// <param name="nodes">Their ages in years, rising; at least two.</param>
    /// <param name="bands">The bands.</param>
    public AgeBandShares(IReadOnlyList<float> nodes, IReadOnlyList<AgeBand> bands) => _shares =
    [
        .. bands.Select(band => Enumerable.Range(0, nodes.Count)
            .Select(node => ShareBelow(nodes, node, band.End) - ShareBelow(nodes, node, band.Low)).ToArray()),
    ];

    /// <summary>The probability of each band; they add up to 1.</summary>
    /// <param name="probabilities">The probability of each node.</param>
    public double[] Apply(IReadOnlyList<float> probabilities)
    {
        double[] bands = [.. _shares.Select(shares => shares.Zip(probabilities, (share, p) => share * p).Sum())];
        var sum = bands.Sum();
        return [.. bands.Select(band => band / sum)];
    }

    // The share of a node's hat below an age
    private static double ShareBelow(IReadOnlyList<float> nodes, int node, double age)
    {
        double peak = nodes[node];
        double left = node == 0 ? peak : nodes[node - 1];
        double right = node == nodes.Count - 1 ? 2 * peak - left : nodes[node + 1];
        if (age <= left)
            return 0;
        if (age < peak)
            return (age - left) * (age - left) / ((peak - left) * (right - left));
        return age < right ? 1 - (right - age) * (right - age) / ((right - peak) * (right - left)) : 1;
    }
}
