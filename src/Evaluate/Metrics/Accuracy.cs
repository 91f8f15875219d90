using FaceAttributes.Evaluation.Answers;

namespace FaceAttributes.Evaluation.Metrics;

/// <summary>Shares of right answers.</summary>
internal static class Accuracy
{
    /// <summary>Of all answers.</summary>
    /// <param name="faces">At least one.</param>
    public static double Of(IReadOnlyCollection<Judged> faces) => faces.Average(face => face.IsRight ? 1.0 : 0.0);

    /// <summary>Where the class before or after the true one counts as right.</summary>
    /// <param name="faces">At least one; their classes have an order.</param>
    public static double WithNeighbours(IReadOnlyCollection<Judged> faces) =>
        faces.Average(face => Math.Abs(face.Truth - face.Answer) <= 1 ? 1.0 : 0.0);

    /// <summary>The mean over the classes that occur of the accuracy of each.</summary>
    /// <param name="faces">At least one.</param>
    public static double Balanced(IReadOnlyCollection<Judged> faces) =>
        faces.GroupBy(face => face.Truth).Average(part => Of([.. part]));
}
