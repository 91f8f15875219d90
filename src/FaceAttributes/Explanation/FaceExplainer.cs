using FaceAttributes.Classification;
using Microsoft.ML.OnnxRuntime;
using OpenCvSharp;
using Vision.Imaging;
using Vision.Inference;

namespace FaceAttributes.Explanation;

/// <summary>
/// Says what in a face speaks for a label, by the graph that a model has for it besides its own. Used by one thread at a
/// time. Several times as dear as classifying: for when somebody looks.
/// </summary>
public sealed class FaceExplainer : IDisposable
{
    // Names in the graph, which models/training/explain.py gives.
    private const string TargetName = "target";

    private readonly ModelManifest _manifest;
    private readonly FaceCrop _crop;
    private readonly SessionOptions _options = new()
    {
        IntraOpNumThreads = 1,
        InterOpNumThreads = 1,
        LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
    };

    private readonly RunOptions _run = new();
    private readonly InferenceSession _session;
    private readonly float[] _face;
    private readonly long[] _target = new long[1];
    private readonly OrtValue _faceTensor;
    private readonly OrtValue _targetTensor;
    private IDisposableReadOnlyCollection<OrtValue>? _results;

    /// <summary>Loads the graph that a manifest names under <c>explanation</c>.</summary>
    /// <exception cref="ModelException">The manifest names none, or the file is missing, another one or does not run.</exception>
    public FaceExplainer(ModelManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        var file = manifest.Explanation ?? throw new ModelException(
            $"Model '{manifest.Name}' has no graph that explains it; export it again with models/training/train.py.");
        _manifest = manifest;
        _crop = new FaceCrop(manifest.Input);
        _face = new float[manifest.Input.Length];
        var size = manifest.Input;
        _faceTensor = OrtValue.CreateTensorValueFromMemory(_face, [1, size.ChannelCount, size.Height, size.Width]);
        _targetTensor = OrtValue.CreateTensorValueFromMemory(_target, [1]);
        try
        {
            _session = new InferenceSession(file.Read(), _options);
            foreach (var kind in Enum.GetValues<ExplanationKind>())
                _ = Explain(0, kind);
        }
        catch (OnnxRuntimeException e)
        {
            Dispose();
            throw new ModelException($"Model {file.Path} does not explain '{manifest.Name}' ({e.Message}); export it again.", e);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Explains one face.</summary>
    /// <param name="frame">The picture.</param>
    /// <param name="box">The face in pixels; may leave the picture.</param>
    /// <param name="attribute">The attribute of one of the manifest's heads, such as "emotion".</param>
    /// <param name="label">One of that head's labels: the answer to explain, be it the network's own or another.</param>
    /// <param name="kind">How.</param>
    /// <returns>Valid until the next call.</returns>
    /// <exception cref="ArgumentException">The model has no such attribute or label.</exception>
    public FaceExplanation Explain(
        ImageFrame frame, Rect box, string attribute, string label,
        ExplanationKind kind = ExplanationKind.GuidedGradient)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var target = TargetOf(attribute, label);
        _crop.Write(frame, box, _face);
        return Explain(target, kind);
    }

    /// <summary>The network's input, for <see cref="Explain(int, ExplanationKind)"/>.</summary>
    internal Span<float> Input => _face;

    /// <summary>Explains the face that <see cref="Input"/> holds.</summary>
    /// <param name="target">Index of a label, where those of all heads stand one after the other.</param>
    /// <param name="kind">How.</param>
    internal FaceExplanation Explain(int target, ExplanationKind kind)
    {
        _results?.Dispose();
        _target[0] = target;
        _results = _session.Run(_run, [_manifest.Input.Name, TargetName], [_faceTensor, _targetTensor], [OutputName(kind)]);
        var shape = _results[0].GetTensorTypeAndShape().Shape;
        return new FaceExplanation(kind, (int)shape[^1], (int)shape[^2], _results[0].GetTensorDataAsSpan<float>());
    }

    /// <summary>Frees the network.</summary>
    public void Dispose()
    {
        _results?.Dispose();
        _session?.Dispose();
        _faceTensor.Dispose();
        _targetTensor.Dispose();
        _run.Dispose();
        _options.Dispose();
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
                        $"'{label}' is no label of {attribute} in {_manifest.Name}: there are {string.Join(", ", head.Labels)}.", nameof(label));
            }

            before += head.Labels.Count;
        }

        throw new ArgumentException(
            $"{_manifest.Name} does not estimate '{attribute}', but {string.Join(" and ", _manifest.Heads.Select(head => head.Attribute))}.",
            nameof(attribute));
    }

    private static string OutputName(ExplanationKind kind) => kind switch
    {
        ExplanationKind.GuidedGradient => "guided_gradient",
        ExplanationKind.Gradient => "gradient",
        _ => "class_activation",
    };
}
