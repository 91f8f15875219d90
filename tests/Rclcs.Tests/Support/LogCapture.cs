using System.Text;

namespace rclcs.Tests.Support;

/// <summary>Takes the place of standard error and waits for lines of the log.</summary>
internal sealed class LogCapture : TextWriter
{
    private readonly object _linesLock = new();
    private readonly List<string> _lines = [];
    private readonly TextWriter _before = Console.Error;

    public LogCapture() => Console.SetError(this);

    public override Encoding Encoding => Encoding.UTF8;

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_linesLock)
                return [.. _lines];
        }
    }

    public override void WriteLine(string? value)
    {
        lock (_linesLock)
        {
            _lines.Add(value ?? "");
            Monitor.PulseAll(_linesLock);
        }
    }

    public string WaitFor(params string[] parts)
    {
        var end = DateTime.UtcNow + Within.Time;
        lock (_linesLock)
        {
            while (true)
            {
                if (_lines.Find(line => parts.All(part => line.Contains(part, StringComparison.Ordinal))) is { } line)
                    return line;

                var left = end - DateTime.UtcNow;
                if (left <= TimeSpan.Zero || !Monitor.Wait(_linesLock, left))
                    throw new AssertionException($"No line with '{string.Join("', '", parts)}' in:\n{string.Join('\n', _lines)}");
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        Console.SetError(_before);
        base.Dispose(disposing);
    }
}
