using face_attributes.srv;
using FaceAttributes.Drawing;
using FaceAttributes.Explanation;
using FaceAttributes.Node.Outputs;
using FaceAttributes.Privacy;
using FaceAttributes.Tracking;
using OpenCvSharp;
using rclcs;
using Vision.Imaging;
using VisionNodes;
using Image = sensor_msgs.msg.Image;

namespace FaceAttributes.Node.Services;

/// <summary>
/// <c>~/classify</c> and <c>~/explain</c>: the faces of one image, and what in one of them speaks for an answer, for whoever asks
/// once. The camera's faces don't feel it. One call is worked on at a time, and what is loaded for it stays for a while.
/// </summary>
internal sealed class PictureServices : IDisposable
{
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(10);

    private readonly PipelineFactory _factory;
    private readonly PrivacySetting _privacy;
    private readonly Func<CancellationToken, Task<Image>> _nextImage;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly IDisposable[] _services;
    private readonly Timer _idle;
    private readonly Dictionary<string, FaceExplainer> _explainers = [];
    private readonly Lock _gate = new();
    private FacePipeline? _pipeline;
    private Func<string, FaceExplainer>? _explain;
    private Prepared? _next;
    private int _version;
    private int _pending;
    private bool _disposed;

    /// <summary>Begins to serve.</summary>
    /// <param name="node">Outlives this; serves while it spins.</param>
    /// <param name="factory">Makes the pipeline, with the parameters as they are at each call.</param>
    /// <param name="privacy">What the answers' pictures may show.</param>
    /// <param name="nextImage">Waits for the camera's next image.</param>
    /// <exception cref="RuntimeError">The middleware refuses.</exception>
    public PictureServices(INode node, PipelineFactory factory, PrivacySetting privacy, Func<CancellationToken, Task<Image>> nextImage)
    {
        (_factory, _privacy, _nextImage) = (factory, privacy, nextImage);
        _idle = new Timer(_ => FreeIdle());
        _services =
        [
            node.CreateService<Classify.Request, Classify.Response>("~/classify", Classify),
            node.CreateService<Explain.Request, Explain.Response>("~/explain", Explain),
        ];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Array.ForEach(_services, service => service.Dispose());
        lock (_gate)
        {
            _disposed = true;
            _idle.Dispose();
            if (_pending == 0)
                Free();
        }
    }

    /// <summary>Finds the faces of an image and classifies each that the image shows well enough, however long it takes.</summary>
    internal static IReadOnlyList<Track> Look(FacePipeline pipeline, ImageFrame frame, double stamp)
    {
        pipeline.ClassificationOptions = pipeline.ClassificationOptions with { Budget = null, IntervalSeconds = 0 };
        pipeline.TrackerOptions = pipeline.TrackerOptions with { ConfirmHits = 1 };
        pipeline.Restart();
        return pipeline.Process(frame, stamp);
    }

    private Task<Classify.Response> Classify(Classify.Request request, CancellationToken cancellationToken) => Serve(
        request.Image, (pipeline, image) => Classify(pipeline, request, image), message => new Classify.Response { Message = message }, cancellationToken);

    private Task<Explain.Response> Explain(Explain.Request request, CancellationToken cancellationToken)
    {
        var attribute = request.Attribute.Length > 0 ? request.Attribute : FacesOutput.Categorical[0];
        return Serve(
            request.Image, (pipeline, image) => Explain(pipeline, request, image, attribute), message => new Explain.Response { Message = message }, cancellationToken);
    }

    /// <summary>Begins on the thread that spins, where the parameters stay as they are, and goes on beside it.</summary>
    private async Task<T> Serve<T>(Image sent, Func<FacePipeline, Image, T> work, Func<string, T> refuse, CancellationToken cancellationToken)
    {
        try
        {
            lock (_gate)
            {
                _pending++;
                var version = _factory.Version;
                if (_version != version || (_pipeline is null && _next is null))
                    (_next, _version) = (new Prepared(_factory.Prepare(), _factory.PrepareExplainers()), version);
            }

            var image = sent.IsNone() ? await _nextImage(cancellationToken).ConfigureAwait(false) : sent;
            await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                return await LowPriority.Run(() => work(Current(), image)).ConfigureAwait(false);
            }
            finally
            {
                _turn.Release();
            }
        }
        catch (Exception e) when (e is not (OutOfMemoryException or OperationCanceledException))
        {
            return refuse(VisionProgram.Describe(e) ?? e.Message);
        }
        finally
        {
            lock (_gate)
            {
                if (--_pending == 0 && _disposed)
                    Free();
                else if (!_disposed)
                    _idle.Change(IdleTime, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>What the call whose turn it is works with, loaded where it has to be: not under the gate, for which the thread that spins waits.</summary>
    private FacePipeline Current()
    {
        Prepared next;
        lock (_gate)
        {
            if (_next is null)
                return _pipeline!;
            next = _next;
            Free();
        }

        var loaded = next.Load();
        lock (_gate)
        {
            if (_next == next)
                _next = null;
            _explain = next.Explain;
            return _pipeline = loaded;
        }
    }

    private Classify.Response Classify(FacePipeline pipeline, Classify.Request request, Image image)
    {
        using var frame = new ImageFrame();
        Set(frame, image, request.Upright);
        var tracks = Look(pipeline, frame, image.Header.Stamp.ToNanoseconds() / 1e9);
        var response = new Classify.Response
        {
            Success = true,
            Faces = new FacesOutput().Fill(tracks, [], image.Header, frame.Width, frame.Height),
        };
        image.Header.CopyTo(response.Annotated.Header);
        var privacy = _privacy.Now;
        if (privacy.ShowsPictures)
        {
            using var picture = new Mat();
            frame.CopyBgrTo(picture);
            if (privacy.HidesFaces)
            {
                using var hider = new FaceHider();
                hider.Hide(picture, pipeline.AllTracks, pipeline.Detections, privacy.MarksEmotions);
            }

            new Annotator().Draw(tracks, picture);
            response.Annotated.Fill(picture);
        }

        return response;
    }

    private void Set(ImageFrame frame, Image image, bool isUpright)
    {
        frame.Set(image);
        frame.Upright = isUpright ? Turn.None : _factory.Upright;
    }

    private Explain.Response Explain(FacePipeline pipeline, Explain.Request request, Image image, string attribute)
    {
        using var frame = new ImageFrame();
        Set(frame, image, request.Upright);
        var privacy = _privacy.Now;
        if (!privacy.ShowsPictures)
            throw new ArgumentException("The parameter 'privacy' is no_images: nothing is shown.");
        var tracks = LookToExplain(pipeline, frame, request, image);
        var track = (request.Face.Length > 0 ? tracks.FirstOrDefault(track => track.Id == request.Face) : tracks.MaxBy(track => track.Box.Area))
            ?? throw new ArgumentException(request.Face.Length > 0
                ? $"There is no face '{request.Face}' in the image, but {tracks.Count} others; the first from the left is f1."
                : "There is no face in the image.");
        if (!_explainers.TryGetValue(attribute, out var explainer))
            _explainers[attribute] = explainer = _explain!(attribute);
        var found = track.Find(attribute)!;
        if (request.Label.Length == 0 && !found.HasAnswer)
        {
            throw new ArgumentException(
                $"No network has looked at face '{track.Id}', which the image shows too badly (quality {track.Quality:F2}); lower quality.min, or name a label.");
        }

        var smoothed = found.Smoothed;
        var (label, probability) = (smoothed.MostProbable, smoothed.Confidence);
        if (request.Label.Length > 0)
        {
            var index = smoothed.Labels.ToList().IndexOf(request.Label);
            (label, probability) = (request.Label, index < 0 ? 0 : smoothed.Probabilities[index]);
        }

        using var picture = new Mat();
        ExplanationPicture.Draw(
            explainer, frame, track.Box, new ExplainedAnswer(track.Id, attribute, label, probability), privacy.HidesFaces, picture);
        var response = new Explain.Response { Success = true, Face = track.Id, Attribute = attribute, Label = label, Probability = probability };
        image.Header.CopyTo(response.Explanation.Header);
        response.Explanation.Fill(picture);
        return response;
    }

    /// <summary>A label that is asked for is explained however badly the image shows the face: the network has to look at it then.</summary>
    private static IReadOnlyList<Track> LookToExplain(FacePipeline pipeline, ImageFrame frame, Explain.Request request, Image image)
    {
        var options = pipeline.ClassificationOptions;
        if (request.Label.Length > 0)
            pipeline.ClassificationOptions = options with { MinQuality = 0 };
        try
        {
            return Look(pipeline, frame, image.Header.Stamp.ToNanoseconds() / 1e9);
        }
        finally
        {
            pipeline.ClassificationOptions = options;
        }
    }

    private sealed record Prepared(Func<FacePipeline> Load, Func<string, FaceExplainer> Explain);

    private void FreeIdle()
    {
        lock (_gate)
        {
            if (_pending == 0)
                Free();
        }
    }

    /// <summary>Frees all that was loaded; by who holds the gate while no call works, or by the call that does.</summary>
    private void Free()
    {
        _pipeline?.Dispose();
        _pipeline = null;
        foreach (var explainer in _explainers.Values)
            explainer.Dispose();
        _explainers.Clear();
    }
}
