using System.Globalization;
using FaceAttributes.Evaluation.Data;
using FaceAttributes.Evaluation.Prediction;

namespace FaceAttributes.Evaluation;

/// <summary>
/// The boxes that a detector of the node finds on all faces of all data sets, for training: it sees what the node sees, and
/// learns from the splits that are decided here.
/// </summary>
internal static class BoxTable
{
    /// <summary>Finds the faces and writes a comma-separated row for each.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="detector">Finds them.</param>
    /// <param name="limit">How many faces of each split at most.</param>
    /// <param name="output">Where to write.</param>
    /// <param name="progress">For a line a set.</param>
    /// <exception cref="EvaluationException">Something is missing or damaged.</exception>
    public static void Write(string folder, DetectorChoice detector, int limit, TextWriter output, TextWriter progress)
    {
        using var finders = new WorkerPool<FaceFinder>(() => new FaceFinder(detector.Create(FaceFinder.MinSize)));
        output.Write("set,row,split,x,y,width,height,found\n");
        foreach (var data in DataSet.All)
        {
            foreach (var split in Enum.GetValues<Split>())
            {
                if (data.Read(folder, split, limit) is not { } set)
                    continue;
                progress.WriteLine($"{set.Name}: {set.Faces.Count} faces");
                var name = split switch { Split.Train => "train", Split.Selection => "selection", _ => "test" };
                foreach (var (face, (box, isFound)) in set.Faces.Zip(FaceFinder.FindAll(finders, set)))
                {
                    output.Write(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{set.Source},{face.Row},{name},{box.X},{box.Y},{box.Width},{box.Height},{(isFound ? 1 : 0)}\n"));
                }
            }
        }
    }
}
