namespace FaceAttributes.Evaluation.Data;

/// <summary>
/// MTFL (Zhang et al. 2014, "Facial Landmark Detection by Deep Multi-task Learning"): colour faces, cropped loosely.
/// </summary>
internal static class Mtfl
{
    // Every fifth row is for the report; the others are for training.
    private const int TestEvery = 5;

    /// <summary>Every fifth row to test, the others to train, none for selection.</summary>
    /// <param name="folder">The data folder, which holds mtfl/.</param>
    /// <param name="split">Which split.</param>
    /// <param name="limit">How many faces to read at most.</param>
    /// <exception cref="EvaluationException">Something is missing or damaged.</exception>
    public static FaceSet? Read(string folder, Split split, int limit) => split == Split.Selection ? null : new FaceSet(
        split == Split.Test ? "MTFL test rows" : "MTFL training rows", "MTFL",
        JpegFaces.Read(
            Path.Combine(folder, "mtfl", "mtfl_index.csv"), Path.Combine(folder, "mtfl", "mtfl_80x80.jpgs"),
            row => (row % TestEvery == 0) == (split == Split.Test), limit,
            (table, line, face) => face with
            {
                Gender = table.Choice(line, "gender(1m2f)", ("1", "male"), ("2", "female")),
                Glasses = table.Choice(line, "glasses(1y2n)", ("1", true), ("2", false)),
            }));
}
