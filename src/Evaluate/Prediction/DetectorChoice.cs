using FaceAttributes.Detection;
using FaceAttributes.Detection.Haar;
using FaceAttributes.Detection.Onnx;

namespace FaceAttributes.Evaluation.Prediction;

/// <summary>A detector as the command line names it.</summary>
/// <param name="Text"><c>haar</c>, or the manifest of a network.</param>
/// <param name="InputSize">See <see cref="OnnxFaceDetectorOptions.InputSize"/>.</param>
internal sealed record DetectorChoice(string Text, int? InputSize = null)
{
    /// <summary>The cascade, with which the networks were trained.</summary>
    public static DetectorChoice Haar { get; } = new("haar");

    /// <summary>Loads it.</summary>
    /// <param name="minSize">The smallest face, relative to the picture's shorter side; null: the detector's default.</param>
    /// <param name="doubtfulScore">See <see cref="OnnxFaceDetectorOptions.DoubtfulScore"/>; of no meaning for the cascade.</param>
    /// <exception cref="Vision.Inference.ModelException">There is no such manifest, or its network cannot be used.</exception>
    /// <exception cref="FileNotFoundException">There is no cascade.</exception>
    public IFaceDetector Create(double? minSize = null, double? doubtfulScore = null)
    {
        if (this == Haar)
        {
            var cascade = new HaarCascadeOptions();
            return new HaarCascadeDetector(cascade with { MinSize = minSize ?? cascade.MinSize });
        }

        var network = new OnnxFaceDetectorOptions { InputSize = InputSize, DoubtfulScore = doubtfulScore };
        return OnnxFaceDetector.Load(Text, network with { MinSize = minSize ?? network.MinSize });
    }

    /// <summary>Its name, for tables.</summary>
    public override string ToString() =>
        Path.GetFileNameWithoutExtension(Text) + (InputSize is { } size ? $" {size}" : string.Empty);

    /// <summary>Reads <c>haar</c>, <c>MANIFEST</c> or <c>MANIFEST@SIZE</c>.</summary>
    /// <exception cref="EvaluationException">The size is none.</exception>
    public static DetectorChoice Parse(string text)
    {
        var at = text.LastIndexOf('@');
        if (at < 0 || at < text.LastIndexOf('/'))
            return new DetectorChoice(text);
        return int.TryParse(text.AsSpan(at + 1), out var size) && size is >= OnnxFaceDetectorOptions.LeastInputSize and <= OnnxFaceDetectorOptions.MostInputSize
            ? new DetectorChoice(text[..at], size)
            : throw new EvaluationException(
                $"'{text}' names no detector; name haar, a manifest, or a manifest, @ and the input's size from "
                + $"{OnnxFaceDetectorOptions.LeastInputSize} to {OnnxFaceDetectorOptions.MostInputSize}.");
    }
}
