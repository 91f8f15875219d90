namespace FaceAttributes.Evaluation.Danger;

/// <summary>What an estimator says of a picture, and what is true.</summary>
/// <param name="Probability">Of danger, from 0 to 1.</param>
/// <param name="Label">Its word: none, unknown, or a category.</param>
/// <param name="Category">The most probable danger.</param>
/// <param name="IsDangerous">The truth.</param>
internal sealed record DangerAnswer(double Probability, string Label, string Category, bool IsDangerous);

/// <summary>How well danger is told from none.</summary>
/// <param name="Name">Of the pictures.</param>
/// <param name="N">Pictures.</param>
/// <param name="Dangerous">How many of them are dangerous.</param>
/// <param name="Accuracy">Share on the right side of a probability of one half.</param>
/// <param name="Auc">Probability that a dangerous picture gets the higher estimate of two; null where there are only ones or others.</param>
/// <param name="FoundAt5">Share of the dangerous ones found where 5% of the others give a false alarm.</param>
/// <param name="FoundAt1">The same at 1%.</param>
/// <param name="Unknown">Share called unknown.</param>
/// <param name="AnsweredAccuracy">Accuracy of the others by their label.</param>
/// <param name="Found">Share of the dangerous ones whose label is a danger.</param>
/// <param name="FalseAlarms">Share of the others whose label is a danger.</param>
/// <param name="CalibrationError">Expected calibration error of the probability, in ten ranges.</param>
internal sealed record DangerFigures(
    string Name, int N, int Dangerous, double Accuracy, double? Auc, double? FoundAt5, double? FoundAt1, double Unknown,
    double AnsweredAccuracy, double Found, double FalseAlarms, double CalibrationError)
{
    private const int Bins = 10;

    /// <summary>Measures answers.</summary>
    /// <param name="name">Of the pictures.</param>
    /// <param name="answers">At least one.</param>
    public static DangerFigures Of(string name, IReadOnlyCollection<DangerAnswer> answers)
    {
        double[] alarms = [.. answers.Where(answer => answer.IsDangerous).Select(answer => answer.Probability)];
        double[] others = [.. answers.Where(answer => !answer.IsDangerous).Select(answer => answer.Probability).OrderDescending()];
        var both = alarms.Length > 0 && others.Length > 0;
        var answered = answers.Where(answer => answer.Label != "unknown").ToArray();
        return new DangerFigures(
            name, answers.Count, alarms.Length,
            Share(answers, answer => answer.Probability >= 0.5 == answer.IsDangerous),
            both ? alarms.Average(alarm => others.Average(other => alarm > other ? 1 : alarm == other ? 0.5 : 0)) : null,
            both ? FoundAt(alarms, others, 0.05) : null,
            both ? FoundAt(alarms, others, 0.01) : null,
            Share(answers, answer => answer.Label == "unknown"),
            Share(answered, answer => IsAlarm(answer) == answer.IsDangerous),
            Share([.. answers.Where(answer => answer.IsDangerous)], IsAlarm),
            Share([.. answers.Where(answer => !answer.IsDangerous)], IsAlarm),
            answers.GroupBy(answer => Math.Min((int)(answer.Probability * Bins), Bins - 1))
                .Sum(bin => Math.Abs(bin.Sum(answer => answer.Probability) - bin.Count(answer => answer.IsDangerous))) / answers.Count);
    }

    private static bool IsAlarm(DangerAnswer answer) => answer.Label is not ("none" or "unknown");

    private static double FoundAt(double[] alarms, double[] others, double rate)
    {
        var threshold = others[(int)(rate * others.Length)];
        return (double)alarms.Count(alarm => alarm > threshold) / alarms.Length;
    }

    private static double Share(IReadOnlyCollection<DangerAnswer> answers, Func<DangerAnswer, bool> holds) =>
        answers.Count == 0 ? 0 : (double)answers.Count(holds) / answers.Count;
}
