using FaceAttributes.Evaluation.Prediction;

namespace FaceAttributes.Evaluation.Data;

/// <summary>
/// What detectors take for faces in pictures of nobody, as models/training/no_faces.py writes it: crops with their surroundings, the box in the middle.
/// </summary>
/// <param name="Set">The pictures, without labels. At least one.</param>
/// <param name="Detections">By picture, what took it for a face and how surely, such as "ultraface, 0.7 and above".</param>
internal sealed record NoFaces(FaceSet Set, IReadOnlyList<string> Detections)
{
    // How many times as wide as the box a crop is: CONTEXT in models/training/augment.py.
    private const double Context = 1.5;

    /// <summary>Reads a split.</summary>
    /// <param name="folder">The data folder, which may hold no_faces/.</param>
    /// <param name="split">Which split.</param>
    /// <param name="limit">How many to read at most.</param>
    /// <returns>Null without that folder, which not everybody makes, and for <see cref="Split.Selection"/>.</returns>
    /// <exception cref="EvaluationException">Something is missing or damaged, or there is no picture.</exception>
    public static NoFaces? Read(string folder, Split split, int limit)
    {
        var place = Path.Combine(folder, "no_faces");
        if (split == Split.Selection || !Directory.Exists(place))
            return null;

        var index = new CsvTable(Path.Combine(place, "index.csv"));
        var wanted = Enumerable.Range(0, index.Count)
            .Where(line => index.Choice(line, "split", ("train", Split.Train), ("test", Split.Test)) == split)
            .Select(line => index.Number(line, "row")).ToHashSet();
        var detections = new List<string>();
        var faces = JpegFaces.Read(
            Path.Combine(place, "index.csv"), Path.Combine(place, "faces.jpgs"), wanted.Contains, limit,
            (table, line, face) =>
            {
                detections.Add(Detection(table.Text(line, "detector"), table.Real(line, "score")));
                return face;
            });
        return faces.Count == 0
            ? throw new EvaluationException($"{place} has no picture to {split}; run models/training/no_faces.py again.")
            : new NoFaces(new FaceSet("What is no face", "no faces", faces), detections);
    }

    /// <summary>The box in the middle of each crop.</summary>
    public FaceBox[] Boxes() =>
    [
        .. Set.Faces.Select(face =>
        {
            var whole = FaceFinder.Whole(face);
            return whole with { Box = whole.Box.Moved(right: 0, down: 0, 1 / Context) };
        }),
    ];

    // The cascade's scores say nothing that could be put into bands.
    private static string Detection(string detector, double score) => detector == "haar" ? detector : score switch
    {
        >= 0.7 => $"{detector}, 0.7 and above",
        >= 0.4 => $"{detector}, 0.4 to 0.7",
        _ => $"{detector}, 0.1 to 0.4",
    };
}
