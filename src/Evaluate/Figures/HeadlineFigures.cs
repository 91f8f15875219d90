namespace FaceAttributes.Evaluation.Figures;

/// <summary>The first figures to look at.</summary>
/// <param name="N">How many faces.</param>
/// <param name="Accuracy">Share of right answers, all faces answered.</param>
/// <param name="BalancedAccuracy">Mean over the classes of the accuracy of each.</param>
/// <param name="ExpectedCalibrationError">See <see cref="Metrics.Calibration"/>.</param>
/// <param name="Answered">The faces that are not unknown; its value is an accuracy.</param>
internal sealed record HeadlineFigures(
    int N, double Accuracy, double BalancedAccuracy, double ExpectedCalibrationError, AnsweredFigures Answered);
