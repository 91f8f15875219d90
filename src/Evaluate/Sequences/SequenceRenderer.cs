using System.Numerics;
using FaceAttributes.Evaluation.Metrics;
using OpenCvSharp;
using Vision.Geometry;
using Vision.Imaging;

namespace FaceAttributes.Evaluation.Sequences;

/// <summary>Draws the images of sequences, and says which faces are in them. Used by one thread at a time.</summary>
internal sealed class SequenceRenderer : IDisposable
{
    /// <summary>
    /// Share of a face that must be in the image and not hidden for the face to be one that must be found; one that is less
    /// visible may be found or not.
    /// </summary>
    public const double MinVisible = 0.7;

    // How far the camera may turn, in pixels.
    private const int Margin = 160;

    // Of the noise picture, in grey levels, and how much larger than an image it is.
    private const double NoiseDeviation = 16;
    private const int NoiseMargin = 128;

    private readonly Dictionary<FacePhotograph, Cutout> _cutouts = [];
    private readonly Dictionary<string, Mat> _backgrounds = [];
    private readonly Mat _noise = new(Sequence.Height + NoiseMargin, Sequence.Width + NoiseMargin, MatType.CV_8UC3);
    private readonly Mat<double> _shift = new(2, 3);

    /// <summary>Prepares the noise, which is the same in all renderers.</summary>
    public SequenceRenderer() => new RNG(1).Fill(_noise, DistributionType.Normal, Scalar.All(128), Scalar.All(NoiseDeviation));

    /// <summary>Draws an image.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <param name="index">Of the image in it.</param>
    /// <param name="frame">Becomes bgr8, 640×480.</param>
    /// <exception cref="EvaluationException">A photograph cannot be read.</exception>
    public void Draw(Sequence sequence, int index, Mat frame)
    {
        var time = sequence.Stamps[index];
        var camera = sequence.Camera(time);
        var shift = _shift.GetIndexer();
        (shift[0, 0], shift[0, 1], shift[0, 2]) = (1, 0, camera.X - Margin);
        (shift[1, 0], shift[1, 1], shift[1, 2]) = (0, 1, camera.Y - Margin);
        Cv2.WarpAffine(Background(sequence.Background), frame, _shift, new Size(Sequence.Width, Sequence.Height),
            InterpolationFlags.Linear, BorderTypes.Reflect101);
        foreach (var layer in sequence.Layers)
        {
            if (layer is Person person)
                CutoutOf(person, time).Draw(frame, PoseOf(person, time, camera));
            else
                Cv2.Rectangle(frame, PlaceOf((Board)layer, time, camera).ToRect(), Scalar.All(110), thickness: -1);
        }

        if (sequence.Blur > 0)
            Cv2.GaussianBlur(frame, frame, default, sequence.Blur);
        var random = new Random(HashCode(sequence.Seed, index));
        using var noise = new Mat(
            _noise, new Rect(random.Next(NoiseMargin), random.Next(NoiseMargin), Sequence.Width, Sequence.Height));
        var strength = sequence.Noise / NoiseDeviation;
        Cv2.AddWeighted(frame, sequence.Light(time), noise, strength, -128 * strength, frame);
    }

    /// <summary>The faces in an image.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <param name="index">Of the image in it.</param>
    /// <returns>Each with the share of it that can be seen, from 0 to 1.</returns>
    public IReadOnlyList<(TrueFace Face, double Visible)> Faces(Sequence sequence, int index)
    {
        var time = sequence.Stamps[index];
        var camera = sequence.Camera(time);
        var faces = new List<(TrueFace, double)>();
        for (var i = 0; i < sequence.Layers.Count; i++)
        {
            if (sequence.Layers[i] is not Person person)
                continue;
            var box = CutoutOf(person, time).FaceAt(PoseOf(person, time, camera));
            var (since, photograph) = person.Looks.Last(look => look.From <= time);
            var face = new TrueFace(
                2 * i + (time < person.AnotherFrom ? 0 : 1), box, since > 0 ? since : double.NegativeInfinity, photograph.Emotion);
            faces.Add((face, Visible(box, sequence.Layers.Skip(i + 1), time, camera)));
        }

        return faces;
    }

    /// <summary>Frees the pictures.</summary>
    public void Dispose()
    {
        foreach (var cutout in _cutouts.Values)
            cutout.Dispose();
        foreach (var background in _backgrounds.Values)
            background.Dispose();
        _noise.Dispose();
        _shift.Dispose();
    }

    // The framework's own differs from run to run.
    private static int HashCode(int seed, int index) => unchecked(seed * 7919 + index);

    private static Pose PoseOf(Person person, double time, Vector2 camera)
    {
        var pose = person.Path(time);
        return pose with { X = pose.X + camera.X, Y = pose.Y + camera.Y };
    }

    private static Box PlaceOf(Board board, double time, Vector2 camera)
    {
        var place = board.Path(time);
        return place with { X = place.X + camera.X, Y = place.Y + camera.Y };
    }

    // Of a grid of points, the share that lies in the image and behind nothing.
    private double Visible(in Box box, IEnumerable<Layer> nearer, double time, Vector2 camera)
    {
        const int steps = 20;
        var points = new List<Vector2>();
        for (var i = 0; i < steps * steps; i++)
        {
            var point = new Vector2(
                box.X + box.Width * (i % steps + 0.5f) / steps, box.Y + box.Height * (i / steps + 0.5f) / steps);
            if (point is { X: >= 0 and < Sequence.Width, Y: >= 0 and < Sequence.Height })
                points.Add(point);
        }

        foreach (var layer in nearer)
            points.RemoveAll(point => Hides(layer, point, time, camera));
        return (double)points.Count / (steps * steps);
    }

    private bool Hides(Layer layer, Vector2 point, double time, Vector2 camera)
    {
        if (layer is Person person)
            return CutoutOf(person, time).Hides(PoseOf(person, time, camera), point.X, point.Y);
        var board = PlaceOf((Board)layer, time, camera);
        return point.X >= board.X && point.X < board.Right && point.Y >= board.Y && point.Y < board.Bottom;
    }

    private Cutout CutoutOf(Person person, double time)
    {
        var photograph = person.Looks.Last(look => look.From <= time).Photograph;
        if (!_cutouts.TryGetValue(photograph, out var cutout))
            _cutouts[photograph] = cutout = new Cutout(photograph);
        return cutout;
    }

    // Scaled so that it covers an image and the margin.
    private Mat Background(string path)
    {
        if (_backgrounds.TryGetValue(path, out var background))
            return background;
        using var picture = PictureFile.Read(path, ImreadModes.Color);
        if (picture.Empty())
            throw new EvaluationException($"{path} cannot be read as a picture; replace it or remove its row from the table of faces.");
        const int width = Sequence.Width + 2 * Margin, height = Sequence.Height + 2 * Margin;
        var scale = Math.Max((double)width / picture.Width, (double)height / picture.Height);
        using var scaled = picture.Resize(
            new Size(Math.Ceiling(scale * picture.Width), Math.Ceiling(scale * picture.Height)), 0, 0,
            scale < 1 ? InterpolationFlags.Area : InterpolationFlags.Linear);
        using var middle = new Mat(scaled, new Rect((scaled.Width - width) / 2, (scaled.Height - height) / 2, width, height));
        return _backgrounds[path] = middle.Clone();
    }
}
