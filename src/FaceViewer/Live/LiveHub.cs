using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;

namespace FaceViewer.Live;

/// <summary>Hands what comes from the nodes to all pages that are open; each thing is made ready once for all.</summary>
internal sealed class LiveHub
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, byte[]> _latest = [];
    private ImmutableArray<LiveClient> _clients = [];
    private long _dropped;

    /// <summary>Milliseconds since 1970, with fractions.</summary>
    public static double Now => (DateTime.UtcNow - DateTime.UnixEpoch).TotalMilliseconds;

    /// <summary>How many pages are open.</summary>
    public int Count => _clients.Length;

    /// <summary>Pictures that were left out since a page was too slow.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Serves a page until it goes.</summary>
    public async Task ServeAsync(System.Net.WebSockets.WebSocket socket, CancellationToken cancellationToken)
    {
        var client = new LiveClient(socket);
        lock (_gate)
        {
            foreach (var text in _latest.Values)
                client.Put(text);
            _clients = _clients.Add(client);
        }

        try
        {
            await client.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            lock (_gate)
                _clients = _clients.Remove(client);
        }
    }

    /// <summary>Sends a message: an object with its type and what is written.</summary>
    /// <param name="type">Of the message.</param>
    /// <param name="write">Writes its other members.</param>
    public void Send(string type, Action<Utf8JsonWriter> write)
    {
        var text = Text(type, write);
        lock (_gate)
        {
            _latest[type] = text; // For pages that are opened later.
            foreach (var client in _clients)
                client.Put(text);
        }
    }

    /// <summary>Pages that are opened later don't get the last messages of these types: they are of long ago then.</summary>
    public void Forget(params ReadOnlySpan<string> types)
    {
        lock (_gate)
        {
            foreach (var type in types)
                _latest.Remove(type);
        }
    }

    /// <summary>Sends the faces of an image.</summary>
    public void SendFaces(Action<Utf8JsonWriter> write)
    {
        if (_clients.IsEmpty)
            return;
        var text = Text("faces", write);
        foreach (var client in _clients)
            client.PutFaces(text);
    }

    private static byte[] Text(string type, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("type", type);
            write(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Sends a picture.</summary>
    public void Send(sensor_msgs.msg.CompressedImage image)
    {
        if (_clients.IsEmpty)
            return;
        var picture = new SharedPicture(image, Now);
        foreach (var client in _clients)
        {
            if (client.Put(picture))
                Interlocked.Increment(ref _dropped);
        }

        picture.Release();
    }
}
