using FaceAttributes.Classification;
using FaceAttributes.Evaluation.Answers;
using FaceAttributes.Evaluation.Data;
using FaceAttributes.Evaluation.Figures;
using FaceAttributes.Evaluation.Metrics;

namespace FaceAttributes.Evaluation.Heads;

/// <summary>
/// Measures a head that estimates ages in years: its mean where a data set has the age, the band that it thinks most
/// probable where a data set has that only.
/// </summary>
internal sealed class AgeHead : HeadMeasure
{
    private static readonly string[] BandNames = [.. AgeBands.All.Select(band => band.Name)];

    private readonly AgeBandShares _shares;
    private readonly List<AgeFigures> _ages = [];
    private readonly List<CategoricalFigures> _bands = [];

    /// <summary>Prepares for a head.</summary>
    /// <param name="head">The head, which is numeric, in years.</param>
    /// <exception cref="EvaluationException">It is not numeric.</exception>
    public AgeHead(ModelHead head)
        : base(head, TestSet.UtkFace, TestSet.FairFace) =>
        _shares = new AgeBandShares(
            head.Values ?? throw new EvaluationException(
                "The head 'age' has no values; give its manifest the years of its labels."),
            AgeBands.All);

    /// <inheritdoc/>
    protected override string ScoreName => "mean_absolute_error";

    /// <inheritdoc/>
    protected override IReadOnlyList<AgeFigures> Age => _ages;

    /// <inheritdoc/>
    protected override IReadOnlyList<CategoricalFigures> Categorical => _bands;

    /// <inheritdoc/>
    public override void Add(FaceSet set, IReadOnlyList<FaceBox> boxes, IReadOnlyList<HeadAnswer> answers)
    {
        if (set.Faces.All(face => face.Age is not null))
            _ages.Add(AgeMeasure.Of(set, Estimate(set, boxes, answers)));
        else
            _bands.Add(CategoricalMeasure.Of(set, Judge(set, boxes, answers), BandNames, areAgeBands: true));
    }

    /// <inheritdoc/>
    protected override double Score(FaceSet set, IReadOnlyList<FaceBox> boxes, IReadOnlyList<HeadAnswer> answers) =>
        EstimationError.Mean(Estimate(set, boxes, answers));

    private static Estimated[] Estimate(FaceSet set, IReadOnlyList<FaceBox> boxes, IReadOnlyList<HeadAnswer> answers) =>
    [
        .. set.Faces.Zip(boxes, answers).Select(item => new Estimated(
            item.First, item.Second.IsFound, item.First.Age!.Value, item.Third.Mean, item.Third.StandardDeviation,
            item.Third.IsKnown)),
    ];

    private Judged[] Judge(FaceSet set, IReadOnlyList<FaceBox> boxes, IReadOnlyList<HeadAnswer> answers) =>
    [
        .. set.Faces.Zip(boxes, answers).Select(item => Judged.Of(
            item.First, item.Second.IsFound, Array.IndexOf(BandNames, item.First.AgeBand!.Name),
            _shares.Apply(item.Third.Probabilities), item.Third.IsKnown)),
    ];
}
