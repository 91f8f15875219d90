namespace FaceAttributes.Evaluation.Data;

/// <summary>A picture of one face and the labels that its data set has of it; others are null.</summary>
/// <param name="Row">The number of its row, from 0.</param>
/// <param name="Picture">The picture.</param>
internal sealed record LabelledFace(int Row, FacePicture Picture)
{
    /// <summary>One of FER-2013's seven expressions.</summary>
    public string? Emotion { get; init; }

    /// <summary>"female" or "male".</summary>
    public string? Gender { get; init; }

    /// <summary>Whole years.</summary>
    public int? Age { get; init; }

    /// <summary>The band of the age.</summary>
    public AgeBand? AgeBand { get; init; }

    /// <summary>One of the data set's groups.</summary>
    public string? Race { get; init; }

    /// <summary>Whether the face wears glasses.</summary>
    public bool? Glasses { get; init; }

    /// <summary>Whether the same picture is in the data set's training part too.</summary>
    public bool? IsDuplicate { get; init; }

    /// <summary>Race and gender; null unless both are known.</summary>
    public string? Group => Race is null || Gender is null ? null : $"{Race}, {Gender}";
}
