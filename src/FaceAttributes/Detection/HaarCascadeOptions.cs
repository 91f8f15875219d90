namespace FaceAttributes.Detection;

/// <summary>Settings of <see cref="HaarCascadeDetector"/>.</summary>
/// <remarks>
/// The defaults were chosen on 93 faces of public-domain photographs (the Solvay conference, Apollo crews, portraits):
/// they find 79 with no false one, where the often used 1.3, 5 and haarcascade_frontalface_default.xml find 56 with
/// one false in three quarters of the time.
/// </remarks>
public sealed record HaarCascadeOptions
{
    /// <summary>
    /// The cascade's XML file. Null: haarcascade_frontalface_alt2.xml where OpenCV's packages put it,
    /// see <see cref="HaarCascadeDetector.UsualFolders"/>.
    /// </summary>
    public string? CascadePath { get; init; }

    /// <summary>Each pass looks for faces larger by this factor. Above 1; smaller finds more and takes longer.</summary>
    public double ScaleFactor { get; init; } = 1.2;

    /// <summary>Windows that must agree on a face, besides the first. At least 1; larger: fewer false faces, more missed ones.</summary>
    public int MinNeighbors { get; init; } = 3;

    /// <summary>
    /// Smallest face, as a part of the picture's shorter side, from 0 to 1; never below the cascade's own window
    /// (20 pixels).
    /// </summary>
    public double MinSize { get; init; } = 0.0625;

    /// <summary>Largest face, as a part of the picture's shorter side, from 0 to 1.</summary>
    public double MaxSize { get; init; } = 1.0;

    /// <summary>Whether to spread the grey values over the whole range first: for dim or flat pictures.</summary>
    public bool EqualizeHistogram { get; init; }

    /// <summary>
    /// OpenCV's threads, for the whole process. At least 0; 0: one per processor.
    /// </summary>
    public int Threads { get; init; }
}
