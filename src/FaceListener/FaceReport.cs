using System.Globalization;
using System.Text;
using face_attributes.msg;

namespace FaceListener;

/// <summary>What the listener has heard, in words.</summary>
internal sealed class FaceReport
{
    private readonly LatencyHistogram _overall = new();
    private readonly LatencyHistogram _lastSecond = new();
    private readonly StringBuilder _text = new();
    private int _messagesInLastSecond;

    /// <summary>Faces in all messages.</summary>
    public long Faces { get; private set; }

    /// <param name="message">A message that has just arrived.</param>
    /// <param name="latencyMilliseconds">From the image's stamp to the message's arrival.</param>
    public void Add(FaceAttributesArray message, double latencyMilliseconds)
    {
        Faces += message.Faces.Count;
        _messagesInLastSecond++;
        _overall.Add(latencyMilliseconds);
        _lastSecond.Add(latencyMilliseconds);
        _text.Clear();
        foreach (var face in message.Faces)
            Describe(face);
    }

    /// <summary>The faces of the latest message, a line each, below a line with rate and latency since the last call.</summary>
    public string TakeSecond(TimeSpan elapsed)
    {
        if (_messagesInLastSecond == 0)
            return "no message";
        var report = string.Create(CultureInfo.InvariantCulture,
            $"{_messagesInLastSecond / elapsed.TotalSeconds:F1} messages/s  latency {_lastSecond.Percentile(0.5):F1} ms (p99 {_lastSecond.Percentile(0.99):F1} ms)\n{_text}");
        _messagesInLastSecond = 0;
        _lastSecond.Clear();
        return report;
    }

    /// <summary>The summary that <c>./run</c> ends with.</summary>
    public string Summary() => string.Create(CultureInfo.InvariantCulture,
        $"faces={Faces} latency_ms_p50={_overall.Percentile(0.5):F1} latency_ms_p99={_overall.Percentile(0.99):F1}");

    private void Describe(face_attributes.msg.FaceAttributes face) => _text.AppendLine(CultureInfo.InvariantCulture,
        $"  {face.Id,-5} {face.Roi.Width,4}x{face.Roi.Height,-4} at {face.Roi.XOffset,4},{face.Roi.YOffset,-4}  {Describe(face.Emotion),-14} {Describe(face.Gender),-13}");

    private static string Describe(CategoricalAttribute attribute) => attribute.Distribution.Count == 0
        ? "-"
        : string.Create(CultureInfo.InvariantCulture, $"{attribute.Label} {attribute.Confidence * 100:F0}%");
}
