namespace FaceAttributes.Evaluation.Figures;

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
