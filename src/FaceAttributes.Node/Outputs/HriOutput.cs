using FaceAttributes.Tracking;
using hri_msgs.msg;
using rclcs;
using VisionNodes;

namespace FaceAttributes.Node.Outputs;

/// <summary>
/// The faces as REP-155 has them: <c>/humans/faces/tracked</c>, and for each face topics of its own, which come and go with
/// its track. Pictures are cut out only for who listens. Before a face's id, which other nodes and starts have too, is what no other has.
/// </summary>
/// <remarks>https://www.ros.org/reps/rep-0155.html</remarks>
internal sealed class HriOutput : Output
{
    private readonly OutputTopic<IdsList> _tracked = new("/humans/faces/tracked", QosProfile.Default);
    private readonly IdsList _message = new();
    private readonly Dictionary<string, HriFace> _faces = new(StringComparer.Ordinal);
    private readonly List<string> _gone = [];
    private Timer? _watch;
    private LifecycleNode? _lifecycle;
    private string _prefix = "";

    public HriOutput(LiveParameters parameters)
        : base(parameters, "hri.enabled", false,
            "Whether the topics of REP-155 are there, /humans/faces/tracked and those of each face, which need the package hri_msgs") =>
        Topics = [_tracked];

    protected override IReadOnlyList<OutputTopic> Topics { get; }

    protected override bool AreTopicsWanted => base.AreTopicsWanted || IsAnyFaceWanted;

    private bool IsAnyFaceWanted
    {
        get
        {
            lock (_faces)
            {
                foreach (var (_, face) in _faces)
                {
                    if (face.IsWanted)
                        return true;
                }

                return false;
            }
        }
    }

    protected override void OnOpened(LifecycleNode lifecycle) => (_lifecycle, _prefix, _watch) = (
        lifecycle, Random.Shared.GetString("abcdefghijklmnopqrstuvwxyz", 5), WhileUnwanted(ForgetAll));

    protected override void OnClosed()
    {
        _watch?.Dispose();
        _watch = null;
        ForgetAll();
    }

    private void ForgetAll()
    {
        lock (_faces)
        {
            foreach (var (_, face) in _faces)
                face.Dispose();
            _faces.Clear();
        }
    }

    protected override void PublishWanted(ImageResult result)
    {
        lock (_faces)
        {
            var tracks = result.Tracks;
            Forget(tracks, result.Lost);
            result.Header.CopyTo(_message.Header);
            _message.Ids.Clear();
            for (var i = 0; i < tracks.Count; i++)
            {
                var track = tracks[i];
                if (!_faces.TryGetValue(track.Id, out var face))
                    _faces[track.Id] = face = new HriFace(_lifecycle!, $"{_prefix}_{track.Id}");
                face.Publish(result, track);
                _message.Ids.Add(face.Id);
            }
        }

        if (_tracked.IsWanted)
            _tracked.Publish(_message);
    }

    protected override void PassOver(ImageResult result)
    {
        lock (_faces)
            Forget(result.Tracks, result.Lost);
    }

    private void Forget(IReadOnlyList<Track> tracks, IReadOnlyList<Track> lost)
    {
        foreach (var (id, _) in _faces)
        {
            if (!Has(tracks, id) && !Has(lost, id))
                _gone.Add(id);
        }

        foreach (var id in _gone)
        {
            _faces.Remove(id, out var face);
            face!.Dispose();
        }

        _gone.Clear();
    }

    private static bool Has(IReadOnlyList<Track> tracks, string id)
    {
        for (var i = 0; i < tracks.Count; i++)
        {
            if (tracks[i].Id == id)
                return true;
        }

        return false;
    }
}
