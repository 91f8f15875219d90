using FaceAttributes.Classification;
using FaceAttributes.Evaluation.Answers;
using FaceAttributes.Evaluation.Data;
using FaceAttributes.Evaluation.Figures;

namespace FaceAttributes.Evaluation.Heads;

/// <summary>Measures one head of a network: is told what it says of its test sets, one after the other.</summary>
/// <param name="head">The head.</param>
/// <param name="sets">What it is measured on; the first also with worse pictures.</param>
internal abstract class HeadMeasure(ModelHead head, params IReadOnlyList<TestSet> sets)
{
    private readonly List<PartFigures> _corrupted = [];
    private string _corruptedSet = string.Empty;

    /// <summary>The head.</summary>
    public ModelHead Head => head;

    /// <summary>What it is measured on; the first also with worse pictures.</summary>
    public IReadOnlyList<TestSet> Sets => sets;

    /// <summary>Name of what <see cref="Score"/> gives.</summary>
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

    /// <summary>Measures on a set.</summary>
    /// <param name="set">The faces.</param>
    /// <param name="boxes">Where they were looked for.</param>
    /// <param name="answers">What the head said of each.</param>
    public abstract void Add(FaceSet set, IReadOnlyList<FaceBox> boxes, IReadOnlyList<HeadAnswer> answers);

    /// <summary>Measures on a set with worse pictures.</summary>
    /// <param name="set">The faces.</param>
    /// <param name="boxes">Where they were looked for.</param>
    /// <param name="corruption">What was done to them.</param>
    /// <param name="answers">What the head said of each.</param>
    public void AddCorrupted(
        FaceSet set, IReadOnlyList<FaceBox> boxes, Corruption corruption, IReadOnlyList<HeadAnswer> answers)
    {
        _corruptedSet = set.Name;
        _corrupted.Add(new PartFigures(corruption.Name, answers.Count, Score(set, boxes, answers)));
    }

    /// <summary>The one figure that is compared between worse and better pictures.</summary>
    protected abstract double Score(FaceSet set, IReadOnlyList<FaceBox> boxes, IReadOnlyList<HeadAnswer> answers);
}
