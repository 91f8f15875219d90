namespace FaceAttributes.Evaluation.Data;

/// <summary>
/// MTFL (Zhang et al. 2014, "Facial Landmark Detection by Deep Multi-task Learning"): colour faces, cut loosely.
/// </summary>
internal static class Mtfl
{
    // Every fifth row is for the report; the others are for training.
    private const int TestEvery = 5;

    /// <summary>The rows for the report. There is no part to choose on.</summary>
    /// <param name="folder">The data folder, which holds mtfl/.</param>
    /// <param name="limit">How many faces to read at most.</param>
    /// <exception cref="EvaluationException">Something is missing or damaged.</exception>
    public static FaceSet Read(string folder, int limit)
    {
        folder = Path.Combine(folder, "mtfl");
        var table = new CsvTable(Path.Combine(folder, "mtfl_index.csv"));
        var pictures = new JpegStream(Path.Combine(folder, "mtfl_80x80.jpgs"), table);
        return new FaceSet(
            "MTFL test rows",
            [
                .. Enumerable.Range(0, table.Count).Where(row => table.Number(row, "row") % TestEvery == 0).Take(limit)
                    .Select(row => new LabelledFace(table.Number(row, "row"), pictures[row])
                    {
                        Gender = table.Choice(row, "gender(1m2f)", ("1", "male"), ("2", "female")),
                        Glasses = table.Choice(row, "glasses(1y2n)", ("1", true), ("2", false)),
                    }),
            ]);
    }
}
