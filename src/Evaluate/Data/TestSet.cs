namespace FaceAttributes.Evaluation.Data;

/// <summary>One of the data sets that models are measured on.</summary>
internal sealed class TestSet
{
    private readonly Func<string, Split, int, FaceSet?> _read;

    private TestSet(Func<string, Split, int, FaceSet?> read) => _read = read;

    /// <summary>FER-2013: emotion.</summary>
    public static TestSet Fer2013 { get; } = new(Data.Fer2013.Read);

    /// <summary>FairFace: gender, age band, race.</summary>
    public static TestSet FairFace { get; } = new(Data.FairFace.Read);

    /// <summary>UTKFace: gender, age, race.</summary>
    public static TestSet UtkFace { get; } = new(Data.UtkFace.Read);

    /// <summary>MTFL: gender, glasses.</summary>
    public static TestSet Mtfl { get; } =
        new((folder, split, limit) => split == Split.Test ? Data.Mtfl.Read(folder, limit) : null);

    /// <summary>All of them, in the order of measuring.</summary>
    public static IReadOnlyList<TestSet> All { get; } = [Fer2013, FairFace, UtkFace, Mtfl];

    /// <summary>Reads a part.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="split">Which part.</param>
    /// <param name="limit">How many faces to read at most.</param>
    /// <returns>The faces; null if the data set has no such part.</returns>
    /// <exception cref="EvaluationException">Something is missing or damaged, or there is no face.</exception>
    public FaceSet? Read(string folder, Split split, int limit)
    {
        var set = _read(folder, split, limit);
        return set is { Faces.Count: 0 }
            ? throw new EvaluationException($"{set.Name} in {folder} has no face; fetch the data set again.")
            : set;
    }
}
