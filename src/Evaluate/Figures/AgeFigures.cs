namespace FaceAttributes.Evaluation.Figures;

/// <summary>How well a network estimates ages on one test set. Values of parts are mean absolute errors, in years.</summary>
internal sealed record AgeFigures
{
    /// <summary>The test set.</summary>
    public required string Set { get; init; }

    /// <summary>How many faces.</summary>
    public required int N { get; init; }

    /// <summary>Mean distance from the true age, in years, all faces answered.</summary>
    public required double MeanAbsoluteError { get; init; }

    /// <summary>Share of the faces whose estimate is at most five years off.</summary>
    public required double WithinFiveYears { get; init; }

    /// <summary>Share of the faces whose estimate is at most ten years off.</summary>
    public required double WithinTenYears { get; init; }

    /// <summary>Mean of estimate less truth, in years: positive if people are taken for older.</summary>
    public required double Bias { get; init; }

    /// <summary>How well the standard deviation fits.</summary>
    public required DeviationFigures Deviation { get; init; }

    /// <summary>The faces that are not unknown; its value is a mean absolute error.</summary>
    public required AnsweredFigures Answered { get; init; }

    /// <summary>Mean absolute error by true age, youngest first.</summary>
    public required IReadOnlyList<PartFigures> Ages { get; init; }

    /// <summary>Bias by true age: the values are means of estimate less truth.</summary>
    public required IReadOnlyList<PartFigures> AgeBias { get; init; }

    /// <summary>Mean absolute error by race and gender; null if the set doesn't say.</summary>
    public GroupFigures? Groups { get; init; }

    /// <summary>What the detector does; null where the pictures are boxes already.</summary>
    public BoxFigures? Boxes { get; init; }
}
