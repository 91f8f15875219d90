using Vision.Geometry;
using Vision.Imaging;
using Vision.Inference;

namespace FaceAttributes.Classification;

/// <summary>
/// Estimates a network's attributes of all faces of an image in one run of its ONNX file. Used by one thread at a time.
/// </summary>
public sealed class AttributeClassifier : IDisposable
{
    // The network is tried, and has room, for so many faces before the first image comes.
    private const int FacesAtStart = 4;

    private readonly FaceCrop _crop;
    private readonly OnnxModel _model;
    private readonly OnnxTensor<float> _input;
    private readonly OnnxTensor<float>[] _outputs;
    private readonly OnnxRun _run;
    private int _faces;

    /// <summary>Loads the network of a manifest and runs it once.</summary>
    /// <exception cref="ModelException">The file is missing or another one, or does not fit its manifest.</exception>
    public AttributeClassifier(AttributeManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        Manifest = manifest;
        _crop = new FaceCrop(manifest.Input, manifest.Margin);
        _input = new OnnxTensor<float>(manifest.Input.Name, manifest.Input.Shape);
        _outputs = [.. manifest.Heads.Select(head => new OnnxTensor<float>(head.OutputName, head.Labels.Count))];
        _model = new OnnxModel(manifest.Model);
        try
        {
            _run = _model.Bind([_input], _outputs);
            Run(FacesAtStart);
            Run(0);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>What the network is.</summary>
    public AttributeManifest Manifest { get; }

    /// <summary>Loads a manifest and its network.</summary>
    /// <param name="manifestPath">The YAML file.</param>
    /// <exception cref="ModelException">A file is missing or wrong.</exception>
    public static AttributeClassifier Load(string manifestPath) => new(AttributeManifest.Load(manifestPath));

    /// <summary>Distributions to hold the result of one face, one for each head of the manifest.</summary>
    public AttributeDistribution[] CreateDistributions() => [.. Manifest.Heads.Select(head => new AttributeDistribution(head))];

    /// <summary>Looks at all faces of an image; <see cref="Probabilities"/> has the result.</summary>
    /// <param name="frame">The image.</param>
    /// <param name="boxes">The faces in pixels; may leave the image.</param>
    /// <exception cref="ModelException">The network fails.</exception>
    public void Classify(ImageFrame frame, ReadOnlySpan<Box> boxes)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var inputs = Inputs(boxes.Length);
        var length = Manifest.Input.Length;
        for (var i = 0; i < boxes.Length; i++)
            _crop.Write(frame, boxes[i], inputs.Slice(i * length, length));
        Run(boxes.Length);
    }

    /// <summary>What the last <see cref="Classify"/> found.</summary>
    /// <param name="head">Index of one of the manifest's heads.</param>
    /// <returns>
    /// Faces × labels probabilities, in the order of the boxes and of the head's labels; valid until the next
    /// <see cref="Classify"/>.
    /// </returns>
    public ReadOnlySpan<float> Probabilities(int head) => _outputs[head].Samples(_faces);

    /// <summary>The network's input for so many faces, one after the other.</summary>
    internal Span<float> Inputs(int faces) => _input.Samples(faces);

    /// <summary>Runs the network on its input for so many faces; <see cref="Probabilities"/> has the result.</summary>
    internal void Run(int faces)
    {
        _faces = faces;
        _run.Run(faces);
        for (var i = 0; i < _outputs.Length; i++)
        {
            var head = Manifest.Heads[i];
            if (!head.IsLogits)
                continue;
            var output = _outputs[i].Samples(faces);
            for (var face = 0; face < faces; face++)
                Softmax.Apply(output.Slice(face * head.Labels.Count, head.Labels.Count), head.Temperature);
        }
    }

    /// <summary>Frees the network.</summary>
    public void Dispose() => _model.Dispose();
}
