using FaceAttributes.Classification;
using FaceAttributes.Evaluation.Data;
using FaceAttributes.Evaluation.Metrics;
using FaceAttributes.Evaluation.Prediction;

namespace FaceAttributes.Evaluation.Heads;

/// <summary>What worse pictures and boxes do.</summary>
/// <param name="Set">The test set.</param>
/// <param name="Measure">"accuracy" or "mean_absolute_error".</param>
/// <param name="Corruptions">By corruption; the first is none.</param>
internal sealed record RobustnessFigures(string Set, string Measure, IReadOnlyList<CorruptedFigures> Corruptions);

/// <summary>What one kind of worse pictures or boxes does.</summary>
/// <param name="Name">The corruption.</param>
/// <param name="N">How many faces.</param>
/// <param name="Value">Accuracy from 0 to 1, or mean absolute error.</param>
/// <param name="CalibrationError">The expected calibration error; null for estimates.</param>
/// <param name="Answered">The faces that are not unknown, with the same measure.</param>
internal sealed record CorruptedFigures(string Name, int N, double Value, double? CalibrationError, AnsweredFigures Answered);

/// <summary>How well one head of a network does.</summary>
internal sealed record HeadFigures
{
    /// <summary>What it estimates.</summary>
    public required string Attribute { get; init; }

    /// <summary>The manifest's labels.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>The manifest's temperature.</summary>
    public required double Temperature { get; init; }

    /// <summary>Confidence below which an answer is unknown; null for numeric heads.</summary>
    public double? UnknownBelow { get; init; }

    /// <summary>Standard deviation above which an estimate is unknown; null if there is no such limit.</summary>
    public double? UnknownAbove { get; init; }

    /// <summary>The test sets on which it estimates ages in years.</summary>
    public required IReadOnlyList<AgeFigures> Age { get; init; }

    /// <summary>The test sets on which it chooses among classes: its labels, or age bands.</summary>
    public required IReadOnlyList<CategoricalFigures> Categorical { get; init; }

    /// <summary>What worse pictures do on its first test set.</summary>
    public required RobustnessFigures Robustness { get; init; }
}

/// <summary>Measures one head of a network, on one data set after the other.</summary>
/// <param name="head">The head.</param>
/// <param name="sets">What it is measured on; the first also with corruptions.</param>
internal abstract class HeadMeasure(ModelHead head, params IReadOnlyList<DataSet> sets)
{
    private readonly List<CorruptedFigures> _corrupted = [];
    private string _corruptedSet = string.Empty;

    /// <summary>The head.</summary>
    public ModelHead Head => head;

    /// <summary>What it is measured on; the first also with corruptions.</summary>
    public IReadOnlyList<DataSet> Sets => sets;

    /// <summary>Name of the value that <see cref="Corrupted"/> gives.</summary>
    protected abstract string ScoreName { get; }

    /// <summary>Figures of the sets on which it estimates ages.</summary>
    protected virtual IReadOnlyList<AgeFigures> Age => [];

    /// <summary>Figures of the sets on which it chooses among classes.</summary>
    protected abstract IReadOnlyList<CategoricalFigures> Categorical { get; }

    /// <summary>Everything that was measured.</summary>
    public HeadFigures Figures => new()
    {
        Attribute = head.Attribute,
        Labels = head.Labels,
        Temperature = Math.Round(head.Temperature, 4),
        UnknownBelow = head.Values is null ? Math.Round(head.UnknownBelow, 4) : null,
        UnknownAbove = float.IsFinite(head.UnknownAbove) ? Math.Round(head.UnknownAbove, 4) : null,
        Age = Age,
        Categorical = Categorical,
        Robustness = new RobustnessFigures(_corruptedSet, ScoreName, _corrupted),
    };

    /// <summary>The measure of a head, by its attribute.</summary>
    /// <exception cref="EvaluationException">There are no data to measure the attribute on.</exception>
    public static HeadMeasure For(ModelHead head) => head.Attribute switch
    {
        "emotion" => new CategoricalHead(head, face => face.Emotion, DataSet.Fer2013),
        "gender" => new CategoricalHead(head, face => face.Gender, DataSet.FairFace, DataSet.UtkFace, DataSet.Mtfl),
        "age" => new AgeHead(head),
        var attribute => throw new EvaluationException(
            $"There are no data to measure '{attribute}' on; name some of emotion, gender, age with --only."),
    };

    /// <summary>Measures on a set.</summary>
    /// <param name="set">The set.</param>
    /// <param name="faces">Its faces with the head's predictions.</param>
    public abstract void Add(FaceSet set, IReadOnlyList<PredictedFace> faces);

    /// <summary>Measures on a set with corrupted pictures or boxes.</summary>
    /// <param name="set">The set.</param>
    /// <param name="corruption">What was applied to it.</param>
    /// <param name="faces">Its faces with the head's predictions.</param>
    public void AddCorrupted(FaceSet set, Corruption corruption, IReadOnlyList<PredictedFace> faces)
    {
        _corruptedSet = set.Name;
        _corrupted.Add(Corrupted(corruption.Name, set, faces));
    }

    /// <summary>The few figures that are compared between corruptions.</summary>
    protected abstract CorruptedFigures Corrupted(string name, FaceSet set, IReadOnlyList<PredictedFace> faces);
}
