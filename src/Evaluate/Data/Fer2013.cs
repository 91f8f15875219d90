using OpenCvSharp;

namespace FaceAttributes.Evaluation.Data;

/// <summary>
/// FER-2013 (Goodfellow et al. 2013, arXiv:1307.0414): 48×48 grey faces, 3000 of them one above the other in each file.
/// </summary>
internal static class Fer2013
{
    private const int Side = 48;
    private const int FacesInFile = 3000;

    // In the order of the data set's numbers.
    private static readonly string[] Emotions = ["angry", "disgust", "fear", "happy", "sad", "surprise", "neutral"];

    /// <summary>Its parts "Training", "PublicTest" for selection, and "PrivateTest" to test.</summary>
    /// <param name="folder">The data folder, which holds fer2013/.</param>
    /// <param name="split">Which split.</param>
    /// <param name="limit">How many faces to read at most.</param>
    /// <exception cref="EvaluationException">Something is missing or damaged.</exception>
    public static FaceSet Read(string folder, Split split, int limit)
    {
        folder = Path.Combine(folder, "fer2013");
        var usage = split switch { Split.Test => "PrivateTest", Split.Selection => "PublicTest", _ => "Training" };
        var table = new CsvTable(Path.Combine(folder, "labels.csv"));
        var rows = Enumerable.Range(0, table.Count).Where(row => table.Text(row, "usage") == usage).Take(limit);
        var faces = new List<LabelledFace>();
        foreach (var file in rows.GroupBy(row => row / FacesInFile))
        {
            using var stack = ReadStack(Path.Combine(folder, $"faces_{file.Key:00}.png"), 1 + file.Max() % FacesInFile);
            faces.AddRange(file.Select(row => new LabelledFace(row, Cut(stack, row % FacesInFile))
            {
                Emotion = EmotionOf(table, row),
                IsDuplicate = table.Choice(row, "duplicate_of_training", ("0", false), ("1", true)),
            }));
        }

        return new FaceSet($"FER-2013 {usage}", "FER-2013", faces) { IsCropped = true };
    }

    private static string EmotionOf(CsvTable table, int row)
    {
        var number = table.Number(row, "emotion");
        return number < Emotions.Length
            ? Emotions[number]
            : throw table.Wrong(row, $"'emotion' is {number}, not from 0 to 6");
    }

    private static Mat ReadStack(string path, int faces)
    {
        var stack = Cv2.ImDecode(DataFile.ReadBytes(path), ImreadModes.Grayscale);
        if (stack.Width == Side && stack.Height >= faces * Side)
            return stack;
        stack.Dispose();
        throw new EvaluationException(
            $"{path} is no picture {Side} pixels wide with at least {faces} faces; fetch the data set again.");
    }

    private static GrayPicture Cut(Mat stack, int index)
    {
        using var part = stack.RowRange(index * Side, (index + 1) * Side);
        part.GetArray(out byte[] pixels);
        return new GrayPicture(pixels, Side);
    }
}
