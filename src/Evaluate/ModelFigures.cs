using FaceAttributes.Evaluation.Heads;

namespace FaceAttributes.Evaluation;

/// <summary>All that was measured of a model.</summary>
internal sealed record ModelFigures
{
    /// <summary>The manifest's name of it.</summary>
    public required string Model { get; init; }

    /// <summary>SHA-256 of the ONNX file.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Bytes of the ONNX file.</summary>
    public required long Bytes { get; init; }

    /// <summary>"selection" or "test".</summary>
    public required string Split { get; init; }

    /// <summary>What found the faces.</summary>
    public required string Detector { get; init; }

    /// <summary>Whether FER-2013's pictures were taken as boxes; otherwise the detector looked at them too.</summary>
    public required bool TakesCropsAsBoxes { get; init; }

    /// <summary>If only so many faces of each set were looked at.</summary>
    public int? Limit { get; init; }

    /// <summary>By head, in the manifest's order.</summary>
    public required IReadOnlyList<HeadFigures> Heads { get; init; }

    /// <summary>What it answers where there is no face, by what took it for one; null where there are no such pictures.</summary>
    public IReadOnlyList<NoFacesFigures>? NoFaces { get; init; }

    /// <summary>How long a face takes.</summary>
    public required SpeedFigures Speed { get; init; }
}

/// <summary>What a model answers where there is no face.</summary>
/// <param name="Detection">What took it for a face, and how surely.</param>
/// <param name="N">How many pictures.</param>
/// <param name="Answered">By head, the share that got an answer other than unknown.</param>
internal sealed record NoFacesFigures(string Detection, int N, IReadOnlyDictionary<string, double> Answered);
