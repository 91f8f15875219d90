namespace FaceAttributes.Evaluation.Figures;

/// <summary>How well a network chooses among classes on one test set. Values of parts are accuracies.</summary>
internal sealed record CategoricalFigures
{
    /// <summary>The test set.</summary>
    public required string Set { get; init; }

    /// <summary>The first figures to look at.</summary>
    public required HeadlineFigures Headline { get; init; }

    /// <summary>The same without the pictures that are in the training part too; null if the set doesn't say.</summary>
    public HeadlineFigures? WithoutDuplicates { get; init; }

    /// <summary>Accuracy where the class before or after counts as right; null for classes without an order.</summary>
    public double? AccuracyWithNeighbours { get; init; }

    /// <summary>The classes that were chosen among.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>Accuracy of each true class that occurs.</summary>
    public required IReadOnlyList<PartFigures> Classes { get; init; }

    /// <summary>Faces by true class (rows) and answer (columns).</summary>
    public required IReadOnlyList<IReadOnlyList<int>> Confusion { get; init; }

    /// <summary>Confidence and accuracy in equal ranges of confidence.</summary>
    public required IReadOnlyList<ReliabilityBin> Reliability { get; init; }

    /// <summary>What answering only when confident gives, by rising threshold.</summary>
    public required IReadOnlyList<RiskCoveragePoint> RiskCoverage { get; init; }

    /// <summary>Accuracy by race and gender; null if the set doesn't say.</summary>
    public GroupFigures? Groups { get; init; }

    /// <summary>Accuracy by age band, youngest first; null if the set doesn't say, or if these are the classes.</summary>
    public IReadOnlyList<PartFigures>? Ages { get; init; }

    /// <summary>Accuracy with and without glasses; null if the set doesn't say.</summary>
    public GlassesFigures? Glasses { get; init; }

    /// <summary>What the detector does; null where the pictures are boxes already.</summary>
    public BoxFigures? Boxes { get; init; }
}
