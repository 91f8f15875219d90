namespace FaceAttributes.Evaluation.Data;

/// <summary>The faces of one data set that a model is measured on.</summary>
/// <param name="Name">Name and part, such as "FairFace val".</param>
/// <param name="Faces">At least one.</param>
internal sealed record FaceSet(string Name, IReadOnlyList<LabelledFace> Faces)
{
    /// <summary>Whether the pictures are a detector's boxes already, so that none need be looked for.</summary>
    public bool IsCropped { get; init; }
}
