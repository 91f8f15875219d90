using OpenCvSharp;
using Vision.Inference;

namespace FaceAttributes.Detection.Onnx;

/// <summary>What the outputs of a network mean, for a picture of one size. Made once for a size, used by one thread at a time.</summary>
internal abstract class FaceDecoder
{
    /// <summary>The outputs that are to be bound, as the network names them.</summary>
    public abstract IReadOnlyList<OnnxTensor> Outputs { get; }

    /// <summary>Adds all faces that the outputs tell of, several for each face, in pixels of the input.</summary>
    /// <param name="minScore">The least score, above 0 and below 1.</param>
    /// <param name="detections">The caller's.</param>
    public abstract void Decode(float minScore, List<FaceDetection> detections);

    /// <summary>The number whose <see cref="Sigmoid"/> is a probability.</summary>
    protected static float Logit(float probability) => MathF.Log(probability / (1 - probability));

    /// <summary>The logistic function.</summary>
    protected static float Sigmoid(float value) => 1 / (1 + MathF.Exp(-value));
}

/// <summary>A family of networks whose outputs mean the same.</summary>
public sealed class DetectorDecoding
{
    private readonly Func<Size, FaceDecoder> _create;

    private DetectorDecoding(string name, int step, Func<Size, FaceDecoder> create) => (Name, Step, _create) = (name, step, create);

    /// <summary>All families, by the name that a manifest has for them.</summary>
    internal static (string Name, DetectorDecoding Decoding)[] All { get; } =
    [
        .. new DetectorDecoding[]
        {
            new("ultraface", step: 16, size => new UltraFaceDecoder(size)),
            new("blazeface", step: 1, size => new BlazeFaceDecoder(size)),
            new("yunet", step: 32, size => new YuNetDecoder(size)),
        }.Select(decoding => (decoding.Name, decoding)),
    ];

    /// <summary>What a manifest calls it.</summary>
    public string Name { get; }

    /// <summary>What height and width of the input must be multiples of.</summary>
    internal int Step { get; }

    /// <summary>Reads the outputs for an input of this size.</summary>
    internal FaceDecoder For(Size input) => _create(input);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
