using rclcs;
using VisionNodes;

namespace Situations.Node;

/// <summary>The node's own parameters.</summary>
/// <param name="parameters">Get them.</param>
internal sealed class SituationSettings(LiveParameters parameters)
{
    private static readonly Pace DefaultPace = new();

    private readonly LiveParameter<string> _model = parameters.Add(
        "model", "", "Manifest of the networks: a path, or the name of one that comes with the node, situation.yaml or situation_small.yaml; empty for situation.yaml");

    private readonly LiveParameter<long> _beamWidth = parameters.Add(
        "beam_width", 5L, "Sentences that are followed at once; 1 takes the most probable word each time",
        new ParameterDescriptor { IntegerRange = new IntegerRange(1, SituationDescriber.MaxBeamWidth) });

    private readonly LiveParameter<double> _period = parameters.Add(
        "period_seconds", DefaultPace.Period, "Seconds from one look to the next where nothing changes", LiveParameters.Range(0, 3600));

    private readonly LiveParameter<double> _change = parameters.Add(
        "change", DefaultPace.Change, "Share of the image's area whose change is looked at at once; 1 for never", LiveParameters.Range(0, 1));

    private readonly LiveParameter<double> _coreShare = parameters.Add(
        "core_share", DefaultPace.CoreShare, "Share of one processor core that the networks may take on average", LiveParameters.Range(0.01, 1));

    private readonly LiveParameter<double> _hold = parameters.Add(
        "hold_seconds", new DangerAlarm().Hold, "Seconds for which danger must last before it is an alert, and be gone before it is none", LiveParameters.Range(0, 600));

    private readonly LiveParameter<bool> _annotated = parameters.Add(
        "annotated.enabled", true, "Whether ~/annotated is drawn and published while somebody subscribes to it");

    /// <summary>The manifest's path; empty for the node's own.</summary>
    public string Model => _model.Value;

    /// <summary>See <see cref="SituationDescriber.BeamWidth"/>.</summary>
    public int BeamWidth => (int)_beamWidth.Value;

    /// <summary>See <see cref="Pace.Period"/>.</summary>
    public double Period => _period.Value;

    /// <summary>See <see cref="Pace.Change"/>.</summary>
    public double Change => _change.Value;

    /// <summary>See <see cref="Pace.CoreShare"/>.</summary>
    public double CoreShare => _coreShare.Value;

    /// <summary>See <see cref="DangerAlarm.Hold"/>.</summary>
    public double Hold => _hold.Value;

    /// <summary>Whether the annotated image is wanted where somebody subscribes.</summary>
    public bool IsAnnotated => _annotated.Value;
}
