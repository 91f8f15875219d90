using FaceAttributes.Evaluation.Answers;
using FaceAttributes.Evaluation.Data;
using FaceAttributes.Evaluation.Figures;

namespace FaceAttributes.Evaluation.Metrics;

/// <summary>All figures of an estimate of ages on one test set.</summary>
internal static class AgeMeasure
{
    /// <summary>Measures.</summary>
    /// <param name="set">The test set.</param>
    /// <param name="faces">What the network said of its faces; at least one.</param>
    public static AgeFigures Of(FaceSet set, IReadOnlyCollection<Estimated> faces) => new()
    {
        Set = set.Name,
        N = faces.Count,
        MeanAbsoluteError = EstimationError.Mean(faces),
        WithinFiveYears = EstimationError.Within(faces, 5),
        WithinTenYears = EstimationError.Within(faces, 10),
        Bias = EstimationError.Bias(faces),
        Deviation = EstimationError.Deviation(faces),
        Answered = Answered(faces),
        Ages = ByAge(faces, EstimationError.Mean),
        AgeBias = ByAge(faces, EstimationError.Bias),
        Groups = Parts.Groups(faces, face => face.Face.Group, EstimationError.Mean, highIsBad: true),
        Boxes = set.IsCropped ? null : Boxes(faces),
    };

    private static AnsweredFigures Answered(IReadOnlyCollection<Estimated> faces)
    {
        Estimated[] answered = [.. faces.Where(face => face.IsKnown)];
        return new AnsweredFigures(
            answered.Length, (double)answered.Length / faces.Count,
            answered.Length == 0 ? null : EstimationError.Mean(answered));
    }

    private static PartFigures[] ByAge(
        IReadOnlyCollection<Estimated> faces, Func<IReadOnlyCollection<Estimated>, double> measure) =>
        Parts.By(faces, AgeBands.All.Select(band => band.Name), face => face.Face.AgeBand?.Name, measure);

    private static BoxFigures Boxes(IReadOnlyCollection<Estimated> faces) => new(
        Parts.Of("face found", faces.Where(face => face.IsFound), EstimationError.Mean),
        Parts.Of("median box", faces.Where(face => !face.IsFound), EstimationError.Mean),
        faces.Average(face => face.IsFound ? 1.0 : 0.0),
        EndToEnd: null);
}
