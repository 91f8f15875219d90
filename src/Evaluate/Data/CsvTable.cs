using System.Globalization;
using System.Text;

namespace FaceAttributes.Evaluation.Data;

/// <summary>
/// A comma-separated table with a heading, whose cells are read by type; errors name file and line.
/// </summary>
internal sealed class CsvTable
{
    private readonly string _path;
    private readonly Dictionary<string, int> _columns;
    private readonly string[][] _rows;

    /// <summary>Reads a file.</summary>
    /// <exception cref="EvaluationException">It is missing, or not a table.</exception>
    public CsvTable(string path)
    {
        _path = path;
        var lines = DataFile.ReadLines(path);
        if (lines.Length == 0)
            throw new EvaluationException($"{path} is empty; fetch the data set again.");
        var names = Cells(lines[0]);
        _columns = names.Select((name, index) => (name, index)).DistinctBy(column => column.name)
            .ToDictionary(column => column.name, column => column.index);
        _rows = [.. lines.Skip(1).Select(Cells)];
        for (var row = 0; row < _rows.Length; row++)
        {
            if (_rows[row].Length != names.Length)
                throw Wrong(row, $"has {_rows[row].Length} cells, not {names.Length}");
        }
    }

    /// <summary>How many rows follow the heading.</summary>
    public int Count => _rows.Length;

    /// <summary>Whether there is such a column.</summary>
    public bool Has(string column) => _columns.ContainsKey(column);

    /// <summary>The text of a cell.</summary>
    public string Text(int row, string column) =>
        _columns.TryGetValue(column, out var index)
            ? _rows[row][index]
            : throw new EvaluationException(
                $"{_path} has no column '{column}'; use the index that belongs to the data set.");

    /// <summary>A whole number, from 0.</summary>
    public int Number(int row, string column) =>
        int.TryParse(Text(row, column), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Wrong(row, $"'{column}' is '{Text(row, column)}', no whole number from 0");

    /// <summary>A number.</summary>
    public double Real(int row, string column) =>
        double.TryParse(Text(row, column), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Wrong(row, $"'{column}' is '{Text(row, column)}', no number");

    /// <summary>The value that a cell's text stands for.</summary>
    public T Choice<T>(int row, string column, params ReadOnlySpan<(string Text, T Value)> choices)
    {
        var text = Text(row, column);
        foreach (var choice in choices)
        {
            if (choice.Text == text)
                return choice.Value;
        }

        throw Wrong(row, $"'{column}' is '{text}', which is not known there");
    }

    /// <summary>An error in a row.</summary>
    public EvaluationException Wrong(int row, string what) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{_path}:{row + 2}: {what}; fetch the data set again."));

    /// <summary>A line's cells, of which those in double quotes may hold commas.</summary>
    private static string[] Cells(string line)
    {
        if (!line.Contains('"', StringComparison.Ordinal))
            return line.Split(',');
        var cells = new List<string>();
        var cell = new StringBuilder();
        var isQuoted = false;
        foreach (var letter in line)
        {
            if (letter == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (letter == ',' && !isQuoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else
            {
                cell.Append(letter);
            }
        }

        return [.. cells, cell.ToString()];
    }
}
