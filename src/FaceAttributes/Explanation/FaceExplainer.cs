using FaceAttributes.Classification;
using Vision.Geometry;
using Vision.Imaging;
using Vision.Inference;

namespace FaceAttributes.Explanation;

/// <summary>How to show what a network looks at.</summary>
public enum ExplanationKind
{
    /// <summary>
    /// Guided back-propagation: which pixels, made brighter (above 0) or darker (below 0), speak for the label; what speaks
    /// against it is held back in every layer (Springenberg et al. 2015, arXiv:1412.6806). The clearest picture.
    /// </summary>
    GuidedGradient,

    /// <summary>The gradient as it is: noisy, but all of it (Simonyan et al. 2014, arXiv:1312.6034).</summary>
    Gradient,

    /// <summary>
    /// Grad-CAM: which regions speak for the label, 0 or more, coarser than pixels (Selvaraju et al. 2017, arXiv:1610.02391).
    /// </summary>
    ClassActivation,
}

/// <summary>What in a face speaks for a label.</summary>
public readonly ref struct FaceExplanation(int width, int height, ReadOnlySpan<float> values)
{
    /// <summary>Values in a row. The rows of a channel cover the crop of the face, whatever their number.</summary>
    public int Width { get; } = width;

    /// <summary>Rows of a channel.</summary>
    public int Height { get; } = height;

    /// <summary>
    /// Channels × height × width values, row by row, in logits per unit of the network's input: gradients have the channels of
    /// that input, Grad-CAM has one. Valid until the explainer's next call.
    /// </summary>
    public ReadOnlySpan<float> Values { get; } = values;
}

/// <summary>
/// Says what in a face speaks for a label, by the graph that a model has for it besides its own. Used by one thread at a
/// time. Takes several times as long as classifying: for when somebody looks.
/// </summary>
public sealed class FaceExplainer : IDisposable
{
    private readonly AttributeManifest _manifest;
    private readonly FaceCrop _crop;
    private readonly OnnxModel _model;
    private readonly OnnxTensor<float> _face;

    // Names in the graph, which models/training/explain.py gives.
    private readonly OnnxTensor<long> _target = new("target");
    private readonly (OnnxTensor<float> Output, OnnxRun Run)[] _kinds;

    /// <summary>Loads the graph that a manifest names under <c>explanation</c>.</summary>
    /// <exception cref="ModelException">The manifest names none, or the file is missing, another one or does not run.</exception>
    public FaceExplainer(AttributeManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        var file = manifest.Explanation ?? throw new ModelException(
            $"Model '{manifest.Name}' has no graph that explains it; export it again with models/training/train.py.");
        _manifest = manifest;
        _crop = new FaceCrop(manifest.Input, manifest.Margin);
        _face = new OnnxTensor<float>(manifest.Input.Name, manifest.Input.Shape);
        _model = new OnnxModel(file);
        try
        {
            _kinds = [.. Enum.GetValues<ExplanationKind>().Select(Bind)];
            foreach (var kind in Enum.GetValues<ExplanationKind>())
                _ = Explain(0, kind);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The network that is explained.</summary>
    public AttributeManifest Manifest => _manifest;

    /// <summary>Explains one face.</summary>
    /// <param name="frame">The image.</param>
    /// <param name="box">The face in pixels; may leave the image.</param>
    /// <param name="attribute">The attribute of one of the manifest's heads, such as "emotion".</param>
    /// <param name="label">One of that head's labels: the answer to explain, be it the network's own or another.</param>
    /// <param name="kind">How.</param>
    /// <returns>Valid until the next call.</returns>
    /// <exception cref="ArgumentException">The model has no such attribute or label.</exception>
    public FaceExplanation Explain(
        ImageFrame frame, in Box box, string attribute, string label,
        ExplanationKind kind = ExplanationKind.GuidedGradient)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var target = TargetOf(attribute, label);
        _crop.Write(frame, box, Input);
        return Explain(target, kind);
    }

    /// <summary>The network's input, for <see cref="Explain(int, ExplanationKind)"/>.</summary>
    internal Span<float> Input => _face.Samples(1);

    /// <summary>Explains the face that <see cref="Input"/> holds.</summary>
    /// <param name="target">Index of a label, where those of all heads stand one after the other.</param>
    /// <param name="kind">How.</param>
    internal FaceExplanation Explain(int target, ExplanationKind kind)
    {
        _target.Samples(1)[0] = target;
        var (output, run) = _kinds[(int)kind];
        run.Run(1);
        return new FaceExplanation(output.SampleShape[^1], output.SampleShape[^2], output.Samples(1));
    }

    /// <summary>Frees the network.</summary>
    public void Dispose() => _model.Dispose();

    private (OnnxTensor<float> Output, OnnxRun Run) Bind(ExplanationKind kind)
    {
        var output = kind switch
        {
            ExplanationKind.GuidedGradient => new OnnxTensor<float>("guided_gradient", _manifest.Input.Shape),
            ExplanationKind.Gradient => new OnnxTensor<float>("gradient", _manifest.Input.Shape),
            _ => new OnnxTensor<float>("class_activation", _model.OutputShape("class_activation")),
        };
        return (output, _model.Bind([_face, _target], output));
    }

    private int TargetOf(string attribute, string label)
    {
        var before = 0;
        foreach (var head in _manifest.Heads)
        {
            if (head.Attribute == attribute)
            {
                var index = head.Labels.ToList().IndexOf(label);
                return index >= 0
                    ? before + index
                    : throw new ArgumentException(
                        $"'{label}' is no label of {attribute} in {_manifest.Name}: there are {string.Join(", ", head.Labels)}.");
            }

            before += head.Labels.Count;
        }

        throw new ArgumentException(
            $"{_manifest.Name} does not estimate '{attribute}', but {string.Join(" and ", _manifest.Heads.Select(head => head.Attribute))}.");
    }
}
