using Vision.Geometry;

namespace Vision.Tests.Geometry;

[TestFixture]
public sealed class LinearAssignmentTests
{
    private readonly LinearAssignment _solver = new();

    [Test]
    public void The_cheapest_pairs_together_are_taken_not_the_cheapest_pair_first()
    {
        // Row 0 likes column 0 best, but then row 1 has only a dear one.
        var assignment = new int[2];
        Assert.That(_solver.Solve([1, 2, 2, 9], 2, 2, assignment), Is.EqualTo(2));
        Assert.That(assignment, Is.EqualTo(new[] { 1, 0 }));
    }

    [Test]
    public void Of_more_rows_than_columns_the_dearest_stay_alone()
    {
        var assignment = new int[3];
        Assert.That(_solver.Solve([3, 1, 2], 3, 1, assignment), Is.EqualTo(1));
        Assert.That(assignment, Is.EqualTo(new[] { -1, 0, -1 }));
    }

    [Test]
    public void A_pair_that_costs_more_than_allowed_is_not_made()
    {
        var assignment = new int[2];
        Assert.That(_solver.Solve([0.2f, 0.9f, 0.9f, 0.8f], 2, 2, assignment, maxCost: 0.7f), Is.EqualTo(1));
        Assert.That(assignment, Is.EqualTo(new[] { 0, -1 }));
    }

    [Test]
    public void A_row_is_left_alone_where_that_saves_more_than_its_pair_is_worth()
    {
        // Both pairs cost 0.6 + 0.6; the one cheap pair 0.1, and 0.7 for the row that is left alone.
        var assignment = new int[2];
        Assert.That(_solver.Solve([0.1f, 0.6f, 0.6f, 9], 2, 2, assignment, maxCost: 0.7f), Is.EqualTo(1));
        Assert.That(assignment, Is.EqualTo(new[] { 0, -1 }));
        Assert.That(_solver.Solve([0.1f, 0.6f, 0.6f, 9], 2, 2, assignment, maxCost: 8), Is.EqualTo(2));
    }

    [Test]
    public void Costs_that_are_infinite_or_no_number_make_no_pair_but_cost_no_other_one()
    {
        var assignment = new int[2];
        Assert.That(_solver.Solve([float.NaN, 5, float.PositiveInfinity, 1], 2, 2, assignment), Is.EqualTo(1));
        Assert.That(assignment, Is.EqualTo(new[] { -1, 1 }));
    }

    [TestCase(0, 0)]
    [TestCase(0, 3)]
    [TestCase(3, 0)]
    public void Nothing_goes_with_nothing(int rows, int columns)
    {
        int[] assignment = [7, 7, 7];
        Assert.That(_solver.Solve([], rows, columns, assignment), Is.Zero);
        Assert.That(assignment[..rows], Is.All.EqualTo(-1));
    }

    [Test]
    public void The_result_is_the_best_of_all_ways()
    {
        var random = new Random(3);
        for (var i = 0; i < 5000; i++)
        {
            var (rows, columns) = (random.Next(6), random.Next(6));
            var costs = Enumerable.Range(0, rows * columns).Select(_ => RandomCost(random)).ToArray();
            var maxCost = random.Next(3) == 0 ? float.PositiveInfinity : random.Next(-4, 10);
            var assignment = new int[rows];

            var pairs = _solver.Solve(costs, rows, columns, assignment, maxCost);

            var message = $"{rows} × {columns}, at most {maxCost}: {string.Join(" ", costs)}: {string.Join(" ", assignment)}";
            Assert.That(assignment.Count(column => column >= 0), Is.EqualTo(pairs), message);
            Assert.That(assignment.Where(column => column >= 0), Is.Unique, message);
            Assert.That(assignment.Index().All(item => item.Item < 0 || costs[item.Index * columns + item.Item] <= maxCost), message);
            var alone = float.IsPositiveInfinity(maxCost) ? 1000 : maxCost;
            Assert.That(Total(costs, columns, assignment, alone), Is.EqualTo(BestTotal(costs, columns, rows, 0, 0, maxCost, alone)).Within(1e-6), message);
        }
    }

    [Test]
    public void Large_ones_of_known_cost_are_solved()
    {
        // Costs of prices plus a slack that is 0 on one hidden permutation: that one is the best, by linear duality.
        var random = new Random(4);
        const int size = 64;
        for (var i = 0; i < 50; i++)
        {
            var hidden = Enumerable.Range(0, size).ToArray();
            random.Shuffle(hidden);
            var rowPrices = Enumerable.Range(0, size).Select(_ => random.Next(1000)).ToArray();
            var columnPrices = Enumerable.Range(0, size).Select(_ => random.Next(1000)).ToArray();
            var costs = new float[size * size];
            for (var row = 0; row < size; row++)
            {
                for (var column = 0; column < size; column++)
                    costs[row * size + column] = rowPrices[row] + columnPrices[column] + (hidden[row] == column ? 0 : random.Next(1, 5));
            }

            var assignment = new int[size];
            Assert.That(_solver.Solve(costs, size, size, assignment), Is.EqualTo(size));
            Assert.That(assignment, Is.EqualTo(hidden));
        }
    }

    [Test]
    public void A_warm_one_allocates_nothing()
    {
        var random = new Random(5);
        var costs = Enumerable.Range(0, 20 * 24).Select(_ => random.NextSingle()).ToArray();
        var assignment = new int[20];
        Assert.That(Allocations.Of(() => _solver.Solve(costs, 20, 24, assignment, 0.5f)), Is.Zero);
    }

    [Test]
    public void Wrong_sizes_are_refused()
    {
        Assert.That(() => _solver.Solve([1, 2], 2, 2, new int[2]), Throws.ArgumentException.With.Message.Contains("2 costs for 2 × 2 pairs"));
        Assert.That(() => _solver.Solve([1, 2], 2, 1, new int[1]), Throws.ArgumentException.With.Message.Contains("1 places for 2 rows"));
        Assert.That(() => _solver.Solve([], -1, 0, []), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => _solver.Solve([1], 1, 1, new int[1], float.NaN), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    // Whole numbers, so that there are many ties, and now and then a pair that cannot be.
    private static float RandomCost(Random random) => random.Next(10) switch
    {
        0 => float.PositiveInfinity,
        1 => float.NaN,
        _ => random.Next(-5, 12),
    };

    private static double Total(float[] costs, int columns, int[] assignment, double alone) =>
        assignment.Index().Sum(item => item.Item < 0 ? alone : costs[item.Index * columns + item.Item]);

    private static double BestTotal(float[] costs, int columns, int rows, int row, int taken, float maxCost, double alone)
    {
        if (row == rows)
            return 0;
        var best = alone + BestTotal(costs, columns, rows, row + 1, taken, maxCost, alone);
        for (var column = 0; column < columns; column++)
        {
            var cost = costs[row * columns + column];
            if ((taken & (1 << column)) == 0 && float.IsFinite(cost) && cost <= maxCost)
                best = Math.Min(best, cost + BestTotal(costs, columns, rows, row + 1, taken | (1 << column), maxCost, alone));
        }

        return best;
    }
}
