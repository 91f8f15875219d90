namespace FaceAttributes.Evaluation.Data;

/// <summary>
/// UTKFace (Zhang et al. 2017, arXiv:1702.08423): colour faces with their age in years, aligned and cropped tightly.
/// </summary>
internal static class UtkFace
{
    private const string Name = "UTKFace";
    private static readonly string[] Races = ["White", "Black", "Asian", "Indian", "Other"];

    /// <summary>Eight tenths to train, one for selection, one to test.</summary>
    /// <param name="folder">The data folder, which holds utkface/.</param>
    /// <param name="split">Which split.</param>
    /// <param name="limit">How many faces to read at most.</param>
    /// <exception cref="EvaluationException">Something is missing or damaged.</exception>
    public static FaceSet Read(string folder, Split split, int limit) => new(
        split switch { Split.Test => $"{Name} test part", Split.Selection => $"{Name}, held-out part", _ => $"{Name} training part" },
        Name,
        JpegFaces.Read(
            Path.Combine(folder, "utkface", "index.csv"), Path.Combine(folder, "utkface", "faces.jpgs"),
            row => HashSplit.Of(Name, row) == split, limit, Label));

    private static LabelledFace Label(CsvTable table, int line, LabelledFace face)
    {
        var age = table.Number(line, "age");
        return face with
        {
            Gender = table.Choice(line, "gender", ("0", "male"), ("1", "female")),
            Race = RaceOf(table, line),
            Age = age,
            AgeBand = AgeBands.Of(age),
        };
    }

    // Of three faces nobody says it.
    private static string? RaceOf(CsvTable table, int line)
    {
        if (table.Text(line, "race") == "-1")
            return null;
        var race = table.Number(line, "race");
        return race < Races.Length ? Races[race] : throw table.Wrong(line, $"'race' is {race}, not from 0 to 4 nor -1");
    }
}
