namespace FaceAttributes.Evaluation.Figures;

/// <summary>How well a network knows its error. Of normally distributed errors 68.3% and 95.4% were expected.</summary>
/// <param name="WithinOne">Share of the true values within one standard deviation of the estimate.</param>
/// <param name="WithinTwo">Share within two.</param>
/// <param name="Mean">Mean of the standard deviations, in the unit of the values.</param>
internal sealed record DeviationFigures(double WithinOne, double WithinTwo, double Mean);
