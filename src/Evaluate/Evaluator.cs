using FaceAttributes.Classification;
using FaceAttributes.Evaluation.Answers;
using FaceAttributes.Evaluation.Data;
using FaceAttributes.Evaluation.Figures;
using FaceAttributes.Evaluation.Heads;
using Vision.Inference;

namespace FaceAttributes.Evaluation;

/// <summary>Measures a model on the data sets.</summary>
/// <param name="options">What to measure.</param>
/// <param name="progress">Told what is being done, a line at a time.</param>
internal sealed class Evaluator(EvaluateOptions options, TextWriter progress)
{
    /// <summary>Measures everything.</summary>
    /// <exception cref="EvaluationException">Something is missing, or unknown.</exception>
    /// <exception cref="ModelException">The model cannot be used.</exception>
    public ModelFigures Run()
    {
        var manifest = AttributeManifest.Load(options.Model);
        var measures = Measures(manifest);
        if (!Directory.Exists(options.Data))
            throw new EvaluationException($"The data folder {options.Data} does not exist; give it with --data.");

        SpeedFigures? speed = null;
        using var reader = new SetReader(manifest);
        foreach (var test in TestSet.All)
        {
            (HeadMeasure Measure, int Head)[] concerned = [.. measures.Where(item => item.Measure.Sets.Contains(test))];
            if (concerned.Length == 0)
                continue;
            if (test.Read(options.Data, options.Split, options.Limit ?? int.MaxValue) is not { } set)
                continue;

            progress.WriteLine($"{set.Name}: {set.Faces.Count} faces");
            var boxes = reader.Find(set);
            var answers = reader.Read(set, boxes, Corruptions.All[0]);
            foreach (var (measure, head) in concerned)
                measure.Add(set, boxes, Of(head, answers));

            // The first corruption changes nothing: its answers are there already.
            (HeadMeasure Measure, int Head)[] corrupted = [.. concerned.Where(item => item.Measure.Sets[0] == test)];
            foreach (var (measure, head) in corrupted)
                measure.AddCorrupted(set, boxes, Corruptions.All[0], Of(head, answers));
            foreach (var corruption in Corruptions.All.Skip(1))
                Corrupt(reader, set, boxes, corruption, corrupted);
            speed ??= SpeedTest.Run(manifest, set.Faces[0].Picture, boxes[0].Box);
        }

        return new ModelFigures
        {
            Model = manifest.Name,
            Sha256 = manifest.Model.Sha256,
            Bytes = new FileInfo(manifest.Model.Path).Length,
            Split = options.Split == Split.Test ? "test" : "selection",
            Limit = options.Limit,
            Heads = [.. measures.Select(item => item.Measure.Figures)],
            Speed = speed!,
        };
    }

    private static HeadAnswer[] Of(int head, HeadAnswer[][] answers) => [.. answers.Select(answer => answer[head])];

    private (HeadMeasure Measure, int Head)[] Measures(AttributeManifest manifest)
    {
        string[] attributes = [.. manifest.Heads.Select(head => head.Attribute)];
        if (options.Only?.Except(attributes).FirstOrDefault() is { } missing)
        {
            throw new EvaluationException(
                $"Model '{manifest.Name}' has no head '{missing}'; it has {string.Join(", ", attributes)}.");
        }

        return
        [
            .. manifest.Heads.Index().Where(item => options.Only?.Contains(item.Item.Attribute) ?? true)
                .Select(item => (HeadMeasures.For(item.Item), item.Index)),
        ];
    }

    private void Corrupt(
        SetReader reader, FaceSet set, FaceBox[] boxes, Corruption corruption,
        (HeadMeasure Measure, int Head)[] concerned)
    {
        if (concerned.Length == 0)
            return;
        progress.WriteLine($"{set.Name}, {corruption.Name}");
        var answers = reader.Read(set, boxes, corruption);
        foreach (var (measure, head) in concerned)
            measure.AddCorrupted(set, boxes, corruption, Of(head, answers));
    }
}
