using FaceAttributes.Classification;
using FaceAttributes.Evaluation.Data;
using FaceAttributes.Evaluation.Heads;
using FaceAttributes.Evaluation.Prediction;
using Vision.Inference;

namespace FaceAttributes.Evaluation;

/// <summary>Measures a model on the data sets.</summary>
/// <param name="options">What to measure.</param>
/// <param name="progress">Gets a line for each step.</param>
internal sealed class Evaluator(EvaluateOptions options, TextWriter progress)
{
    /// <summary>Measures everything.</summary>
    /// <exception cref="EvaluationException">Something is missing, or unknown.</exception>
    /// <exception cref="ModelException">The model cannot be used.</exception>
    public ModelFigures Run()
    {
        var manifest = AttributeManifest.Load(options.Model);
        var measures = Measures(manifest);
        SpeedFigures? speed = null;
        using var finders = new WorkerPool<FaceFinder>(() => new FaceFinder((options.Detector ?? DetectorChoice.Haar).Create(FaceFinder.MinSize)));
        using var predictors = new WorkerPool<FacePredictor>(() => new FacePredictor(new AttributeClassifier(manifest)));
        foreach (var data in DataSet.All)
        {
            (HeadMeasure Measure, int Head)[] concerned = [.. measures.Where(item => item.Measure.Sets.Contains(data))];
            if (concerned.Length == 0 || data.Read(options.Data, options.Split, options.Limit ?? int.MaxValue) is not { } read)
                continue;

            // Who asks for a detector wants its boxes, also where the pictures are another one's.
            var set = read with { IsCropped = read.IsCropped && options.Detector is null };
            progress.WriteLine($"{set.Name}: {set.Faces.Count} faces");
            FaceBox[] boxes = set.IsCropped ? [.. set.Faces.Select(FaceFinder.Whole)] : FaceFinder.FindAll(finders, set);
            var faces = FacePredictor.PredictAll(predictors, set, boxes, Corruption.All[0]);
            foreach (var (measure, head) in concerned)
                measure.Add(set, faces[head]);

            (HeadMeasure Measure, int Head)[] corrupted = [.. concerned.Where(item => item.Measure.Sets[0] == data)];
            foreach (var corruption in corrupted.Length == 0 ? [] : Corruption.All)
            {
                // The first changes nothing: its predictions are there already.
                if (corruption != Corruption.All[0])
                {
                    progress.WriteLine($"{set.Name}, {corruption.Name}");
                    faces = FacePredictor.PredictAll(predictors, set, boxes, corruption);
                }

                foreach (var (measure, head) in corrupted)
                    measure.AddCorrupted(set, corruption, faces[head]);
            }

            speed ??= SpeedTest.Run(manifest, set.Faces[0].Picture, boxes[0].Box);
        }

        return new ModelFigures
        {
            Model = manifest.Name,
            Sha256 = manifest.Model.Sha256,
            Bytes = new FileInfo(manifest.Model.Path).Length,
            Split = options.Split == Split.Test ? "test" : "selection",
            Detector = (options.Detector ?? DetectorChoice.Haar).ToString(),
            TakesCropsAsBoxes = options.Detector is null,
            Limit = options.Limit,
            Heads = [.. measures.Select(item => item.Measure.Figures)],
            NoFaces = AnswersWithoutFaces(measures, predictors),
            Speed = speed!,
        };
    }

    private NoFacesFigures[]? AnswersWithoutFaces((HeadMeasure Measure, int Head)[] measures, WorkerPool<FacePredictor> predictors)
    {
        if (NoFaces.Read(options.Data, options.Split, options.Limit ?? int.MaxValue) is not { } none)
            return null;
        progress.WriteLine($"{none.Set.Name}: {none.Set.Faces.Count} pictures");
        var heads = FacePredictor.PredictAll(predictors, none.Set, none.Boxes(), Corruption.All[0]);
        return
        [
            .. none.Detections.Index().GroupBy(item => item.Item, item => item.Index).OrderByDescending(group => group.Key, StringComparer.Ordinal)
                .Select(group => new NoFacesFigures(
                    group.Key, group.Count(),
                    measures.ToDictionary(item => item.Measure.Head.Attribute, item => group.Average(index => heads[item.Head][index].Prediction.IsKnown ? 1.0 : 0.0)))),
        ];
    }

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
                .Select(item => (HeadMeasure.For(item.Item), item.Index)),
        ];
    }
}
