using FaceAttributes.Evaluation.Data;

namespace FaceAttributes.Evaluation.Metrics;

/// <summary>How well a network estimates ages on one test set. Values of parts are mean absolute errors, in years.</summary>
internal sealed record AgeFigures
{
    /// <summary>The test set.</summary>
    public required string Set { get; init; }

    /// <summary>How many faces.</summary>
    public required int N { get; init; }

    /// <summary>Mean distance from the true age, in years, all faces answered.</summary>
    public required double MeanAbsoluteError { get; init; }

    /// <summary>Share of the faces whose estimate is at most five years off.</summary>
    public required double WithinFiveYears { get; init; }

    /// <summary>Share of the faces whose estimate is at most ten years off.</summary>
    public required double WithinTenYears { get; init; }

    /// <summary>Mean of estimate less truth, in years: positive if people are taken for older.</summary>
    public required double Bias { get; init; }

    /// <summary>How well the standard deviation fits.</summary>
    public required DeviationFigures Deviation { get; init; }

    /// <summary>The faces that are not unknown; its value is a mean absolute error.</summary>
    public required AnsweredFigures Answered { get; init; }

    /// <summary>Mean absolute error by true age, youngest first.</summary>
    public required IReadOnlyList<PartFigures> Ages { get; init; }

    /// <summary>Bias by true age: the values are means of estimate less truth.</summary>
    public required IReadOnlyList<PartFigures> AgeBias { get; init; }

    /// <summary>Mean absolute error by race and gender; null if the set doesn't say.</summary>
    public GroupFigures? Groups { get; init; }

    /// <summary>What the detector does; null where the pictures are boxes already.</summary>
    public BoxFigures? Boxes { get; init; }

    /// <summary>Measures.</summary>
    /// <param name="set">The test set.</param>
    /// <param name="faces">The network's results; at least one.</param>
    public static AgeFigures Of(FaceSet set, IReadOnlyCollection<RegressionResult> faces) => new()
    {
        Set = set.Name,
        N = faces.Count,
        MeanAbsoluteError = EstimationError.Mean(faces),
        WithinFiveYears = EstimationError.Within(faces, 5),
        WithinTenYears = EstimationError.Within(faces, 10),
        Bias = EstimationError.Bias(faces),
        Deviation = EstimationError.Deviation(faces),
        Answered = AnsweredOf(faces),
        Ages = ByAge(faces, EstimationError.Mean),
        AgeBias = ByAge(faces, EstimationError.Bias),
        Groups = Parts.Groups(faces, face => face.Face.Group, EstimationError.Mean, highIsBad: true),
        Boxes = set.IsCropped ? null : BoxesOf(faces),
    };

    /// <summary>The faces that are not unknown, and their mean absolute error.</summary>
    /// <param name="faces">The network's results; at least one.</param>
    public static AnsweredFigures AnsweredOf(IReadOnlyCollection<RegressionResult> faces)
    {
        RegressionResult[] answered = [.. faces.Where(face => face.IsKnown)];
        return new AnsweredFigures(
            answered.Length, (double)answered.Length / faces.Count,
            answered.Length == 0 ? null : EstimationError.Mean(answered));
    }

    private static PartFigures[] ByAge(
        IReadOnlyCollection<RegressionResult> faces, Func<IReadOnlyCollection<RegressionResult>, double> measure) =>
        Parts.By(faces, AgeBands.Names, face => face.Face.AgeBand?.Name, measure);

    private static BoxFigures BoxesOf(IReadOnlyCollection<RegressionResult> faces) => new(
        Parts.Of("face found", faces.Where(face => face.IsFound), EstimationError.Mean),
        Parts.Of("median box", faces.Where(face => !face.IsFound), EstimationError.Mean),
        faces.Average(face => face.IsFound ? 1.0 : 0.0),
        EndToEnd: null);
}
