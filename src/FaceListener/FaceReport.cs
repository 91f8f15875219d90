using System.Globalization;
using System.Text;
using face_attributes.msg;

namespace FaceListener;

/// <summary>What the listener has heard, in words.</summary>
internal sealed class FaceReport
{
    private readonly LatencyHistogram _overall = new();
    private readonly LatencyHistogram _lastSecond = new();
    private readonly List<SeenFace> _latest = [];
    private int _messagesInLastSecond;

    /// <summary>Messages that came.</summary>
    public long Messages { get; private set; }

    /// <summary>Faces in all messages.</summary>
    public long Faces { get; private set; }

    /// <param name="message">A message that has just arrived. May be filled anew afterwards.</param>
    /// <param name="arrival">When, in nanoseconds of the node's clock.</param>
    public void Add(FaceAttributesArray message, long arrival)
    {
        Messages++;
        Faces += message.Faces.Count;
        _messagesInLastSecond++;

        // Of a camera that doesn't say when it took its pictures it can't be known.
        var stamp = message.Header.Stamp.ToNanoseconds();
        if (stamp != 0)
        {
            _overall.Add((arrival - stamp) / 1e6);
            _lastSecond.Add((arrival - stamp) / 1e6);
        }

        _latest.Clear();
        foreach (var face in message.Faces)
            _latest.Add(new SeenFace(face));
    }

    /// <summary>The faces of the latest message, a line each, below a line with rate and latency since the last call.</summary>
    public string TakeSecond(TimeSpan elapsed)
    {
        if (_messagesInLastSecond == 0)
            return "no message";
        var report = new StringBuilder();
        report.Append(CultureInfo.InvariantCulture, $"{_messagesInLastSecond / elapsed.TotalSeconds:F1} messages/s");
        report.Append(_lastSecond.Count == 0
            ? "  latency unknown: the images have no stamp\n"
            : string.Create(CultureInfo.InvariantCulture, $"  latency {_lastSecond.Percentile(0.5):F1} ms (p99 {_lastSecond.Percentile(0.99):F1} ms)\n"));
        foreach (var face in _latest)
            report.Append(face).AppendLine();
        _messagesInLastSecond = 0;
        _lastSecond.Clear();
        return report.ToString();
    }

    /// <summary>The summary that <c>./run</c> ends with.</summary>
    public string Summary() => string.Create(CultureInfo.InvariantCulture,
        $"faces={Faces} messages={Messages} latency_ms_p50={_overall.Percentile(0.5):F1} latency_ms_p99={_overall.Percentile(0.99):F1}");
}
