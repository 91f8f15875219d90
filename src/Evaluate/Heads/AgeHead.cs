using FaceAttributes.Classification;
using FaceAttributes.Evaluation.Data;
using FaceAttributes.Evaluation.Metrics;
using FaceAttributes.Evaluation.Prediction;

namespace FaceAttributes.Evaluation.Heads;

/// <summary>
/// Measures a head that estimates ages in years: its mean where a data set has the age, the band that is most probable
/// where a data set has that only.
/// </summary>
internal sealed class AgeHead : HeadMeasure
{
    private readonly AgeBandShares _shares;
    private readonly List<AgeFigures> _ages = [];
    private readonly List<CategoricalFigures> _bands = [];

    /// <summary>Prepares for a head.</summary>
    /// <param name="head">The head, which is numeric, in years.</param>
    /// <exception cref="EvaluationException">It is not numeric.</exception>
    public AgeHead(ModelHead head)
        : base(head, DataSet.UtkFace, DataSet.FairFace) =>
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
    public override void Add(FaceSet set, IReadOnlyList<PredictedFace> faces)
    {
        if (set.Faces.All(face => face.Age is not null))
            _ages.Add(AgeFigures.Of(set, Estimate(faces)));
        else
            _bands.Add(CategoricalFigures.Of(set, Classify(faces), AgeBands.Names, areAgeBands: true));
    }

    /// <inheritdoc/>
    protected override CorruptedFigures Corrupted(string name, FaceSet set, IReadOnlyList<PredictedFace> faces)
    {
        var estimates = Estimate(faces);
        return new CorruptedFigures(
            name, estimates.Length, EstimationError.Mean(estimates), CalibrationError: null, AgeFigures.AnsweredOf(estimates));
    }

    private static RegressionResult[] Estimate(IReadOnlyList<PredictedFace> faces) =>
    [
        .. faces.Select(item => new RegressionResult(
            item.Face, item.IsFound, item.Face.Age!.Value, item.Prediction.Mean, item.Prediction.StandardDeviation,
            item.Prediction.IsKnown)),
    ];

    private ClassificationResult[] Classify(IReadOnlyList<PredictedFace> faces) =>
    [
        .. faces.Select(item => ClassificationResult.Of(
            item.Face, item.IsFound, AgeBands.Names.IndexOf(item.Face.AgeBand!.Name),
            _shares.Apply(item.Prediction.Probabilities), item.Prediction.IsKnown)),
    ];
}
