using FaceAttributes.Imaging;
using Microsoft.ML.OnnxRuntime;
using OpenCvSharp;

namespace FaceAttributes.Classification;

/// <summary>
/// Estimates one attribute of all faces of a picture in one run of an ONNX network. Used by one thread at a time.
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
    private float[] _input = [];
    private float[] _output = [];

    /// <summary>Loads the network of a manifest and runs it once.</summary>
    /// <exception cref="ModelException">The file is missing or another one, or does not fit its manifest.</exception>
    public AttributeClassifier(ModelManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        Manifest = manifest;
        _crop = new FaceCrop(manifest.Input);
        try
        {
            _session = new InferenceSession(manifest.Model.Read(), _options);
            GraphCheck.Run(manifest, _session);
            Inputs(4).Clear();
            _ = Run(1);
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

    /// <summary>The attribute that is estimated, such as "emotion".</summary>
    public string Attribute => Manifest.Attribute;

    /// <summary>Loads a manifest and its network.</summary>
    /// <param name="manifestPath">The YAML file.</param>
    /// <exception cref="ModelException">A file is missing or wrong.</exception>
    public static AttributeClassifier Load(string manifestPath) => new(ModelManifest.Load(manifestPath));

    /// <summary>A distribution to hold the result of one face.</summary>
    public AttributeDistribution CreateDistribution() => new(Attribute, Manifest.Labels, Manifest.UnknownBelow);

    /// <summary>Looks at all faces of a picture.</summary>
    /// <param name="frame">The picture.</param>
    /// <param name="boxes">The faces in pixels; may leave the picture.</param>
    /// <returns>
    /// Faces × labels probabilities, in the order of the boxes and of the manifest's labels; valid until the next call.
    /// </returns>
    public ReadOnlySpan<float> Classify(ImageFrame frame, ReadOnlySpan<Rect> boxes)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var inputs = Inputs(boxes.Length);
        var length = Manifest.Input.Length;
        for (var i = 0; i < boxes.Length; i++)
            _crop.Write(frame, boxes[i], inputs.Slice(i * length, length));
        return Run(boxes.Length);
    }

    /// <summary>The network's input for so many faces, one after the other.</summary>
    internal Span<float> Inputs(int faces)
    {
        if (faces > _batches.Count)
            Grow(Math.Max(faces, 2 * _batches.Count));
        return _input.AsSpan(0, faces * Manifest.Input.Length);
    }

    /// <summary>Runs the network on its input for so many faces.</summary>
    /// <returns>Faces × labels probabilities, valid until the next call.</returns>
    internal ReadOnlySpan<float> Run(int faces)
    {
        if (faces == 0)
            return [];
        _session.RunWithBinding(_run, BatchOf(faces).Binding);

        var labels = Manifest.Labels.Count;
        var probabilities = _output.AsSpan(0, faces * labels);
        if (Manifest.Output.Kind == OutputKind.Logits)
        {
            for (var i = 0; i < faces; i++)
                Softmax.Apply(probabilities.Slice(i * labels, labels), Manifest.Temperature);
        }

        return probabilities;
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
        _output = new float[faces * Manifest.Labels.Count];
        for (var i = 0; i < faces; i++)
            _batches.Add(null);
    }

    private void ReleaseBatches()
    {
        foreach (var batch in _batches)
            batch?.Dispose();
        _batches.Clear();
    }

    private Batch BatchOf(int faces) => _batches[faces - 1] ??= new Batch(_session, Manifest, _input, _output, faces);

    /// <summary>The network's input and output for one number of faces, over the start of the shared buffers.</summary>
    private sealed class Batch : IDisposable
    {
        private readonly OrtValue _input;
        private readonly OrtValue _output;

        public Batch(InferenceSession session, ModelManifest manifest, float[] input, float[] output, int faces)
        {
            var size = manifest.Input;
            _input = Tensor(input, faces * size.Length, [faces, size.ChannelCount, size.Height, size.Width]);
            _output = Tensor(output, faces * manifest.Labels.Count, [faces, manifest.Labels.Count]);
            Binding = session.CreateIoBinding();
            Binding.BindInput(size.Name, _input);
            Binding.BindOutput(manifest.Output.Name, _output);
        }

        public OrtIoBinding Binding { get; }

        public void Dispose()
        {
            Binding.Dispose();
            _input.Dispose();
            _output.Dispose();
        }

        private static OrtValue Tensor(float[] buffer, int length, long[] shape) =>
            OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, buffer.AsMemory(0, length), shape);
    }
}
