namespace FaceAttributes.Evaluation.Data;

/// <summary>
/// FairFace (Kärkkäinen and Joo 2021, arXiv:1908.04913): colour faces of all ages, balanced over seven groups.
/// </summary>
internal static class FairFace
{
    /// <summary>The held-out tenth of train to choose on, val for the report.</summary>
    /// <param name="folder">The data folder, which holds fairface/.</param>
    /// <param name="split">Which part.</param>
    /// <param name="limit">How many faces to read at most.</param>
    /// <exception cref="EvaluationException">Something is missing or damaged.</exception>
    public static FaceSet Read(string folder, Split split, int limit) =>
        split == Split.Test
            ? new FaceSet("FairFace val", Faces(folder, "val", _ => true, limit))
            : new FaceSet("FairFace train, held-out part", Faces(folder, "train", IsHeldOut, limit));

    private static bool IsHeldOut(int row) => HashPart.Of("FairFace train", row) == HashPart.Validation;

    private static List<LabelledFace> Faces(string folder, string part, Func<int, bool> isWanted, int limit)
    {
        folder = Path.Combine(folder, "fairface");
        var table = new CsvTable(Path.Combine(folder, $"fairface_{part}_index.csv"));
        var pictures = new JpegStream(Path.Combine(folder, $"fairface_{part}_rgb64_q90.jpgs"), table);
        return
        [
            .. Enumerable.Range(0, table.Count).Where(row => isWanted(table.Number(row, "row"))).Take(limit)
                .Select(row => new LabelledFace(table.Number(row, "row"), pictures[row])
                {
                    Gender = table.Choice(row, "gender", ("Female", "female"), ("Male", "male")),
                    Race = table.Text(row, "race"),
                    AgeBand = AgeBands.Find(table.Text(row, "age"))
                        ?? throw table.Wrong(row, $"'age' is '{table.Text(row, "age")}', no band of FairFace"),
                }),
        ];
    }
}
