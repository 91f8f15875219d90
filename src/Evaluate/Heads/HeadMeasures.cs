using FaceAttributes.Classification;
using FaceAttributes.Evaluation.Data;

namespace FaceAttributes.Evaluation.Heads;

/// <summary>What each attribute is measured on.</summary>
internal static class HeadMeasures
{
    private static readonly string[] Known = ["emotion", "gender", "age"];

    /// <summary>The measure of a head, by its attribute.</summary>
    /// <exception cref="EvaluationException">Nothing is known to measure the attribute on.</exception>
    public static HeadMeasure For(ModelHead head) => head.Attribute switch
    {
        "emotion" => new CategoricalHead(head, face => face.Emotion, TestSet.Fer2013),
        "gender" => new CategoricalHead(head, face => face.Gender, TestSet.FairFace, TestSet.UtkFace, TestSet.Mtfl),
        "age" => new AgeHead(head),
        var attribute => throw new EvaluationException(
            $"There are no data to measure '{attribute}' on; name some of {string.Join(", ", Known)} with --only."),
    };
}
