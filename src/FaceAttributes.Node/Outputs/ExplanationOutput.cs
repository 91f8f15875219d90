using System.Diagnostics;
using FaceAttributes.Explanation;
using FaceAttributes.Tracking;
using OpenCvSharp;
using rclcs;
using VisionNodes;
using Image = sensor_msgs.msg.Image;

namespace FaceAttributes.Node.Outputs;

/// <summary>
/// <c>~/explanation</c>: what in the largest face, or in a chosen one, speaks for its label, see <see cref="ExplanationPicture"/>.
/// The graph that explains is loaded, besides the images, when somebody subscribes, and freed when nobody does any more.
/// </summary>
internal sealed class ExplanationOutput : Output
{
    private static readonly TimeSpan WarningPause = TimeSpan.FromSeconds(10);

    private readonly OutputTopic<Image> _topic = new("~/explanation", QosProfile.Default with { Depth = 1 });
    private readonly PrivacySetting _privacy;
    private readonly PipelineFactory _factory;
    private readonly Lock _explainerLock = new();
    private Settings _settings;
    private Task<FaceExplainer>? _loading;
    private Settings? _loaded;
    private Timer? _watch;
    private Mat? _picture;
    private PictureMessage? _message;
    private Logger? _logger;
    private long _last;

    public ExplanationOutput(LiveParameters parameters, PrivacySetting privacy, PipelineFactory factory)
        : base(parameters, "explanation.enabled", true, "Whether ~/explanation is there; made only while somebody subscribes")
    {
        (_privacy, _factory) = (privacy, factory);
        Topics = [_topic];
        var rate = parameters.Add("explanation.rate", 2.0, "Pictures a second that ~/explanation has at most", LiveParameters.Range(0.01, 100));
        var face = parameters.Add("explanation.face", "", "Id of the face that is explained; empty for the largest one");
        var attribute = parameters.Add("explanation.attribute", FacesOutput.Categorical[0], "Which of its attributes is",
            new ParameterDescriptor { AllowedStrings = [.. FacesOutput.Categorical] });
        var load = Prepare();
        parameters.OnChange([attribute.Name, "models.names", "models.directory"], () => null, _ =>
        {
            load = Prepare();
            Read();
        });
        parameters.OnChange([rate.Name, face.Name], () => null, _ => Read());
        Read();

        Func<FaceExplainer> Prepare()
        {
            var (explain, name) = (_factory.PrepareExplainers(), attribute.Value);
            return () => explain(name);
        }

        [System.Diagnostics.CodeAnalysis.MemberNotNull(nameof(_settings))]
        void Read() => Volatile.Write(ref _settings!, new Settings(TimeSpan.FromSeconds(1 / rate.Value), face.Value, attribute.Value, load));
    }

    protected override IReadOnlyList<OutputTopic> Topics { get; }

    protected override bool AreTopicsWanted => _privacy.Now.ShowsPictures && base.AreTopicsWanted;

    /// <summary>Whether the graph that explains is in memory.</summary>
    internal bool IsLoaded => _loading is not null;

    protected override void OnOpened(LifecycleNode lifecycle) => (_logger, _picture, _message, _watch) = (
        lifecycle.Node.Logger, new Mat(), new PictureMessage(), WhileUnwanted(Free));

    protected override void OnClosed()
    {
        _watch?.Dispose();
        Free();
        _message?.Dispose();
        _picture?.Dispose();
        (_watch, _picture, _message) = (null, null, null);
    }

    protected override void PublishWanted(ImageResult result)
    {
        var settings = Volatile.Read(ref _settings);
        if (!result.ShowsPicture || Stopwatch.GetElapsedTime(_last) < settings.Period
            || Choose(result.Tracks, settings) is not { } track || track.Find(settings.Attribute) is not { HasAnswer: true } attribute)
        {
            return;
        }

        lock (_explainerLock)
        {
            if (Explainer(settings) is not { } explainer)
                return;
            _last = Stopwatch.GetTimestamp();
            var smoothed = attribute.Smoothed;
            ExplanationPicture.Draw(
                explainer, result.Frame, track.Box, new ExplainedAnswer(track.Id, settings.Attribute, smoothed.MostProbable, smoothed.Confidence),
                result.HidesFaces, _picture!);
        }

        result.Header.CopyTo(_message!.Message.Header);
        _topic.Publish(_message.Show(_picture!));
    }

    private static Track? Choose(IReadOnlyList<Track> tracks, Settings settings)
    {
        Track? chosen = null;
        for (var i = 0; i < tracks.Count; i++)
        {
            var track = tracks[i];
            if (settings.Face.Length > 0 ? track.Id == settings.Face : chosen is null || track.Box.Area > chosen.Box.Area)
                chosen = track;
        }

        return chosen;
    }

    /// <summary>The graph, once it is loaded; until then images go on without it.</summary>
    private FaceExplainer? Explainer(Settings settings)
    {
        if (_loading is not null && _loaded?.Load != settings.Load && _loading.IsCompleted)
            Free();
        if (_loading is null)
            (_loading, _loaded) = (Task.Run(settings.Load), settings);
        if (_loading.IsFaulted)
        {
            var error = _loading.Exception.InnerException!;
            _logger!.WarnThrottle(WarningPause, $"Nothing is explained: {VisionProgram.Describe(error) ?? error.Message}", "explanation");
            return null;
        }

        return _loading.IsCompletedSuccessfully && _loaded?.Load == settings.Load ? _loading.Result : null;
    }

    private void Free()
    {
        lock (_explainerLock)
        {
            _loading?.ContinueWith(
                static loaded => loaded.Result.Dispose(), default, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
            (_loading, _loaded) = (null, null);
        }
    }

    private sealed record Settings(TimeSpan Period, string Face, string Attribute, Func<FaceExplainer> Load);
}
