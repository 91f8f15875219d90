using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using OpenCvSharp;
using Vision.Geometry;
using Vision.Imaging;
using Vision.Inference;

namespace FaceAttributes.Detection.Onnx;

/// <summary>Faces by a convolutional network of an ONNX file; turned and covered ones too, down to a few pixels.</summary>
/// <remarks>
/// A picture is brought to the network's input with its aspect kept. A part of one is looked at as large as in the whole, where
/// the network takes inputs of any size, so that a small part costs little.
/// </remarks>
public sealed class OnnxFaceDetector : IFaceDetector
{
    // Parts of a picture go through inputs of few sizes: squares whose sides are multiples of this.
    private const int PartStep = 64;

    // Near a known face, a square so many times as wide as the face is looked at, through an input of this side.
    private const float NearExtent = 2;
    private const int NearInput = 64;

    // Out of focus is a picture of which neighbours two pixels apart differ by less than this share of what those four apart
    // do (squared). With edges it is a half, in a smear a quarter. Every fourth row is looked at.
    private const float SoftShare = 0.33f;
    private const int SoftDistance = 2;
    private const int SoftRows = 4;

    // Of faces much larger than this, in pixels of the input, parts pass for faces, or nothing: UltraFace knows none above 256. In a picture half
    // as large they are of a usual size. A part has at least such a share of its face's side.
    private const float LargeFace = 128;
    private const float PartShare = 0.25f;

    // Where nothing else is found a large face must be as sure as this. Of 2,297 pictures of rooms and people 16 had one there: the two
    // faces scored 1.00, the others, dogs, hands and floors, 0.71 to 0.97.
    private const float SureScore = 0.98f;

    // A small input costs more than its share of pixels: each run of the network takes some time for nothing.
    private const float NearOverhead = 2;

    // A camera needs a size for the whole picture and a few for parts. Others, as of a camera before, are given back.
    private const int MostSizes = 16;

    private readonly DetectorManifest _manifest;
    private readonly OnnxModel _model;
    private readonly Size? _fixedInput;
    private readonly List<SizedNetwork> _networks = []; // The last used ones first.
    private readonly List<FaceDetection> _coarse = [];
    private readonly int _inputSize;
    private readonly float _doubtfulScore;
    private readonly float _nmsThreshold;
    private readonly double _minSize;

    /// <summary>Loads the network of a manifest and runs it once.</summary>
    /// <exception cref="ModelException">The file is missing or another one, or does not fit its manifest.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public OnnxFaceDetector(DetectorManifest manifest, OnnxFaceDetectorOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        options ??= new OnnxFaceDetectorOptions();
        Check(options);
        _manifest = manifest;
        CertainScore = (float)(options.ScoreThreshold ?? manifest.ScoreThreshold);
        _doubtfulScore = Math.Min(CertainScore, (float)(options.DoubtfulScore ?? CertainScore));
        _nmsThreshold = (float)(options.NmsThreshold ?? manifest.NmsThreshold);
        _minSize = options.MinSize;
        _model = new OnnxModel(manifest.Model);
        try
        {
            _fixedInput = FixedInput();
            _inputSize = options.InputSize ?? Longer(_fixedInput ?? new Size(manifest.Input.Width, manifest.Input.Height));
            if (_fixedInput is { } only && Longer(only) != _inputSize)
            {
                throw new ModelException(
                    $"Model {manifest.Model.Path} takes pictures of {only.Width}x{only.Height} only, not of {_inputSize}; " +
                    $"ask for {Longer(only)}, or use a network whose input has no fixed height and width.");
            }

            NetworkFor(WholeInput(manifest.Input.Width, manifest.Input.Height)).Run();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public string Name => _manifest.Name;

    /// <inheritdoc/>
    public float CertainScore { get; }

    /// <inheritdoc/>
    public float NearCost => _fixedInput is null ? Math.Min(1, NearOverhead * NearInput * NearInput * 4 / (3f * _inputSize * _inputSize)) : 1;

    /// <summary>Loads a manifest and its network.</summary>
    /// <param name="manifestPath">The YAML file.</param>
    /// <param name="options">Null: what the manifest says.</param>
    /// <exception cref="ModelException">A file is missing or wrong.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static OnnxFaceDetector Load(string manifestPath, OnnxFaceDetectorOptions? options = null) =>
        new(DetectorManifest.Load(manifestPath), options);

    /// <summary>Finds faces; their boxes are squares as <see cref="DetectorManifest.Framing"/> says.</summary>
    /// <remarks>
    /// The score is the network's estimate of the probability that there is a face. Where the network takes any size, a picture out of
    /// focus is looked at half as large, too, for there its faces are sharp, and so is one with a face above 128 pixels of the input, or with
    /// none at all: of faces that fill the picture the network sees parts or nothing, there the whole.
    /// </remarks>
    /// <inheritdoc/>
    public void Detect(ImageFrame frame, Rect region, List<FaceDetection> detections)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(detections);
        detections.Clear();
        region &= new Rect(0, 0, frame.Width, frame.Height);
        if (region.Width < 1 || region.Height < 1)
            return;
        var input = InputFor(frame, region, out var scaled);
        var network = Detect(frame, region, input, scaled, detections);
        if (_fixedInput is not null || Longer(scaled) < 2 * OnnxFaceDetectorOptions.LeastInputSize)
            return;
        var scale = (float)scaled.Width / region.Width;
        var large = LargeFace / scale;
        var usual = Any(detections, large) || network.IsSoft(scaled, scale);
        if (!usual && detections is [var best, ..] && best.Score >= CertainScore) // They are sorted by it.
            return;
        var half = Scaled(scaled.Width, scaled.Height, 0.5);
        _coarse.Clear();
        Detect(frame, region, Padded(half), half, _coarse);
        if (!usual)
            KeepSure(_coarse, large);
        foreach (var whole in _coarse)
        {
            if (whole.Box.Width > large)
                RemoveParts(detections, whole.Box);
        }

        detections.AddRange(_coarse);
        NonMaxSuppression.Apply(detections, _nmsThreshold);
    }

    /// <summary>
    /// Looks again for a face that was seen a moment ago, in a square twice as wide, which is brought to 64×64 pixels where
    /// the network takes any size: a twentieth of the time of a search in a picture of 640×480. What is smaller
    /// than that is enlarged no more than in such a search.
    /// </summary>
    /// <inheritdoc/>
    public void DetectNear(ImageFrame frame, in Box expected, List<FaceDetection> detections)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(detections);
        detections.Clear();
        var side = Math.Max(expected.Width, expected.Height);
        var near = Box.Square(expected.CenterX, expected.CenterY, NearExtent * side).ClipTo(frame.Width, frame.Height).ToRect();
        if (near.Width < 1 || near.Height < 1)
            return;
        if (_fixedInput is not null)
        {
            Detect(frame, near, InputFor(frame, near, out var fitted), fitted, detections);
            return;
        }

        // By rounding, the square may be a little larger.
        var most = Math.Max(1, (float)_inputSize / Math.Max(frame.Width, frame.Height)); // As large as where it was found
        var scale = Math.Min(most, NearInput / Math.Max(NearExtent * side, Longer(near.Size)));
        Detect(frame, near, new Size(NearInput, NearInput), Scaled(near.Width, near.Height, scale), detections);
    }

    /// <summary>Frees the network.</summary>
    public void Dispose() => _model.Dispose();

    private SizedNetwork Detect(ImageFrame frame, Rect region, Size input, Size scaled, List<FaceDetection> detections)
    {
        var network = NetworkFor(input);
        network.Run(frame.Color, region, scaled);
        network.Decoder.Decode(_doubtfulScore, detections);
        NonMaxSuppression.Apply(detections, _nmsThreshold);
        ToPixels(detections, region, scaled, (float)(_minSize * Math.Min(frame.Width, frame.Height)));
        return network;
    }

    /// <summary>Whether a box is wider than that.</summary>
    private static bool Any(List<FaceDetection> detections, float width)
    {
        foreach (var detection in detections)
        {
            if (detection.Box.Width > width)
                return true;
        }

        return false;
    }

    /// <summary>Removes all but faces wider than that of which the network is sure.</summary>
    private static void KeepSure(List<FaceDetection> detections, float width)
    {
        for (var i = detections.Count - 1; i >= 0; i--)
        {
            if (detections[i].Box.Width <= width || detections[i].Score < SureScore)
                detections.RemoveAt(i);
        }
    }

    /// <summary>Removes what lies in a face and is a good part of it.</summary>
    private static void RemoveParts(List<FaceDetection> detections, Box face)
    {
        for (var i = detections.Count - 1; i >= 0; i--)
        {
            var box = detections[i].Box;
            if (box.Width >= PartShare * face.Width
                && Math.Abs(box.CenterX - face.CenterX) < face.Width / 2 && Math.Abs(box.CenterY - face.CenterY) < face.Height / 2)
                detections.RemoveAt(i);
        }
    }

    private static void Check(OnnxFaceDetectorOptions options)
    {
        if (!(options.ScoreThreshold is null or (> 0 and < 1)))
            throw Options.Wrong("ScoreThreshold", options.ScoreThreshold, "above 0 and below 1");
        if (!(options.DoubtfulScore is null or (> 0 and < 1)))
            throw Options.Wrong("DoubtfulScore", options.DoubtfulScore, "above 0 and below 1");
        if (!(options.NmsThreshold is null or (>= 0 and <= 1)))
            throw Options.Wrong("NmsThreshold", options.NmsThreshold, "from 0 to 1");
        if (!(options.InputSize is null or (>= OnnxFaceDetectorOptions.LeastInputSize and <= OnnxFaceDetectorOptions.MostInputSize)))
            throw Options.Wrong("InputSize", options.InputSize, $"from {OnnxFaceDetectorOptions.LeastInputSize} to {OnnxFaceDetectorOptions.MostInputSize}");
        if (!(options.MinSize is >= 0 and <= 1))
            throw Options.Wrong("MinSize", options.MinSize, "from 0 to 1");
    }

    private static int Longer(Size size) => Math.Max(size.Width, size.Height);

    private static int RoundUp(int value, int step) => (value + step - 1) / step * step;

    private static Size Scaled(int width, int height, double scale) =>
        new(Math.Max(1, (int)Math.Round(width * scale)), Math.Max(1, (int)Math.Round(height * scale)));

    /// <summary>The size of the network's input; null where it takes any.</summary>
    private Size? FixedInput()
    {
        var shape = _model.InputShape(_manifest.Input.Name);
        if (shape.Length != 3)
        {
            throw new ModelException(
                $"Model {_manifest.Model.Path} has an input '{_manifest.Input.Name}' that is no picture; correct the manifest or export the model again.");
        }

        var (height, width) = _manifest.Input.Layout == TensorLayout.Planes ? (shape[1], shape[2]) : (shape[0], shape[1]);
        return height < 0 || width < 0 ? null : new Size(width, height);
    }

    /// <summary>The input for a whole picture.</summary>
    private Size WholeInput(int width, int height)
    {
        if (_fixedInput is { } only)
            return only;
        return Padded(Scaled(width, height, (double)_inputSize / Math.Max(width, height)));
    }

    /// <summary>The least input that holds a picture of this size.</summary>
    private Size Padded(Size scaled) =>
        new(RoundUp(scaled.Width, _manifest.Decoding.Step), RoundUp(scaled.Height, _manifest.Decoding.Step));

    /// <summary>The input for a part of a picture, and the size that the part has in it.</summary>
    private Size InputFor(ImageFrame frame, Rect region, out Size scaled)
    {
        if (_fixedInput is { } only)
        {
            var fit = Math.Min((double)only.Width / region.Width, (double)only.Height / region.Height);
            scaled = Scaled(region.Width, region.Height, fit);
            return only;
        }

        scaled = Scaled(region.Width, region.Height, (double)_inputSize / Math.Max(frame.Width, frame.Height));
        var whole = WholeInput(frame.Width, frame.Height);
        var side = RoundUp(Longer(scaled), PartStep);
        return side * side < whole.Width * whole.Height ? new Size(side, side) : whole;
    }

    private SizedNetwork NetworkFor(Size input)
    {
        for (var i = 0; i < _networks.Count; i++)
        {
            var known = _networks[i];
            if (known.Size != input)
                continue;
            _networks.RemoveAt(i);
            _networks.Insert(0, known);
            return known;
        }

        if (_networks.Count == MostSizes)
        {
            _networks[^1].Dispose();
            _networks.RemoveAt(MostSizes - 1);
        }

        var network = new SizedNetwork(_manifest, _model, input);
        _networks.Insert(0, network);
        return network;
    }

    /// <summary>From pixels of the input to those of the image, without faces that are too small.</summary>
    private void ToPixels(List<FaceDetection> detections, Rect region, Size scaled, float smallest)
    {
        var (x, y) = ((float)region.Width / scaled.Width, (float)region.Height / scaled.Height);
        var found = CollectionsMarshal.AsSpan(detections);
        var kept = 0;
        foreach (var detection in found)
        {
            var box = detection.Box;
            var pixels = new Box(region.X + x * box.X, region.Y + y * box.Y, x * box.Width, y * box.Height);
            var face = _manifest.Framing.Apply(pixels);
            if (!(face.Width >= smallest) || !float.IsFinite(face.X + face.Y + face.Width))
                continue;
            found[kept++] = new FaceDetection(face, detection.Score, detection.Landmarks is not { } points ? null : new FaceLandmarks(
                Move(points.RightEye), Move(points.LeftEye), Move(points.Nose), Move(points.Mouth)));
        }

        detections.RemoveRange(kept, detections.Count - kept);

        Point2f Move(Point2f point) => new(region.X + x * point.X, region.Y + y * point.Y);
    }

    /// <summary>The network, bound for an input of one size.</summary>
    private sealed class SizedNetwork : IDisposable
    {
        private readonly ModelInput _input;
        private readonly InputPicture _picture;
        private readonly OnnxTensor<float> _tensor;
        private readonly OnnxRun _run;

        public SizedNetwork(DetectorManifest manifest, OnnxModel model, Size size)
        {
            _input = manifest.Input with { Width = size.Width, Height = size.Height };
            _picture = new InputPicture(_input);
            _tensor = new OnnxTensor<float>(_input.Name, _input.Shape);
            Decoder = manifest.Decoding.For(size);
            Size = size;
            _run = model.Bind([_tensor], Decoder.Outputs);
        }

        public Size Size { get; }

        public FaceDecoder Decoder { get; }

        /// <summary>Looks at a part of a picture.</summary>
        public void Run(ColorPixels picture, Rect region, Size scaled)
        {
            _picture.Write(picture, region, scaled, _tensor.Samples(1));
            Run();
        }

        /// <summary>Whether the picture that the input holds lacks fine detail.</summary>
        /// <param name="scaled">Its size.</param>
        /// <param name="scale">By how much it was enlarged, or below 1 shrunk: what is enlarged has less.</param>
        public bool IsSoft(Size scaled, float scale)
        {
            // In the layout of planes the middle one, else all channels.
            var isPlanes = _input.Layout == TensorLayout.Planes;
            var pixel = isPlanes ? 1 : ColorPixels.Channels;
            var samples = _tensor.Samples(1);
            if (isPlanes)
                samples = samples.Slice(Size.Width * Size.Height, Size.Width * Size.Height);
            var distance = Math.Max(SoftDistance, (int)MathF.Round(SoftDistance * scale)) * pixel;
            if (scaled.Width * pixel <= 2 * distance)
                return false;
            var (near, far) = (0f, 0f);
            for (var y = 0; y < scaled.Height; y += SoftRows)
            {
                var row = samples.Slice(y * Size.Width * pixel, scaled.Width * pixel);
                near += Square(TensorPrimitives.Distance<float>(row[distance..], row[..^distance]));
                far += Square(TensorPrimitives.Distance<float>(row[(2 * distance)..], row[..^(2 * distance)]));
            }

            return near < SoftShare * far;

            static float Square(float value) => value * value;
        }

        /// <summary>Looks at what the input holds.</summary>
        public void Run() => _run.Run(1);

        /// <summary>Frees its memory.</summary>
        public void Dispose() => _run.Dispose();
    }
}
