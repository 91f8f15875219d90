using FaceAttributes.Classification;
using FaceAttributes.Evaluation.Data;
using FaceAttributes.Evaluation.Metrics;
using FaceAttributes.Evaluation.Prediction;

namespace FaceAttributes.Evaluation.Heads;

/// <summary>Measures a head that chooses among its labels.</summary>
/// <param name="head">The head.</param>
/// <param name="truthOf">The true label of a face.</param>
/// <param name="sets">What it is measured on.</param>
internal sealed class CategoricalHead(
    ModelHead head, Func<LabelledFace, string?> truthOf, params IReadOnlyList<DataSet> sets) : HeadMeasure(head, sets)
{
    private readonly List<CategoricalFigures> _figures = [];

    /// <inheritdoc/>
    protected override string ScoreName => "accuracy";

    /// <inheritdoc/>
    protected override IReadOnlyList<CategoricalFigures> Categorical => _figures;

    /// <inheritdoc/>
    public override void Add(FaceSet set, IReadOnlyList<PredictedFace> faces) =>
        _figures.Add(CategoricalFigures.Of(set, Classify(set, faces), Head.Labels));

    /// <inheritdoc/>
    protected override CorruptedFigures Corrupted(string name, FaceSet set, IReadOnlyList<PredictedFace> faces)
    {
        var headline = CategoricalFigures.HeadlineOf(Classify(set, faces));
        return new CorruptedFigures(name, headline.N, headline.Accuracy, headline.ExpectedCalibrationError, headline.Answered);
    }

    private ClassificationResult[] Classify(FaceSet set, IReadOnlyList<PredictedFace> faces) =>
    [
        .. faces.Select(item => ClassificationResult.Of(
            item.Face, item.IsFound, Number(truthOf(item.Face), set),
            [.. item.Prediction.Probabilities.Select(p => (double)p)], item.Prediction.IsKnown)),
    ];

    private int Number(string? label, FaceSet set)
    {
        for (var i = 0; i < Head.Labels.Count; i++)
        {
            if (Head.Labels[i] == label)
                return i;
        }

        throw new EvaluationException(
            $"The head '{Head.Attribute}' has no label '{label}', which {set.Name} has; " +
            "name its labels as the data sets do.");
    }
}
