namespace FaceAttributes.Evaluation.Data;

/// <summary>
/// UTKFace (Zhang et al. 2017, arXiv:1702.08423): colour faces with their age in years, aligned and cut close.
/// </summary>
internal static class UtkFace
{
    private static readonly string[] Races = ["White", "Black", "Asian", "Indian", "Other"];

    /// <summary>One tenth to choose on, one for the report.</summary>
    /// <param name="folder">The data folder, which holds utkface/.</param>
    /// <param name="split">Which part.</param>
    /// <param name="limit">How many faces to read at most.</param>
    /// <exception cref="EvaluationException">Something is missing or damaged.</exception>
    public static FaceSet Read(string folder, Split split, int limit)
    {
        folder = Path.Combine(folder, "utkface");
        var table = new CsvTable(Path.Combine(folder, "index.csv"));
        var pictures = new JpegStream(Path.Combine(folder, "faces.jpgs"), table);
        var part = split == Split.Test ? HashPart.Test : HashPart.Validation;
        return new FaceSet(
            split == Split.Test ? "UTKFace test part" : "UTKFace, held-out part",
            [
                .. Enumerable.Range(0, table.Count).Where(row => HashPart.Of("UTKFace", table.Number(row, "row")) == part)
                    .Take(limit).Select(row => Face(table, row, pictures[row])),
            ]);
    }

    private static LabelledFace Face(CsvTable table, int row, FacePicture picture)
    {
        var (age, race) = (table.Number(row, "age"), table.Number(row, "race"));
        return new LabelledFace(table.Number(row, "row"), picture)
        {
            Gender = table.Choice(row, "gender", ("0", "male"), ("1", "female")),
            Race = race < Races.Length ? Races[race] : throw table.Wrong(row, $"'race' is {race}, not from 0 to 4"),
            Age = age,
            AgeBand = AgeBands.Of(age),
        };
    }
}
