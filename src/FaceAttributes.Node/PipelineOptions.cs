using FaceAttributes.Classification;
using FaceAttributes.Node.Outputs;
using FaceAttributes.Smoothing;
using FaceAttributes.Tracking;
using rclcs;
using VisionNodes;

namespace FaceAttributes.Node;

/// <summary>The parameters of following, smoothing and classification: what a pipeline takes between two images, with nothing to load.</summary>
internal sealed class PipelineOptions
{
    private readonly Func<bool> _isLockStep;
    private readonly LiveParameter<double> _maxLostSeconds;
    private readonly LiveParameter<bool> _cameraMotion;
    private readonly LiveParameter<long> _confirmHits;
    private readonly LiveParameter<double> _confirmSeconds;
    private readonly Dictionary<string, LiveParameter<double>> _smoothing = [];
    private readonly LiveParameter<double> _hysteresis;
    private readonly LiveParameter<double> _minQuality;
    private readonly LiveParameter<double> _budget;
    private readonly LiveParameter<double> _interval;
    private readonly LiveParameter<double> _minAgeForGender;

    /// <summary>Declares the parameters.</summary>
    /// <param name="parameters">Get <c>tracker.*</c>, <c>smoothing.*</c>, <c>quality.min</c> and those of <c>models.*</c> that load nothing.</param>
    /// <param name="isLockStep">Whether results must not depend on how fast the machine is.</param>
    /// <param name="change">Gets <see cref="Current"/> after a change of it.</param>
    /// <exception cref="ParameterException">A value from outside is not allowed.</exception>
    public PipelineOptions(LiveParameters parameters, Func<bool> isLockStep, Action<Action<FacePipeline>> change)
    {
        _isLockStep = isLockStep;
        var tracker = new FaceTrackerOptions();
        _maxLostSeconds = parameters.Add("tracker.max_lost_seconds", tracker.MaxLostSeconds,
            "Seconds, by the images' stamps, for which a face that is not seen keeps its id", LiveParameters.Range(0, 60));
        _cameraMotion = parameters.Add("tracker.camera_motion", tracker.CameraMotion,
            "Whether the camera's own motion is measured, so that faces keep their ids while it turns");
        _confirmHits = parameters.Add("tracker.confirm_hits", (long)tracker.ConfirmHits,
            "Images in which a face must be seen before it is published; more means fewer false faces, and later ones",
            new ParameterDescriptor { IntegerRange = new IntegerRange(1, 100) });
        _confirmSeconds = parameters.Add("tracker.confirm_seconds", tracker.ConfirmSeconds,
            "Seconds within which it must be seen again until then", LiveParameters.Range(0, 60));

        var smoothing = new SmoothingOptions();
        foreach (var attribute in FacesOutput.Attributes)
        {
            _smoothing[attribute] = parameters.Add($"smoothing.{attribute}_seconds", smoothing.Of(attribute),
                $"Time constant in seconds over which the {attribute} of a face is smoothed; 0 for the newest image alone", LiveParameters.Range(0, 3600));
        }

        _hysteresis = parameters.Add("smoothing.hysteresis", smoothing.Hysteresis,
            "By how much another label must be more probable before it takes the place of the one that is published", LiveParameters.Range(0, 1));

        var classification = ClassificationOptions.OfCamera;
        _minQuality = parameters.Add("quality.min", classification.MinQuality,
            "A face whose quality is below this is followed, but not classified", LiveParameters.Range(0, 1));
        _budget = parameters.Add("models.budget_ms", classification.Budget!.Value.TotalMilliseconds,
            "Milliseconds that the networks may take for one image, new and large faces first; 0 for no limit", LiveParameters.Range(0, 10_000));
        _interval = parameters.Add("models.interval_seconds", classification.IntervalSeconds,
            "Seconds in which the networks look at each face once, new ones at once; 0 for all faces of every image, as far as models.budget_ms allows", LiveParameters.Range(0, 60));
        _minAgeForGender = parameters.Add("models.min_age_for_gender", classification.MinAgeForGender,
            "Years: the gender of a face that looks younger is unknown, where a network estimates its age; 0 for whatever the age", LiveParameters.Range(0, 150));
        parameters.OnChange(["tracker.", "smoothing.", _minQuality.Name, _budget.Name, _interval.Name, _minAgeForGender.Name, "input.lock_step"],
            () => null, _ => change(Current));
    }

    /// <summary>What brings the options as they are now into a pipeline.</summary>
    public Action<FacePipeline> Current
    {
        get
        {
            var tracker = new FaceTrackerOptions
            {
                MaxLostSeconds = _maxLostSeconds.Value,
                CameraMotion = _cameraMotion.Value,
                ConfirmHits = (int)_confirmHits.Value,
                ConfirmSeconds = _confirmSeconds.Value,
            };
            var smoothing = new SmoothingOptions
            {
                Seconds = _smoothing.ToDictionary(pair => pair.Key, pair => pair.Value.Value),
                Hysteresis = _hysteresis.Value,
            };
            var classification = new ClassificationOptions
            {
                MinQuality = _minQuality.Value,
                IntervalSeconds = _interval.Value,
                MinAgeForGender = _minAgeForGender.Value,
                Budget = _budget.Value > 0 && !_isLockStep() ? TimeSpan.FromMicroseconds(Math.Max(1, 1000 * _budget.Value)) : null,
            };
            return pipeline => (pipeline.TrackerOptions, pipeline.SmoothingOptions, pipeline.ClassificationOptions) =
                (tracker, smoothing, classification);
        }
    }
}
