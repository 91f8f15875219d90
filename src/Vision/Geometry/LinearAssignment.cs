namespace Vision.Geometry;

/// <summary>
/// Which row goes with which column so that the costs of all pairs together are least: the linear assignment problem, solved
/// exactly by shortest augmenting paths.
/// </summary>
/// <remarks>
/// After D. F. Crouse, "On implementing 2D rectangular assignment algorithms", 2016, with the choice to leave a row alone. In the
/// worst case rows² × columns steps. The same costs give the same pairs. Used by one thread at a time; allocates where more rows
/// or columns come than ever before.
/// </remarks>
public sealed class LinearAssignment
{
    private double[] _rowPrices = [];
    private bool[] _isRowReached = [];
    private double[] _columnPrices = [];
    private double[] _distances = [];
    private bool[] _isColumnReached = [];
    private int[] _previousRows = [];
    private int[] _rowsOfColumns = [];

    /// <summary>
    /// Pairs rows with columns. Of all ways it takes one for which the sum of the pairs' costs, plus <paramref name="maxCost"/>
    /// for each row that is left alone, is least.
    /// </summary>
    /// <param name="costs">Row after row, rows × columns. Any sign; a pair whose cost is infinite or not a number is never made.</param>
    /// <param name="rows">How many; 0 or more.</param>
    /// <param name="columns">How many; 0 or more. May be fewer than the rows, or more.</param>
    /// <param name="assignment">Gets the column of each row, or -1 where it has none; at least as long as there are rows.</param>
    /// <param name="maxCost">
    /// A pair that costs more is never made. By default as many pairs are made as can be, and their cost is least among those.
    /// </param>
    /// <returns>How many pairs there are.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 0 rows or columns, or maxCost is not a number.</exception>
    /// <exception cref="ArgumentException">There are not as many costs as pairs, or the assignment has no place for each row.</exception>
    public int Solve(
        ReadOnlySpan<float> costs, int rows, int columns, Span<int> assignment, float maxCost = float.PositiveInfinity)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        if (float.IsNaN(maxCost))
            throw new ArgumentOutOfRangeException(nameof(maxCost), "maxCost is not a number; it must be one, or infinite.");
        if (costs.Length != (long)rows * columns)
            throw new ArgumentException($"There are {costs.Length} costs for {rows} × {columns} pairs.", nameof(costs));
        if (assignment.Length < rows)
            throw new ArgumentException($"The assignment has {assignment.Length} places for {rows} rows.", nameof(assignment));

        Grow(rows, columns);
        assignment = assignment[..rows];
        assignment.Fill(-1);
        _rowPrices.AsSpan(0, rows).Clear();
        _columnPrices.AsSpan(0, columns).Clear();
        _rowsOfColumns.AsSpan(0, columns).Fill(-1);

        var costAlone = float.IsPositiveInfinity(maxCost) ? CostAboveAllOthers(costs, Math.Min(rows, columns)) : maxCost;
        var pairs = 0;
        for (var row = 0; row < rows; row++)
        {
            if (Place(row, costs, columns, assignment, maxCost, costAlone))
                pairs++;
        }

        return pairs;
    }

    // So much that no saving elsewhere is worth a pair fewer.
    private static double CostAboveAllOthers(ReadOnlySpan<float> costs, int pairs)
    {
        var (least, most) = (0d, 0d);
        foreach (var cost in costs)
        {
            if (float.IsFinite(cost))
                (least, most) = (Math.Min(least, cost), Math.Max(most, cost));
        }

        return most + (most - least) * pairs;
    }

    // Finds the cheapest chain in which the row takes a column from another row, that one from the next, and so on until one
    // takes a free column or is left alone. Returns whether there is a pair more.
    private bool Place(
        int row, ReadOnlySpan<float> costs, int columns, Span<int> assignment, float maxCost, double costAlone)
    {
        var distances = _distances.AsSpan(0, columns);
        var isColumnReached = _isColumnReached.AsSpan(0, columns);
        distances.Fill(double.PositiveInfinity);
        isColumnReached.Clear();
        _isRowReached.AsSpan(0, assignment.Length).Clear();

        var (alone, distanceAlone) = (-1, double.PositiveInfinity);
        var (reached, distance, free) = (row, 0d, -1);
        while (true)
        {
            _isRowReached[reached] = true;
            var price = _rowPrices[reached];
            if (distance + costAlone - price < distanceAlone)
                (alone, distanceAlone) = (reached, distance + costAlone - price);

            var costsOfRow = costs.Slice(reached * columns, columns);
            var (next, nearest) = (-1, double.PositiveInfinity);
            for (var column = 0; column < columns; column++)
            {
                if (isColumnReached[column])
                    continue;
                var cost = costsOfRow[column];
                if (cost <= maxCost && float.IsFinite(cost))
                {
                    var through = distance + cost - price - _columnPrices[column];
                    if (through < distances[column])
                        (distances[column], _previousRows[column]) = (through, reached);
                }

                if (distances[column] < nearest
                    || (next >= 0 && distances[column] == nearest && _rowsOfColumns[column] < 0 && _rowsOfColumns[next] >= 0))
                    (next, nearest) = (column, distances[column]);
            }

            if (next < 0 || distanceAlone < nearest)
            {
                distance = distanceAlone;
                break;
            }

            distance = nearest;
            isColumnReached[next] = true;
            if (_rowsOfColumns[next] < 0)
            {
                free = next;
                break;
            }

            reached = _rowsOfColumns[next];
        }

        UpdatePrices(row, distance, assignment, isColumnReached);
        var taken = free;
        if (free < 0)
            (taken, assignment[alone]) = (assignment[alone], -1);
        while (taken >= 0)
        {
            var taker = _previousRows[taken];
            _rowsOfColumns[taken] = taker;
            (taken, assignment[taker]) = (assignment[taker], taken);
        }

        return free >= 0;
    }

    private void UpdatePrices(int row, double distance, ReadOnlySpan<int> assignment, ReadOnlySpan<bool> isColumnReached)
    {
        for (var other = 0; other < assignment.Length; other++)
        {
            if (_isRowReached[other])
                _rowPrices[other] += other == row ? distance : distance - _distances[assignment[other]];
        }

        for (var column = 0; column < isColumnReached.Length; column++)
        {
            if (isColumnReached[column])
                _columnPrices[column] -= distance - _distances[column];
        }
    }

    private void Grow(int rows, int columns)
    {
        if (rows > _rowPrices.Length)
        {
            var size = Math.Max(rows, 2 * _rowPrices.Length);
            (_rowPrices, _isRowReached) = (new double[size], new bool[size]);
        }

        if (columns > _columnPrices.Length)
        {
            var size = Math.Max(columns, 2 * _columnPrices.Length);
            (_columnPrices, _distances, _isColumnReached) = (new double[size], new double[size], new bool[size]);
            (_previousRows, _rowsOfColumns) = (new int[size], new int[size]);
        }
    }
}
