using FaceAttributes.Evaluation.Data;

namespace FaceAttributes.Evaluation.Metrics;

/// <summary>The first figures to look at.</summary>
/// <param name="N">How many faces.</param>
/// <param name="Accuracy">Share of right answers, all faces answered.</param>
/// <param name="BalancedAccuracy">Mean over the classes of the accuracy of each.</param>
/// <param name="ExpectedCalibrationError">See <see cref="Calibration"/>.</param>
/// <param name="Answered">The faces that are not unknown; its value is an accuracy.</param>
internal sealed record HeadlineFigures(
    int N, double Accuracy, double BalancedAccuracy, double ExpectedCalibrationError, AnsweredFigures Answered);

/// <summary>What glasses do to the accuracy.</summary>
/// <param name="With">Faces with glasses.</param>
/// <param name="Without">Faces without.</param>
/// <param name="Gap">Accuracy with less accuracy without.</param>
internal sealed record GlassesFigures(PartFigures With, PartFigures Without, double Gap);

/// <summary>How well a network chooses among classes on one test set. Values of parts are accuracies.</summary>
internal sealed record CategoricalFigures
{
    /// <summary>The test set.</summary>
    public required string Set { get; init; }

    /// <summary>The first figures to look at.</summary>
    public required HeadlineFigures Headline { get; init; }

    /// <summary>The same without the pictures that are in the training part too; null if the set doesn't say.</summary>
    public HeadlineFigures? WithoutDuplicates { get; init; }

    /// <summary>Accuracy where the class before or after counts as right; null for classes without an order.</summary>
    public double? AccuracyWithNeighbours { get; init; }

    /// <summary>The classes that were chosen among.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>Accuracy of each true class that occurs.</summary>
    public required IReadOnlyList<PartFigures> Classes { get; init; }

    /// <summary>Faces by true class (rows) and answer (columns).</summary>
    public required IReadOnlyList<IReadOnlyList<int>> Confusion { get; init; }

    /// <summary>Confidence and accuracy in equal ranges of confidence.</summary>
    public required IReadOnlyList<ReliabilityBin> Reliability { get; init; }

    /// <summary>What answering only when confident gives, by rising threshold.</summary>
    public required IReadOnlyList<RiskCoveragePoint> RiskCoverage { get; init; }

    /// <summary>Accuracy by race and gender; null if the set doesn't say.</summary>
    public GroupFigures? Groups { get; init; }

    /// <summary>Accuracy by age band, youngest first; null if the set doesn't say, or if these are the classes.</summary>
    public IReadOnlyList<PartFigures>? Ages { get; init; }

    /// <summary>Accuracy with and without glasses; null if the set doesn't say.</summary>
    public GlassesFigures? Glasses { get; init; }

    /// <summary>What the detector does; null where the pictures are boxes already.</summary>
    public BoxFigures? Boxes { get; init; }

    /// <summary>Measures.</summary>
    /// <param name="set">The test set.</param>
    /// <param name="faces">The network's results; at least one.</param>
    /// <param name="labels">The classes.</param>
    /// <param name="areAgeBands">Whether the classes are the age bands, which have an order.</param>
    public static CategoricalFigures Of(
        FaceSet set, IReadOnlyCollection<ClassificationResult> faces, IReadOnlyList<string> labels, bool areAgeBands = false) => new()
        {
            Set = set.Name,
            Headline = HeadlineOf(faces),
            WithoutDuplicates = WithoutDuplicatesOf(faces),
            AccuracyWithNeighbours = areAgeBands ? Accuracy.WithNeighbours(faces) : null,
            Labels = labels,
            Classes = Parts.By(faces, labels, face => labels[face.Truth], Accuracy.Of),
            Confusion = Accuracy.Confusion(faces, labels.Count),
            Reliability = Calibration.Reliability(faces),
            RiskCoverage = Metrics.RiskCoverage.Curve(faces),
            Groups = Parts.Groups(faces, face => face.Face.Group, Accuracy.Of),
            Ages = areAgeBands ? null : AgesOf(faces),
            Glasses = GlassesOf(faces),
            Boxes = set.IsCropped ? null : BoxesOf(faces),
        };

    /// <summary>The first figures of some faces.</summary>
    /// <param name="faces">The network's results; at least one.</param>
    public static HeadlineFigures HeadlineOf(IReadOnlyCollection<ClassificationResult> faces)
    {
        ClassificationResult[] answered = [.. faces.Where(face => face.IsKnown)];
        return new HeadlineFigures(
            faces.Count, Accuracy.Of(faces), Accuracy.Balanced(faces),
            Calibration.ExpectedError(Calibration.Reliability(faces)),
            new AnsweredFigures(
                answered.Length, (double)answered.Length / faces.Count,
                answered.Length == 0 ? null : Accuracy.Of(answered)));
    }

    private static HeadlineFigures? WithoutDuplicatesOf(IReadOnlyCollection<ClassificationResult> faces)
    {
        ClassificationResult[] unique = [.. faces.Where(face => face.Face.IsDuplicate == false)];
        return unique.Length == 0 ? null : HeadlineOf(unique);
    }

    private static PartFigures[]? AgesOf(IReadOnlyCollection<ClassificationResult> faces)
    {
        var ages = Parts.By(faces, AgeBands.Names, face => face.Face.AgeBand?.Name, Accuracy.Of);
        return ages.Length == 0 ? null : ages;
    }

    private static GlassesFigures? GlassesOf(IReadOnlyCollection<ClassificationResult> faces)
    {
        var with = Parts.Of("with glasses", faces.Where(face => face.Face.Glasses == true), Accuracy.Of);
        var without = Parts.Of("without glasses", faces.Where(face => face.Face.Glasses == false), Accuracy.Of);
        return with is null || without is null ? null : new GlassesFigures(with, without, with.Value - without.Value);
    }

    private static BoxFigures BoxesOf(IReadOnlyCollection<ClassificationResult> faces) => new(
        Parts.Of("face found", faces.Where(face => face.IsFound), Accuracy.Of),
        Parts.Of("median box", faces.Where(face => !face.IsFound), Accuracy.Of),
        faces.Average(face => face.IsFound ? 1.0 : 0.0),
        faces.Average(face => face.IsFound && face.IsCorrect ? 1.0 : 0.0));
}
