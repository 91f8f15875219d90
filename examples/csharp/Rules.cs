using face_attributes.msg;

namespace Behaviours;

/// <summary>Everyone in the image has been happy for a while.</summary>
/// <param name="hold">For how many seconds.</param>
/// <param name="gap">Seconds without a message after which it begins anew.</param>
internal sealed class HappyGroup(double hold = 1.0, double gap = 1.0)
{
    private double? _since;
    private double _last = double.NegativeInfinity;
    private bool _isDone;

    /// <summary>Whether it is so now, once for each time that it comes about.</summary>
    public bool Update(FaceAttributesArray message)
    {
        var now = message.Header.Stamp.ToNanoseconds() / 1e9;
        var isHappy = message.Faces.Count > 0 && message.Faces.TrueForAll(face => face.Emotion.Label == "happy");
        if (!isHappy || _since is null || now < _last || now - _last > gap)
            (_since, _isDone) = (isHappy ? now : null, false);
        _last = now;
        if (_since is not { } since || _isDone || now - since < hold)
            return false;
        return _isDone = true;
    }
}

/// <summary>
/// Somebody has looked afraid, sad or disgusted for a while: what pain and distress look like to the networks.
/// </summary>
/// <param name="hold">For how many seconds.</param>
/// <param name="gap">Seconds of another expression, or out of sight, that are forgiven.</param>
internal sealed class Distress(double hold = 3.0, double gap = 0.5)
{
    private readonly Dictionary<string, (double Since, double Until, bool IsDone)> _spans = [];

    /// <summary>The ids of whom it is so now, each once for each time that it comes about.</summary>
    public List<string> Update(FaceAttributesArray message)
    {
        var now = message.Header.Stamp.ToNanoseconds() / 1e9;
        foreach (var (id, span) in _spans)
        {
            if (now < span.Until || now - span.Until > gap)
                _spans.Remove(id);
        }

        var told = new List<string>();
        foreach (var face in message.Faces)
        {
            if (face.Emotion.Label is not ("fear" or "sad" or "disgust"))
                continue;
            var (since, _, isDone) = _spans.GetValueOrDefault(face.Id, (now, now, false));
            if (!isDone && now - since >= hold)
            {
                told.Add(face.Id);
                isDone = true;
            }

            _spans[face.Id] = (since, now, isDone);
        }

        return told;
    }
}

/// <summary>Faces that have just come, and stay.</summary>
/// <param name="hold">Seconds for which a face must have been followed, so that no passing shadow counts.</param>
internal sealed class Newcomers(double hold = 0.5)
{
    private readonly HashSet<string> _known = [];

    /// <summary>The ids of those who are new, each once in its life.</summary>
    public List<string> Update(FaceAttributesArray message)
    {
        // A node that was started again begins with f1 anew.
        _known.ExceptWith(message.Faces.Where(face => face.TrackedSeconds < hold).Select(face => face.Id));
        return [.. message.Faces.Where(face => face.TrackedSeconds >= hold && _known.Add(face.Id)).Select(face => face.Id)];
    }
}
