using FaceAttributes.Evaluation.Data;
using Vision.Geometry;

namespace FaceAttributes.Evaluation.Sequences;

/// <summary>A face in a photograph.</summary>
/// <param name="Picture">The photograph's file.</param>
/// <param name="Person">Whose face; the same in all photographs of a person.</param>
/// <param name="Face">Where it is, from hairline to chin and from cheek to cheek, in pixels.</param>
/// <param name="Emotion">What it shows, by the name that the networks use; null where that is not clear.</param>
/// <param name="Mask">A picture of the same size, white where the person is; null: head and shoulders are cut out as a rectangle.</param>
internal sealed record FacePhotograph(string Picture, string Person, Box Face, string? Emotion, string? Mask)
{
    /// <summary>The geometric mean of the face's width and height, in pixels.</summary>
    public double Side { get; } = Math.Sqrt(Face.Area);
}

/// <summary>
/// The photographs that sequences are made of. A folder has a table <c>faces.csv</c> with the columns picture, person, x, y,
/// width, height, emotion, mask: a row for each face, and one with empty cells for each picture that is a background.
/// </summary>
internal sealed class PhotographFolder
{
    private const string Table = "faces.csv";

    private readonly List<FacePhotograph> _faces = [];
    private readonly List<string> _backgrounds = [];

    private PhotographFolder()
    {
    }

    /// <summary>The faces, in the order of the tables.</summary>
    public IReadOnlyList<FacePhotograph> Faces => _faces;

    /// <summary>Pictures without a face.</summary>
    public IReadOnlyList<string> Backgrounds => _backgrounds;

    /// <summary>Reads the photographs that come with the program, and those of a folder.</summary>
    /// <param name="folder">The folder; null for none.</param>
    /// <exception cref="EvaluationException">The folder's table is missing or damaged, or it names a picture that is not there.</exception>
    public static PhotographFolder Read(string? folder)
    {
        var photographs = new PhotographFolder();
        photographs.Add(Path.Combine(AppContext.BaseDirectory, "people"));
        if (folder is not null)
            photographs.Add(folder);
        return photographs;
    }

    private void Add(string folder)
    {
        var path = Path.Combine(folder, Table);
        if (!File.Exists(path))
            throw new EvaluationException($"{path} does not exist; name with --data a folder with photographs and this table of their faces.");
        var table = new CsvTable(path);
        for (var row = 0; row < table.Count; row++)
        {
            var picture = Path.Combine(folder, table.Text(row, "picture"));
            if (!File.Exists(picture))
                throw new EvaluationException($"{path}:{row + 2} names {picture}, which does not exist; remove the row or add the picture.");
            if (table.Text(row, "person").Length == 0)
                _backgrounds.Add(picture);
            else
                _faces.Add(Face(table, row, folder));
        }
    }

    private static FacePhotograph Face(CsvTable table, int row, string folder)
    {
        var face = new Box(table.Number(row, "x"), table.Number(row, "y"), table.Number(row, "width"), table.Number(row, "height"));
        if (face.Area == 0)
            throw table.Wrong(row, "the face is empty");
        var (emotion, mask) = (table.Text(row, "emotion"), table.Text(row, "mask"));
        return new FacePhotograph(
            Path.Combine(folder, table.Text(row, "picture")), table.Text(row, "person"), face,
            emotion.Length == 0 ? null : emotion, mask.Length == 0 ? null : Path.Combine(folder, mask));
    }
}
