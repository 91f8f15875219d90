namespace FaceAttributes.Evaluation.Data;

/// <summary>
/// FairFace (Kärkkäinen and Joo 2021, arXiv:1908.04913): colour faces of all ages, balanced over seven groups.
/// </summary>
internal static class FairFace
{
    private const string Train = "FairFace train";
    private const string Val = "FairFace val";

    /// <summary>Its part "train" without about a tenth, which is for selection; its part "val" to test.</summary>
    /// <param name="folder">The data folder, which holds fairface/.</param>
    /// <param name="split">Which split.</param>
    /// <param name="limit">How many faces to read at most.</param>
    /// <exception cref="EvaluationException">Something is missing or damaged.</exception>
    public static FaceSet Read(string folder, Split split, int limit) => split switch
    {
        Split.Test => new FaceSet(Val, Val, Faces(folder, "val", _ => true, limit)),
        Split.Selection => new FaceSet($"{Train}, held-out part", Train, Faces(folder, "train", IsHeldOut, limit)),
        _ => new FaceSet($"{Train}, training part", Train, Faces(folder, "train", row => !IsHeldOut(row), limit)),
    };

    // As the test split has faces of its own, the rows that would go there are for training.
    private static bool IsHeldOut(int row) => HashSplit.Of(Train, row) == Split.Selection;

    private static List<LabelledFace> Faces(string folder, string part, Func<int, bool> isWanted, int limit) =>
        JpegFaces.Read(
            Path.Combine(folder, "fairface", $"fairface_{part}_index.csv"),
            Path.Combine(folder, "fairface", $"fairface_{part}_rgb64_q90.jpgs"), isWanted, limit,
            (table, line, face) => face with
            {
                Gender = table.Choice(line, "gender", ("Female", "female"), ("Male", "male")),
                Race = table.Text(line, "race"),
                AgeBand = AgeBands.Find(table.Text(line, "age"))
                    ?? throw table.Wrong(line, $"'age' is '{table.Text(line, "age")}', no band of FairFace"),
            });
}
