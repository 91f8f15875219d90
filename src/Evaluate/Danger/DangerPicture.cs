using FaceAttributes.Evaluation.Data;

namespace FaceAttributes.Evaluation.Danger;

/// <summary>A picture of which is known whether it shows a danger.</summary>
/// <param name="Jpeg">Its file's bytes.</param>
/// <param name="Class">fallen, fire, smoke, gun, knife, fight, crash or normal.</param>
/// <param name="Source">Where it comes from.</param>
internal sealed record DangerPicture(ReadOnlyMemory<byte> Jpeg, string Class, string Source)
{
    /// <summary>Whether it shows a danger.</summary>
    public bool IsDangerous => Class != "normal";

    /// <summary>The situations of a split.</summary>
    /// <param name="data">The data folder, laid out as models/training/situations/README.md says.</param>
    /// <param name="split">Which; the selection split is called val there.</param>
    /// <param name="trained">Becomes the sources that training pictures come from.</param>
    /// <exception cref="EvaluationException">A file is missing or damaged.</exception>
    public static DangerPicture[] Read(string data, Split split, out HashSet<string> trained)
    {
        var folder = Path.Combine(data, "situations");
        var index = new CsvTable(Path.Combine(folder, "situations_index.csv"));
        var bytes = DataFile.ReadBytes(Path.Combine(folder, "situations.jpgs"));
        var wanted = split == Split.Test ? "test" : "val";
        var pictures = new List<DangerPicture>();
        trained = new HashSet<string>(StringComparer.Ordinal);
        for (var row = 0; row < index.Count; row++)
        {
            if (index.Text(row, "split") == "train")
                trained.Add(index.Text(row, "source"));
            if (index.Text(row, "split") != wanted)
                continue;
            var (offset, length) = (index.Number(row, "offset"), index.Number(row, "length"));
            if (offset + (long)length > bytes.Length)
                throw index.Wrong(row, "points behind the end of situations.jpgs");
            pictures.Add(new DangerPicture(bytes.AsMemory(offset, length), index.Text(row, "class"), index.Text(row, "source")));
        }

        return [.. pictures];
    }
}
