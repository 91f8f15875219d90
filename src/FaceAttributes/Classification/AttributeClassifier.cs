using Microsoft.ML.OnnxRuntime;
using OpenCvSharp;
using Vision.Imaging;
using Vision.Inference;

namespace FaceAttributes.Classification;

/// <summary>
/// Estimates a network's attributes of all faces of a picture in one run of its ONNX file. Used by one thread at a time.
/// </summary>
public sealed class AttributeClassifier : IDisposable
{
    private readonly FaceCrop _crop;
    private readonly SessionOptions _options = new()
    {
        // The networks are small: more threads would cost more in waking them than they bring.
        IntraOpNumThreads = 1,
        InterOpNumThreads = 1,
        ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
        LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
    };

    private readonly RunOptions _run = new();
    private readonly InferenceSession _session;
    private readonly List<Batch?> _batches = [];
    private readonly float[][] _outputs;
    private float[] _input = [];
    private int _faces;

    /// <summary>Loads the network of a manifest and runs it once.</summary>
    /// <exception cref="ModelException">The file is missing or another one, or does not fit its manifest.</exception>
    public AttributeClassifier(ModelManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        Manifest = manifest;
        _crop = new FaceCrop(manifest.Input);
        _outputs = new float[manifest.Heads.Count][];
        try
        {
            _session = new InferenceSession(manifest.Model.Read(), _options);
            GraphCheck.Run(manifest, _session);
            Inputs(4).Clear();
            Run(1);
            Run(0);
        }
        catch (OnnxRuntimeException e)
        {
            Dispose();
            throw new ModelException($"Model {manifest.Model.Path} does not run ({e.Message}); export it again.", e);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>What the network is.</summary>
    public ModelManifest Manifest { get; }

    /// <summary>Loads a manifest and its network.</summary>
    /// <param name="manifestPath">The YAML file.</param>
    /// <exception cref="ModelException">A file is missing or wrong.</exception>
    public static AttributeClassifier Load(string manifestPath) => new(ModelManifest.Load(manifestPath));

    /// <summary>Distributions to hold the result of one face, one for each head of the manifest.</summary>
    public AttributeDistribution[] CreateDistributions() => [.. Manifest.Heads.Select(head => new AttributeDistribution(head))];

    /// <summary>Looks at all faces of a picture; <see cref="Probabilities"/> has the result.</summary>
    /// <param name="frame">The picture.</param>
    /// <param name="boxes">The faces in pixels; may leave the picture.</param>
    public void Classify(ImageFrame frame, ReadOnlySpan<Rect> boxes)
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
    public ReadOnlySpan<float> Probabilities(int head) =>
        _outputs[head].AsSpan(0, _faces * Manifest.Heads[head].Labels.Count);

    /// <summary>The network's input for so many faces, one after the other.</summary>
    internal Span<float> Inputs(int faces)
    {
        if (faces > _batches.Count)
            Grow(Math.Max(faces, 2 * _batches.Count));
        return _input.AsSpan(0, faces * Manifest.Input.Length);
    }

    /// <summary>Runs the network on its input for so many faces; <see cref="Probabilities"/> has the result.</summary>
    internal void Run(int faces)
    {
        _faces = faces;
        if (faces == 0)
            return;
        _session.RunWithBinding(_run, BatchOf(faces).Binding);
        for (var i = 0; i < _outputs.Length; i++)
        {
            var head = Manifest.Heads[i];
            if (head.Output.Kind != OutputKind.Logits)
                continue;
            var labels = head.Labels.Count;
            for (var face = 0; face < faces; face++)
                Softmax.Apply(_outputs[i].AsSpan(face * labels, labels), head.Temperature);
        }
    }

    /// <summary>Frees the network.</summary>
    public void Dispose()
    {
        ReleaseBatches();
        _session?.Dispose();
        _run.Dispose();
        _options.Dispose();
    }

    private void Grow(int faces)
    {
        ReleaseBatches();
        _input = new float[faces * Manifest.Input.Length];
        for (var i = 0; i < _outputs.Length; i++)
            _outputs[i] = new float[faces * Manifest.Heads[i].Labels.Count];
        for (var i = 0; i < faces; i++)
            _batches.Add(null);
    }

    private void ReleaseBatches()
    {
        foreach (var batch in _batches)
            batch?.Dispose();
        _batches.Clear();
    }

    private Batch BatchOf(int faces) => _batches[faces - 1] ??= new Batch(_session, Manifest, _input, _outputs, faces);

    /// <summary>The network's input and outputs for one number of faces, over the start of the shared buffers.</summary>
    private sealed class Batch : IDisposable
    {
        private readonly OrtValue _input;
        private readonly OrtValue[] _outputs;

        public Batch(InferenceSession session, ModelManifest manifest, float[] input, float[][] outputs, int faces)
        {
            var size = manifest.Input;
            _input = Tensor(input, faces * size.Length, [faces, size.ChannelCount, size.Height, size.Width]);
            _outputs = new OrtValue[outputs.Length];
            Binding = session.CreateIoBinding();
            Binding.BindInput(size.Name, _input);
            for (var i = 0; i < outputs.Length; i++)
            {
                var labels = manifest.Heads[i].Labels.Count;
                _outputs[i] = Tensor(outputs[i], faces * labels, [faces, labels]);
                Binding.BindOutput(manifest.Heads[i].Output.Name, _outputs[i]);
            }
        }

        public OrtIoBinding Binding { get; }

        public void Dispose()
        {
            Binding.Dispose();
            _input.Dispose();
            foreach (var output in _outputs)
                output.Dispose();
        }

        private static OrtValue Tensor(float[] buffer, int length, long[] shape) =>
            OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, buffer.AsMemory(0, length), shape);
    }
}
