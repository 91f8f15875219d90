using System.Globalization;
using FaceAttributes.Detection;
using FaceAttributes.Detection.Haar;
using FaceAttributes.Detection.Onnx;
using rclcs;
using Vision.Inference;
using VisionNodes;

namespace FaceAttributes.Node;

/// <summary>A detector that the parameter <c>detector</c> can name: it declares its group of parameters, and is made of them.</summary>
internal abstract class DetectorFactory
{
    /// <summary>All detectors by name, which is also the name of their group of parameters.</summary>
    public static IReadOnlyDictionary<string, Func<LiveParameters, DetectorFactory>> Table { get; } =
        new Dictionary<string, Func<LiveParameters, DetectorFactory>>
        {
            ["ultraface"] = parameters => new OnnxFactory("ultraface", parameters, takesAnySize: true),
            ["blazeface"] = parameters => new OnnxFactory("blazeface", parameters, takesAnySize: false),
            ["yunet"] = parameters => new OwnOnnxFactory("yunet", parameters),
            ["haar"] = parameters => new HaarFactory(parameters),
        };

    /// <summary>What is used unless another is asked for.</summary>
    public const string Default = "ultraface";

    private readonly LiveParameter<double> _fullSearchSeconds;

    /// <summary>Declares the parameters that every detector has.</summary>
    /// <param name="name">Of the group of parameters.</param>
    /// <param name="parameters">Get the group.</param>
    /// <param name="fullSearchSeconds">The default of <see cref="FullSearchSeconds"/>.</param>
    protected DetectorFactory(string name, LiveParameters parameters, double fullSearchSeconds) =>
        _fullSearchSeconds = parameters.Add(name + ".full_search_seconds", fullSearchSeconds,
            "Seconds from one search of the whole image to the next; in between, known faces are looked for near their places, in turns where there are many; 0 for every image; no effect where the network takes pictures of one size only, as blazeface",
            LiveParameters.Range(0, 60));

    /// <summary>See <see cref="FacePipeline.FullSearchSeconds"/>.</summary>
    public double FullSearchSeconds => _fullSearchSeconds.Value;

    /// <summary>Longer side, in pixels, of what it looks at; null where it looks at the whole image.</summary>
    public virtual int? InputSide => null;

    /// <summary>Sees to it that the values fit together.</summary>
    /// <exception cref="ParameterException">They don't.</exception>
    public virtual void Check()
    {
    }

    /// <summary>What loads the detector, as the parameters are now; on any thread, and throws if a file is missing or wrong.</summary>
    /// <exception cref="ModelException">No file is named.</exception>
    public abstract Func<IFaceDetector> Prepare();
}

/// <summary>Makes an <see cref="OnnxFaceDetector"/>, whose manifest is installed with the node.</summary>
internal class OnnxFactory : DetectorFactory
{
    private readonly LiveParameter<double> _scoreThreshold;
    private readonly LiveParameter<double> _doubtfulScore;
    private readonly LiveParameter<double> _nmsThreshold;
    private readonly LiveParameter<long>? _inputSize;
    private readonly LiveParameter<double> _minSize;

    /// <summary>Declares the parameters, with the manifest's defaults.</summary>
    /// <param name="name">Of the network, and of the group of parameters.</param>
    /// <param name="parameters">Get the group.</param>
    /// <param name="takesAnySize">Whether the network takes pictures of more than one size.</param>
    /// <exception cref="ModelException">The manifest is missing or wrong.</exception>
    public OnnxFactory(string name, LiveParameters parameters, bool takesAnySize)
        : base(name, parameters, FacePipeline.FullSearchSecondsOfCamera)
    {
        Manifest = DetectorManifest.Load(Path.Combine(AppContext.BaseDirectory, "models", name + ".yaml"));
        _scoreThreshold = parameters.Add(name + ".score_threshold", Manifest.ScoreThreshold,
            "Probability of a face from which on it is one; more means fewer false faces and more missed ones", LiveParameters.Range(0.05, 0.99));
        _doubtfulScore = parameters.Add(name + ".doubtful_score", OnnxFaceDetectorOptions.TrackedDoubtfulScore,
            "Probability from which on it is a face where one is followed already; no effect above score_threshold", LiveParameters.Range(0.05, 0.99));
        _nmsThreshold = parameters.Add(name + ".nms_threshold", Manifest.NmsThreshold,
            "Intersection over union of two boxes up to which they are two faces", LiveParameters.Range(0, 1));
        if (takesAnySize)
        {
            _inputSize = parameters.Add(name + ".input_size", (long)Math.Max(Manifest.Input.Width, Manifest.Input.Height),
                "Longer side, in pixels, to which the image is brought for the network; more finds smaller faces and takes longer",
                new ParameterDescriptor { IntegerRange = new IntegerRange(OnnxFaceDetectorOptions.LeastInputSize, OnnxFaceDetectorOptions.MostInputSize) });
        }

        _minSize = parameters.Add(name + ".min_size", new OnnxFaceDetectorOptions().MinSize,
            "Smallest face, relative to the image's shorter side", LiveParameters.Range(0, 1));
    }

    protected DetectorManifest Manifest { get; }

    public override int? InputSide => (int?)_inputSize?.Value ?? Math.Max(Manifest.Input.Width, Manifest.Input.Height);

    public override Func<IFaceDetector> Prepare() => Prepare(Manifest);

    protected Func<IFaceDetector> Prepare(DetectorManifest manifest)
    {
        var options = new OnnxFaceDetectorOptions
        {
            ScoreThreshold = _scoreThreshold.Value,
            DoubtfulScore = _doubtfulScore.Value,
            NmsThreshold = _nmsThreshold.Value,
            InputSize = (int?)_inputSize?.Value,
            MinSize = _minSize.Value,
        };
        return () => new OnnxFaceDetector(manifest, options);
    }
}

/// <summary>Makes an <see cref="OnnxFaceDetector"/> of a network that is a user's own file.</summary>
internal sealed class OwnOnnxFactory : OnnxFactory
{
    private readonly LiveParameter<string> _model;

    public OwnOnnxFactory(string name, LiveParameters parameters)
        : base(name, parameters, takesAnySize: true) =>
        _model = parameters.Add(name + ".model", "", $"The network's ONNX file, such as {Path.GetFileName(Manifest.Model.Path)} of OpenCV's model zoo");

    public override Func<IFaceDetector> Prepare() => _model.Value.Length > 0
        ? Prepare(Manifest with { Model = ModelFile.Of(_model.Value) })
        : throw new ModelException(
            $"The parameter '{_model.Name}' is empty; name a file such as {Path.GetFileName(Manifest.Model.Path)} of OpenCV's model zoo.");
}

/// <summary>Makes the <see cref="HaarCascadeDetector"/>.</summary>
internal sealed class HaarFactory : DetectorFactory
{
    private readonly LiveParameter<string> _path;
    private readonly LiveParameter<double> _scaleFactor;
    private readonly LiveParameter<long> _minNeighbors;
    private readonly LiveParameter<double> _minSize;
    private readonly LiveParameter<double> _maxSize;
    private readonly LiveParameter<bool> _equalizeHistogram;

    public HaarFactory(LiveParameters parameters)
        : base("haar", parameters, fullSearchSeconds: 0.3)
    {
        var defaults = new HaarCascadeOptions();
        _path = parameters.Add("haar.path", "",
            $"The cascade's file; empty for {HaarCascadeDetector.DefaultCascade} of the package opencv-data");
        _scaleFactor = parameters.Add("haar.scale_factor", defaults.ScaleFactor,
            "From each size of face that is looked for to the next; smaller finds more and takes longer", LiveParameters.Range(1.01, 2));
        _minNeighbors = parameters.Add("haar.min_neighbors", (long)defaults.MinNeighbors,
            "Windows that must agree on a face; more means fewer false faces and more missed ones",
            new ParameterDescriptor { IntegerRange = new IntegerRange(1, 100) });
        _minSize = parameters.Add("haar.min_size", defaults.MinSize,
            "Smallest face, relative to the image's shorter side; never below 20 pixels", LiveParameters.Range(0, 1));
        _maxSize = parameters.Add("haar.max_size", defaults.MaxSize,
            "Largest face, relative to the image's shorter side; no less than haar.min_size", LiveParameters.Range(0, 1));
        _equalizeHistogram = parameters.Add("haar.equalize_histogram", defaults.EqualizeHistogram,
            "Whether to spread the grey values over the whole range first, for dim or flat images");
    }

    public override void Check()
    {
        if (_maxSize.Value <= 0 || _maxSize.Value < _minSize.Value)
        {
            throw new ParameterException(string.Create(CultureInfo.InvariantCulture,
                $"'{_minSize.Name}' is {_minSize.Value} and '{_maxSize.Name}' is {_maxSize.Value}, but the latter must be above 0 and no less than the former."));
        }
    }

    public override Func<IFaceDetector> Prepare()
    {
        var options = new HaarCascadeOptions
        {
            CascadePath = _path.Value.Length > 0 ? _path.Value : null,
            ScaleFactor = _scaleFactor.Value,
            MinNeighbors = (int)_minNeighbors.Value,
            MinSize = _minSize.Value,
            MaxSize = _maxSize.Value,
            EqualizeHistogram = _equalizeHistogram.Value,
        };
        return () => new HaarCascadeDetector(options);
    }
}
