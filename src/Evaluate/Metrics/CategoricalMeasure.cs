using FaceAttributes.Evaluation.Answers;
using FaceAttributes.Evaluation.Data;
using FaceAttributes.Evaluation.Figures;

namespace FaceAttributes.Evaluation.Metrics;

/// <summary>All figures of a choice among classes on one test set.</summary>
internal static class CategoricalMeasure
{
    /// <summary>Measures.</summary>
    /// <param name="set">The test set.</param>
    /// <param name="faces">What the network said of its faces; at least one.</param>
    /// <param name="labels">The classes.</param>
    /// <param name="areAgeBands">Whether the classes are the age bands, which have an order.</param>
    public static CategoricalFigures Of(
        FaceSet set, IReadOnlyCollection<Judged> faces, IReadOnlyList<string> labels, bool areAgeBands = false) => new()
        {
            Set = set.Name,
            Headline = Headline(faces),
            WithoutDuplicates = WithoutDuplicates(faces),
            AccuracyWithNeighbours = areAgeBands ? Accuracy.WithNeighbours(faces) : null,
            Labels = labels,
            Classes = Parts.By(faces, labels, face => labels[face.Truth], Accuracy.Of),
            Confusion = Confusion.Count(faces, labels.Count),
            Reliability = Calibration.Reliability(faces),
            RiskCoverage = RiskCoverage.Curve(faces),
            Groups = Parts.Groups(faces, face => face.Face.Group, Accuracy.Of),
            Ages = areAgeBands ? null : Ages(faces),
            Glasses = Glasses(faces),
            Boxes = set.IsCropped ? null : Boxes(faces),
        };

    private static HeadlineFigures Headline(IReadOnlyCollection<Judged> faces)
    {
        Judged[] answered = [.. faces.Where(face => face.IsKnown)];
        return new HeadlineFigures(
            faces.Count, Accuracy.Of(faces), Accuracy.Balanced(faces),
            Calibration.ExpectedError(Calibration.Reliability(faces)),
            new AnsweredFigures(
                answered.Length, (double)answered.Length / faces.Count,
                answered.Length == 0 ? null : Accuracy.Of(answered)));
    }

    private static HeadlineFigures? WithoutDuplicates(IReadOnlyCollection<Judged> faces)
    {
        Judged[] unique = [.. faces.Where(face => face.Face.IsDuplicate == false)];
        return unique.Length == 0 ? null : Headline(unique);
    }

    private static PartFigures[]? Ages(IReadOnlyCollection<Judged> faces)
    {
        var ages = Parts.By(faces, AgeBands.All.Select(band => band.Name), face => face.Face.AgeBand?.Name, Accuracy.Of);
        return ages.Length == 0 ? null : ages;
    }

    private static GlassesFigures? Glasses(IReadOnlyCollection<Judged> faces)
    {
        var with = Parts.Of("with glasses", faces.Where(face => face.Face.Glasses == true), Accuracy.Of);
        var without = Parts.Of("without glasses", faces.Where(face => face.Face.Glasses == false), Accuracy.Of);
        return with is null || without is null ? null : new GlassesFigures(with, without, with.Value - without.Value);
    }

    private static BoxFigures Boxes(IReadOnlyCollection<Judged> faces) => new(
        Parts.Of("face found", faces.Where(face => face.IsFound), Accuracy.Of),
        Parts.Of("median box", faces.Where(face => !face.IsFound), Accuracy.Of),
        faces.Average(face => face.IsFound ? 1.0 : 0.0),
        faces.Average(face => face.IsFound && face.IsRight ? 1.0 : 0.0));
}
