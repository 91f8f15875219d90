namespace FaceAttributes.Classification;

/// <summary>What the manifests call the attributes of a face that the parts of this library know by name.</summary>
public static class FaceAttribute
{
    /// <summary>By labels such as <c>happy</c>: see <see cref="Drawing.Annotator"/> and <see cref="Privacy.EmotionMark"/>.</summary>
    public const string Emotion = "emotion";

    /// <summary>By the labels <c>female</c> and <c>male</c>.</summary>
    public const string Gender = "gender";

    /// <summary>A number, in years.</summary>
    public const string Age = "age";
}
