namespace FaceAttributes.Evaluation.Data;

/// <summary>The faces of a split of one data set.</summary>
/// <param name="Name">Data set and part, such as "UTKFace test part".</param>
/// <param name="Source">What the rows are numbered in, such as "UTKFace".</param>
/// <param name="Faces">At least one.</param>
internal sealed record FaceSet(string Name, string Source, IReadOnlyList<LabelledFace> Faces)
{
    /// <summary>Whether the pictures are a detector's boxes already, so that models need no detector on them.</summary>
    public bool IsCropped { get; init; }
}

/// <summary>One of the data sets that models are trained and measured on.</summary>
internal sealed class DataSet
{
    private readonly Func<string, Split, int, FaceSet?> _read;

    private DataSet(Func<string, Split, int, FaceSet?> read) => _read = read;

    /// <summary>FER-2013: emotion.</summary>
    public static DataSet Fer2013 { get; } = new(Data.Fer2013.Read);

    /// <summary>FairFace: gender, age band, race.</summary>
    public static DataSet FairFace { get; } = new(Data.FairFace.Read);

    /// <summary>UTKFace: gender, age, race.</summary>
    public static DataSet UtkFace { get; } = new(Data.UtkFace.Read);

    /// <summary>MTFL: gender, glasses. It has no selection split.</summary>
    public static DataSet Mtfl { get; } = new(Data.Mtfl.Read);

    /// <summary>All of them, in the order of measuring.</summary>
    public static IReadOnlyList<DataSet> All { get; } = [Fer2013, FairFace, UtkFace, Mtfl];

    /// <summary>Reads a split.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="split">Which split.</param>
    /// <param name="limit">How many faces to read at most.</param>
    /// <returns>The faces; null if the data set has no such split.</returns>
    /// <exception cref="EvaluationException">Something is missing or damaged, or there is no face.</exception>
    public FaceSet? Read(string folder, Split split, int limit)
    {
        if (!Directory.Exists(folder))
            throw new EvaluationException($"The data folder {folder} does not exist; give it with --data.");
        var set = _read(folder, split, limit);
        return set is { Faces.Count: 0 }
            ? throw new EvaluationException($"{set.Name} in {folder} has no face; fetch the data set again.")
            : set;
    }
}
