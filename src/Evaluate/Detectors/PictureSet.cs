using System.Globalization;
using FaceAttributes.Evaluation.Data;
using Vision.Geometry;

namespace FaceAttributes.Evaluation.Detectors;

/// <summary>A face that people marked in a picture.</summary>
/// <param name="Box">In pixels.</param>
/// <param name="IsIgnored">Whether it counts neither as found nor as missed: too blurred, too much covered.</param>
/// <param name="Group">What it is counted by besides its size, such as which way it looks; empty for nothing.</param>
internal sealed record MarkedFace(Box Box, bool IsIgnored, string Group = "");

/// <summary>A picture and its faces.</summary>
/// <param name="Path">The file.</param>
/// <param name="Faces">Maybe none.</param>
internal sealed record MarkedPicture(string Path, IReadOnlyList<MarkedFace> Faces);

/// <summary>
/// A folder of pictures and <c>faces.csv</c>, which has a row <c>name,x,y,width,height</c> for each face, in pixels, and maybe the
/// columns <c>ignore</c>, of 0 and 1, and <c>group</c>, by which faces are counted besides their sizes. A picture without a face has a row whose numbers are 0.
/// </summary>
internal static class PictureSet
{
    private const string Table = "faces.csv";

    /// <summary>Reads the table; the pictures are read when they are looked at.</summary>
    /// <exception cref="EvaluationException">It is missing or wrong.</exception>
    public static IReadOnlyList<MarkedPicture> Read(string folder)
    {
        var path = Path.Combine(folder, Table);
        var table = new CsvTable(path);
        var (hasIgnore, hasGroup) = (table.Has("ignore"), table.Has("group"));
        var pictures = Enumerable.Range(0, table.Count)
            .GroupBy(row => table.Text(row, "name"), row => new MarkedFace(
                ReadBox(table, row), hasIgnore && table.Number(row, "ignore") > 0, hasGroup ? table.Text(row, "group") : string.Empty))
            .Select(faces => new MarkedPicture(Path.Combine(folder, faces.Key), [.. faces.Where(face => face.Box.Area > 0)]))
            .ToList();
        return pictures.Count > 0 ? pictures : throw new EvaluationException($"{path} has no row; it needs one for each face.");
    }

    private static Box ReadBox(CsvTable table, int row) =>
        new(Number(table, row, "x"), Number(table, row, "y"), Number(table, row, "width"), Number(table, row, "height"));

    private static float Number(CsvTable table, int row, string column) =>
        float.TryParse(table.Text(row, column), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && float.IsFinite(number)
            ? number
            : throw table.Wrong(row, $"'{column}' is '{table.Text(row, column)}', no number");
}
