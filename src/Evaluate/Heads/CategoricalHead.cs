using FaceAttributes.Classification;
using FaceAttributes.Evaluation.Answers;
using FaceAttributes.Evaluation.Data;
using FaceAttributes.Evaluation.Figures;
using FaceAttributes.Evaluation.Metrics;

namespace FaceAttributes.Evaluation.Heads;

/// <summary>Measures a head that chooses among its labels.</summary>
/// <param name="head">The head.</param>
/// <param name="truthOf">The true label of a face.</param>
/// <param name="sets">What it is measured on.</param>
internal sealed class CategoricalHead(
    ModelHead head, Func<LabelledFace, string?> truthOf, params IReadOnlyList<TestSet> sets) : HeadMeasure(head, sets)
{
    private readonly List<CategoricalFigures> _figures = [];

    /// <inheritdoc/>
    protected override string ScoreName => "accuracy";

    /// <inheritdoc/>
    protected override IReadOnlyList<CategoricalFigures> Categorical => _figures;

    /// <inheritdoc/>
    public override void Add(FaceSet set, IReadOnlyList<FaceBox> boxes, IReadOnlyList<HeadAnswer> answers) =>
        _figures.Add(CategoricalMeasure.Of(set, Judge(set, boxes, answers), Head.Labels));

    /// <inheritdoc/>
    protected override double Score(FaceSet set, IReadOnlyList<FaceBox> boxes, IReadOnlyList<HeadAnswer> answers) =>
        Accuracy.Of(Judge(set, boxes, answers));

    private Judged[] Judge(FaceSet set, IReadOnlyList<FaceBox> boxes, IReadOnlyList<HeadAnswer> answers) =>
    [
        .. set.Faces.Zip(boxes, answers).Select(item => Judged.Of(
            item.First, item.Second.IsFound, Number(truthOf(item.First), set),
            [.. item.Third.Probabilities.Select(p => (double)p)], item.Third.IsKnown)),
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
