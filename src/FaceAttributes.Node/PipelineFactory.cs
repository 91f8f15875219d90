using FaceAttributes.Classification;
using FaceAttributes.Detection;
using FaceAttributes.Explanation;
using FaceAttributes.Node.Outputs;
using rclcs;
using Vision.Imaging;
using Vision.Inference;
using VisionNodes;

namespace FaceAttributes.Node;

/// <summary>
/// Makes the pipeline that the parameters ask for, and brings changes of them into one that runs: what is new is loaded
/// while the old one still works, and put in between two images.
/// </summary>
internal sealed class PipelineFactory
{
    private static readonly string[] DefaultModels = ["face"];

    private readonly Logger _logger;
    private readonly LiveParameter<string> _detector;
    private readonly Dictionary<string, DetectorFactory> _detectors = [];
    private readonly LiveParameter<bool> _brighten;
    private readonly ImageRotation _rotation;
    private readonly LiveParameter<bool> _reduce;
    private readonly PipelineOptions _options;
    private readonly LiveParameter<string[]> _models;
    private readonly LiveParameter<string> _directory;
    private volatile int _version;

    /// <summary>Declares the parameters.</summary>
    /// <param name="parameters">
    /// Get <c>detector</c>, a group for each detector, <c>input.brighten</c>, <c>input.rotate</c>, <c>input.reduce</c>, <c>models.*</c> and those
    /// of <see cref="PipelineOptions"/>.
    /// </param>
    /// <param name="logger">Gets what a user should know of the choice.</param>
    /// <param name="isLockStep">Whether results must not depend on how fast the machine is.</param>
    /// <param name="isRunning">Whether there is a pipeline that changes are for.</param>
    /// <param name="change">Changes it between two images.</param>
    /// <exception cref="ParameterException">A value from outside is not allowed or contradicts another.</exception>
    public PipelineFactory(
        LiveParameters parameters, Logger logger, Func<bool> isLockStep, Func<bool> isRunning, Action<Action<FacePipeline>> change)
    {
        _logger = logger;
        _detector = parameters.Add("detector", DetectorFactory.Default, "What finds the faces; its settings are in the group of that name",
            new ParameterDescriptor { AllowedStrings = [.. DetectorFactory.Table.Keys] });
        _brighten = parameters.Add("input.brighten", true,
            "Whether faces are looked for in a brightened copy where the image is dark");
        _rotation = new ImageRotation(parameters);
        _reduce = parameters.Add("input.reduce", false,
            "Whether of a JPEG that is at least twice as large as what the detector looks at a half, a quarter or an eighth of the rows and columns is decoded: faster, but small faces keep fewer pixels for the networks, and ~/annotated is as small");
        foreach (var (name, declare) in DetectorFactory.Table)
        {
            var detector = _detectors[name] = declare(parameters);
            detector.Check();
            parameters.OnChange(["detector", name + ".", _brighten.Name], () =>
            {
                detector.Check();
                return isRunning() && _detector.Value == name ? PrepareDetector()() : null;
            }, prepared => Put<IFaceDetector>(prepared, (pipeline, created) =>
                (pipeline.Detector, pipeline.FullSearchSeconds) = (created, detector.FullSearchSeconds)));
        }

        _options = new PipelineOptions(parameters, isLockStep, options =>
        {
            if (isRunning())
                change(options);
        });
        _models = parameters.Add("models.names", DefaultModels,
            "Networks to run, by name; of an attribute that several estimate, the first one's answer counts; none for faces without attributes");
        _directory = parameters.Add("models.directory", "", "Where the networks are; empty for the ones installed with the node");
        parameters.OnChange(["models.names", "models.directory"], () => isRunning() ? PrepareModels()() : null,
            prepared => Put<Classifiers>(prepared, (pipeline, loaded) => pipeline.Classifiers = loaded.All));

        parameters.OnChange(["detector", "input.", "models.", "quality.", "smoothing.", "tracker.", .. _detectors.Keys.Select(name => name + ".")],
            () => null, _ => Interlocked.Increment(ref _version));

        void Put<T>(IDisposable? prepared, Action<FacePipeline, T> put)
            where T : class
        {
            if (prepared is T created)
                change(pipeline => put(pipeline, created));
        }
    }

    /// <summary>Name of the detector that is wanted.</summary>
    public string Detector => _detector.Value;

    /// <summary>Names of the networks that are wanted.</summary>
    public IReadOnlyList<string> Models => _models.Value;

    /// <summary>Another number after each change of what <see cref="Prepare"/> and <see cref="PrepareExplainers"/> make.</summary>
    public int Version => _version;

    /// <summary>How images have to be turned to be upright.</summary>
    public Turn Upright => _rotation.Upright;

    /// <summary>Pixels that are enough of an image's longer side, see <see cref="ImageFrame.SetCompressed"/>.</summary>
    public int EnoughPixels => _reduce.Value && _detectors[_detector.Value].InputSide is { } side ? side : ImageFrame.MaxSide;

    /// <summary>
    /// What loads all, as the parameters are now, which takes a while. To be called on the thread that spins; what it returns, on any. That
    /// throws a <see cref="ModelException"/> (a model is missing, damaged, or estimates what the messages have no place for), an
    /// <see cref="IOException"/> (the detector's file is missing) or an <see cref="InvalidDataException"/> (it is damaged).
    /// </summary>
    /// <exception cref="ModelException">The detector's file is not named.</exception>
    public Func<FacePipeline> Prepare()
    {
        var (loadModels, createDetector, options, fullSearchSeconds) =
            (PrepareModels(), PrepareDetector(), _options.Current, _detectors[_detector.Value].FullSearchSeconds);
        return () =>
        {
            var models = loadModels();
            FacePipeline? pipeline = null;
            try
            {
                pipeline = new FacePipeline(createDetector(), models.All) { FullSearchSeconds = fullSearchSeconds };
                options(pipeline);
                pipeline.WarmUp();
                return pipeline;
            }
            catch
            {
                if (pipeline is null)
                    models.Dispose();
                else
                    pipeline.Dispose();
                throw;
            }
        };
    }

    /// <summary>
    /// What loads, of an attribute such as "emotion", what explains the network that estimates it by labels; it takes a while. To be called
    /// on the thread that spins; what it returns, on any.
    /// </summary>
    public Func<string, FaceExplainer> PrepareExplainers()
    {
        string[] paths = [.. _models.Value.Select(name => Path.Combine(Directory, name + ".yaml"))];
        return attribute =>
        {
            var manifest = paths.Select(AttributeManifest.Load).FirstOrDefault(manifest => manifest.Heads.Any(head => head.Attribute == attribute))
                ?? throw new ModelException($"No network of the parameter '{_models.Name}' estimates '{attribute}'.");
            return new FaceExplainer(manifest);
        };
    }

    private string Directory => _directory.Value.Length > 0 ? _directory.Value : Path.Combine(AppContext.BaseDirectory, "models");

    private Func<UprightDetector> PrepareDetector()
    {
        var (create, brighten) = (_detectors[_detector.Value].Prepare(), _brighten.Value);
        return () => new UprightDetector(brighten ? new BrighteningDetector(create()) : create());
    }

    private Func<Classifiers> PrepareModels()
    {
        var (names, directory) = (_models.Value, Directory);
        return () => LoadModels(names, directory);
    }

    private Classifiers LoadModels(string[] names, string directory)
    {
        var attributes = new HashSet<string>();
        var loaded = new Classifiers();
        try
        {
            foreach (var name in names)
            {
                var manifest = AttributeManifest.Load(Path.Combine(directory, name + ".yaml"));
                foreach (var head in manifest.Heads)
                    RequireField(name, head);

                // Of an attribute that several models estimate, the first one's answer counts.
                ModelHead[] heads = [.. manifest.Heads.Where(head => attributes.Add(head.Attribute))];
                if (heads.Length == 0)
                {
                    throw new ModelException(
                        $"Model '{name}' estimates nothing that the models before it don't; remove it from the parameter '{_models.Name}'.");
                }

                loaded.All.Add(new AttributeClassifier(manifest with { Heads = heads }));
            }

            if (loaded.All.Count == 0)
                _logger.Warn($"The parameter '{_models.Name}' is empty: faces are found and followed, their attributes stay unknown.");
            return loaded;
        }
        catch
        {
            loaded.Dispose();
            throw;
        }
    }

    private static void RequireField(string model, ModelHead head)
    {
        var (kind, fields) = head.Values is null
            ? ("by labels", FacesOutput.Categorical)
            : ("as a number", FacesOutput.Numeric);
        if (!fields.Contains(head.Attribute))
        {
            throw new ModelException(
                $"Model '{model}' estimates '{head.Attribute}' {kind}, for which FaceAttributes.msg has no field; {kind} it has {string.Join(" and ", fields)}.");
        }
    }

    private sealed class Classifiers : IDisposable
    {
        public List<AttributeClassifier> All { get; } = [];

        public void Dispose() => All.ForEach(classifier => classifier.Dispose());
    }
}
