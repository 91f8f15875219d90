using Microsoft.ML.OnnxRuntime;

namespace Vision.Inference;

/// <summary>
/// A network of an ONNX file on ONNX Runtime. Its inputs and outputs are <see cref="OnnxTensor"/>s that are bound once
/// and run again and again without an allocation. Used by one thread at a time.
/// </summary>
public sealed class OnnxModel : IDisposable
{
    private readonly SessionOptions _options = new()
    {
        // The networks are small: more threads would cost more in waking them than they bring.
        IntraOpNumThreads = 1,
        InterOpNumThreads = 1,
        ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,

        // Else a second block as large as all that the first run needed.
        EnableMemoryPattern = false,
        LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
    };

    private readonly RunOptions _runOptions = new();
    private readonly List<OnnxRun> _runs = [];

    // All networks of a process take turns, so one arena is enough for what they keep between their layers; each of its own would
    // hold as much, and up to twice that, as ONNX Runtime's grow by powers of two.
    static OnnxModel()
    {
        const int asRequested = 1;
        using var memory = new OrtMemoryInfo(OrtMemoryInfo.allocatorCPU, OrtAllocatorType.ArenaAllocator, 0, OrtMemType.Default);
        using var arena = new OrtArenaCfg(maxMemory: 0, asRequested, initialChunkSizeBytes: -1, maxDeadBytesPerChunk: -1);
        OrtEnv.Instance().CreateAndRegisterAllocator(memory, arena);
    }

    /// <summary>Checks the file and loads it.</summary>
    /// <exception cref="ModelException">It is missing, another one, or no network.</exception>
    public OnnxModel(ModelFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        File = file;
        try
        {
            file.Check();
            _options.AddSessionConfigEntry("session.use_env_allocators", "1");

            // By its path, because weights may lie in another file beside it.
            Session = new InferenceSession(file.Path, _options);
        }
        catch (OnnxRuntimeException e)
        {
            Dispose();
            throw DoesNotRun(e);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Where the network came from.</summary>
    public ModelFile File { get; }

    internal InferenceSession Session { get; } = null!;

    /// <summary>Binds inputs and outputs, which the network must have in just this shape.</summary>
    /// <param name="inputs">All inputs of the network.</param>
    /// <param name="outputs">The outputs that are wanted.</param>
    /// <returns>Valid as long as the model, which frees it at the latest.</returns>
    /// <exception cref="ModelException">The network has other inputs or outputs.</exception>
    public OnnxRun Bind(IReadOnlyList<OnnxTensor> inputs, params IReadOnlyList<OnnxTensor> outputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(outputs);
        var fixedBatch = false;
        foreach (var output in outputs)
            fixedBatch |= Check("output", output, Session.OutputMetadata);
        foreach (var input in inputs)
            fixedBatch |= Check("input", input, Session.InputMetadata);
        var run = new OnnxRun(this, inputs, outputs, fixedBatch);
        _runs.Add(run);
        return run;
    }

    /// <summary>The shape of one sample of an output, for networks that say it.</summary>
    /// <exception cref="ModelException">The network has no such output, or leaves its shape open.</exception>
    public int[] OutputShape(string name) =>
        Session.OutputMetadata.TryGetValue(name, out var output) && output.Dimensions is [_, .. var sample] && sample.All(side => side > 0)
            ? sample
            : throw new ModelException($"Model {File.Path} has no output '{name}' of a fixed shape; export it again.");

    /// <summary>The shape of one sample of an input; -1 where the network takes any size.</summary>
    /// <exception cref="ModelException">The network has no such input.</exception>
    public int[] InputShape(string name) =>
        Session.InputMetadata.TryGetValue(name, out var input) && input.Dimensions is [_, .. var sample]
            ? sample
            : throw new ModelException(
                $"Model {File.Path} has no input '{name}' but {string.Join(", ", Session.InputMetadata.Keys)}; correct the name, or export the model again.");

    /// <summary>Frees the network.</summary>
    public void Dispose()
    {
        _runs.ForEach(run => run.Release());
        Session?.Dispose();
        _runOptions.Dispose();
        _options.Dispose();
    }

    internal void Free(OnnxRun run)
    {
        run.Release();
        _runs.Remove(run);
    }

    internal void Run(OrtIoBinding binding) => Session.RunWithBinding(_runOptions, binding);

    internal ModelException DoesNotRun(OnnxRuntimeException e) => new(
        $"Model {File.Path} does not run ({e.Message.ReplaceLineEndings(" ")}); export it again, or put the file of its weights beside it.", e);

    /// <returns>Whether the network takes one sample at a time only.</returns>
    private bool Check(string side, OnnxTensor wanted, IReadOnlyDictionary<string, NodeMetadata> tensors)
    {
        if (!tensors.TryGetValue(wanted.Name, out var found))
        {
            throw new ModelException(
                $"Model {File.Path} has no {side} '{wanted.Name}' but {string.Join(", ", tensors.Keys)}; correct the name, or export the model again.");
        }

        ReadOnlySpan<int> shape = found.Dimensions;
        var sample = wanted.SampleShape;
        var fits = found.ElementType == wanted.ElementType && shape.Length == sample.Count + 1 && shape[0] is -1 or 1;
        for (var i = 0; fits && i < sample.Count; i++)
            fits = shape[i + 1] == -1 || shape[i + 1] == sample[i];
        if (!fits)
        {
            throw new ModelException(
                $"Model {File.Path} has {side} '{wanted.Name}' of {Describe(found.ElementType, found.Dimensions)}, its manifest needs " +
                $"{Describe(wanted.ElementType, [-1, .. sample])}; correct the manifest or export the model again.");
        }

        return shape[0] == 1;
    }

    private static string Describe(Type? type, int[] shape) =>
        $"{type?.Name ?? "no tensor"} [{string.Join(", ", shape.Select(d => d < 0 ? "N" : $"{d}"))}]";
}

/// <summary>A network with its inputs and outputs bound, see <see cref="OnnxModel.Bind"/>.</summary>
public sealed class OnnxRun : IDisposable
{
    private readonly OnnxModel _model;
    private readonly IReadOnlyList<OnnxTensor> _inputs;
    private readonly IReadOnlyList<OnnxTensor> _outputs;
    private readonly bool _oneByOne;
    private readonly List<Binding?> _bindings = [];

    internal OnnxRun(OnnxModel model, IReadOnlyList<OnnxTensor> inputs, IReadOnlyList<OnnxTensor> outputs, bool oneByOne)
    {
        (_model, _inputs, _outputs, _oneByOne) = (model, inputs, outputs, oneByOne);
    }

    /// <summary>Runs the network on the first samples of the inputs; the outputs then hold as many.</summary>
    /// <param name="samples">How many; nothing happens for 0.</param>
    /// <exception cref="ModelException">The network fails.</exception>
    public void Run(int samples)
    {
        if (samples == 0)
            return;
        if (samples > _bindings.Count)
            Grow(Math.Max(samples, 2 * _bindings.Count));
        try
        {
            if (_oneByOne)
            {
                for (var i = 0; i < samples; i++)
                    Run(i, first: i, count: 1);
            }
            else
            {
                Run(samples - 1, first: 0, samples);
            }
        }
        catch (OnnxRuntimeException e)
        {
            throw _model.DoesNotRun(e);
        }
    }

    /// <summary>Frees what is bound, before the model is. May be called twice.</summary>
    public void Dispose() => _model.Free(this);

    internal void Release()
    {
        _bindings.ForEach(binding => binding?.Dispose());
        _bindings.Clear();
    }

    private void Run(int index, int first, int count)
    {
        var binding = _bindings[index];
        if (binding is null || binding.IsStale)
        {
            binding?.Dispose();
            _bindings[index] = binding = new Binding(_model.Session, _inputs, _outputs, first, count);
        }

        _model.Run(binding.Native);
    }

    private void Grow(int samples)
    {
        Release();
        foreach (var tensor in _inputs.Concat(_outputs))
            tensor.Reserve(samples);
        for (var i = 0; i < samples; i++)
            _bindings.Add(null);
    }

    /// <summary>Some samples of the tensors, bound to the session.</summary>
    private sealed class Binding : IDisposable
    {
        private readonly (OnnxTensor Tensor, object Buffer)[] _buffers;
        private readonly OrtValue[] _values;

        public Binding(
            InferenceSession session, IReadOnlyList<OnnxTensor> inputs, IReadOnlyList<OnnxTensor> outputs, int first, int count)
        {
            OnnxTensor[] tensors = [.. inputs, .. outputs];
            _buffers = [.. tensors.Select(tensor => (tensor, tensor.Buffer))];
            _values = [.. tensors.Select(tensor => tensor.Slice(first, count))];
            Native = session.CreateIoBinding();
            for (var i = 0; i < tensors.Length; i++)
            {
                if (i < inputs.Count)
                    Native.BindInput(tensors[i].Name, _values[i]);
                else
                    Native.BindOutput(tensors[i].Name, _values[i]);
            }
        }

        public OrtIoBinding Native { get; }

        /// <summary>Whether a tensor, shared with another run, has got a larger buffer.</summary>
        public bool IsStale
        {
            get
            {
                foreach (var (tensor, buffer) in _buffers)
                {
                    if (!ReferenceEquals(tensor.Buffer, buffer))
                        return true;
                }

                return false;
            }
        }

        public void Dispose()
        {
            Native.Dispose();
            Array.ForEach(_values, value => value.Dispose());
        }
    }
}
