using System.Buffers.Binary;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace FaceViewer.Live;

/// <summary>
/// One page that is open: gets texts in order, and of faces and pictures the newest only. A slow one holds nobody up, and sees
/// fewer pictures rather than old ones: it says when it has done with one, and only so many are under way.
/// </summary>
internal sealed class LiveClient
{
    private const int MostTexts = 60;

    // The newest picture may belong to faces that came a little earlier or later.
    private const int MostFaces = 4;
    private const int MostUnderWay = 3;
    private const int LongestQuestion = 256;

    private readonly WebSocket _socket;
    private readonly Channel<ReadOnlyMemory<byte>> _texts = Channel.CreateBounded<ReadOnlyMemory<byte>>(
        new BoundedChannelOptions(MostTexts) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private readonly Channel<ReadOnlyMemory<byte>> _faces = Channel.CreateBounded<ReadOnlyMemory<byte>>(
        new BoundedChannelOptions(MostFaces) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    // Says that there is something to send; one is enough.
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private SharedPicture? _picture;
    private int _underWay;

    /// <summary>Serves a socket, which stays the caller's.</summary>
    public LiveClient(WebSocket socket) => _socket = socket;

    /// <summary>Hands a text over, without waiting.</summary>
    public void Put(ReadOnlyMemory<byte> text)
    {
        _texts.Writer.TryWrite(text);
        _signal.Writer.TryWrite(true);
    }

    /// <summary>Hands faces over, without waiting; older ones that have not been sent yet are left out.</summary>
    public void PutFaces(ReadOnlyMemory<byte> text)
    {
        _faces.Writer.TryWrite(text);
        _signal.Writer.TryWrite(true);
    }

    /// <summary>Hands a picture over, without waiting; one that has not been sent yet is left out.</summary>
    /// <returns>Whether one was.</returns>
    public bool Put(SharedPicture picture)
    {
        var old = Interlocked.Exchange(ref _picture, picture.Share());
        old?.Release();
        _signal.Writer.TryWrite(true);
        return old is not null;
    }

    /// <summary>Sends, and answers what the page asks, until it goes or the token says so.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var listening = ListenAsync(end);
        try
        {
            while (await _signal.Reader.WaitToReadAsync(end.Token).ConfigureAwait(false))
            {
                _signal.Reader.TryRead(out _);
                while (_texts.Reader.TryRead(out var text))
                    await _socket.SendAsync(text, WebSocketMessageType.Text, endOfMessage: true, end.Token).ConfigureAwait(false);
                if (Volatile.Read(ref _underWay) >= MostUnderWay)
                    continue;
                while (_faces.Reader.TryRead(out var faces))
                    await _socket.SendAsync(faces, WebSocketMessageType.Text, endOfMessage: true, end.Token).ConfigureAwait(false);
                if (Interlocked.Exchange(ref _picture, null) is { } picture)
                    await SendAsync(picture, end.Token).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
            // It is gone.
        }
        finally
        {
            await end.CancelAsync().ConfigureAwait(false);
            await listening.ConfigureAwait(false);
            Interlocked.Exchange(ref _picture, null)?.Release();
        }
    }

    private async Task SendAsync(SharedPicture picture, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _underWay);
        try
        {
            await _socket.SendAsync(picture.Message, WebSocketMessageType.Binary, endOfMessage: true, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            picture.Release();
        }
    }

    /// <summary>
    /// A page says with one byte that it has done with a picture, and asks with 8, which come back in the answer, what time it is
    /// here, so that it can tell delays.
    /// </summary>
    private async Task ListenAsync(CancellationTokenSource end)
    {
        var question = new byte[LongestQuestion];
        try
        {
            while (true)
            {
                var received = await _socket.ReceiveAsync(question.AsMemory(), end.Token).ConfigureAwait(false);
                if (received.MessageType == WebSocketMessageType.Close || !received.EndOfMessage)
                    break;
                if (received.Count == 1)
                {
                    Interlocked.Decrement(ref _underWay);
                    _signal.Writer.TryWrite(true);
                }
                else if (received is { MessageType: WebSocketMessageType.Binary, Count: 8 })
                {
                    var asked = BinaryPrimitives.ReadDoubleBigEndian(question);
                    if (double.IsFinite(asked))
                        Put(Answer(asked));
                }
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
            // It is gone.
        }

        await end.CancelAsync().ConfigureAwait(false);
    }

    private static byte[] Answer(double asked) => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $$"""{"type":"time","asked":{{JsonSerializer.Serialize(asked)}},"now":{{JsonSerializer.Serialize(LiveHub.Now)}}}"""));
}
