using rclcs.Middleware.Rcl.Interop;
using rclcs.Serialization;

namespace rclcs.Middleware.Rcl;

/// <summary>What the two ends of a service have in common: what one sends, the other takes.</summary>
/// <param name="name">Complete name of the service.</param>
/// <param name="handle">The client or service of rcl.</param>
/// <param name="taken">What this end takes.</param>
/// <param name="sent">What this end sends.</param>
internal abstract unsafe class RclServiceEnd(string name, RclHandle handle, TypedMessages taken, TypedMessages sent) : IDisposable
{
    // rmw_request_id_t: the client and the number of its call, in 24 bytes.
    private const int RoomForId = 64;
    private const int SequenceNumber = Gid.Size;

    private readonly SerializedMessagePool _messages = new();

    /// <summary>The client or service of rcl.</summary>
    public RclHandle Handle { get; } = handle;

    /// <summary>Complete name of the service.</summary>
    protected string Name { get; } = name;

    /// <summary>Gives memory for what is to be sent.</summary>
    public OutgoingMessage Allocate(int size)
    {
        ObjectDisposedException.ThrowIf(Handle.IsDisposed, this);
        return _messages.Allocate(size, Name);
    }

    /// <summary>Takes the memory back without sending.</summary>
    public void Discard(OutgoingMessage message) => _messages.Release(message.Handle);

    /// <inheritdoc/>
    public virtual void Dispose()
    {
        Handle.Dispose();
        _messages.Dispose();
    }

    /// <summary>Sends what has been filled, and takes its memory back.</summary>
    /// <param name="message">What has been filled.</param>
    /// <param name="id">Which call it belongs to; a client's send fills in the sequence number.</param>
    protected void Send(OutgoingMessage message, ref RequestId id)
    {
        nint typed = 0;
        try
        {
            typed = sent.Deserialize((SerializedMessage*)message.Handle);
            var nativeId = stackalloc byte[RoomForId];
            Write(id, nativeId);
            RclError.Check(Send(nativeId, (long*)(nativeId + SequenceNumber), typed), $"A message of the service {Name} cannot be sent");
            id = Read(nativeId);
        }
        finally
        {
            if (typed != 0)
                sent.Destroy(typed);

            Discard(message);
        }
    }

    /// <summary>Takes the oldest message that waits.</summary>
    /// <param name="message">The message.</param>
    /// <param name="id">Which call it belongs to.</param>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="CdrException">There was one that rmw could not read.</exception>
    protected bool TryTake(out IncomingMessage message, out RequestId id)
    {
        message = default;
        id = default;
        if (!Handle.TryAddRef())
            return false;

        nint typed = 0;
        try
        {
            typed = taken.Create();
            var nativeId = stackalloc byte[RoomForId];
            new Span<byte>(nativeId, RoomForId).Clear();
            var result = Take(nativeId, typed);
            if (result is RclError.ClientTakeFailed or RclError.ServiceTakeFailed)
                return false;

            if (result != RclError.Ok)
                throw new CdrException(RclError.Create(result, "rmw refuses it").Message);

            id = Read(nativeId);
            message = Serialize(typed);
            return true;
        }
        finally
        {
            if (typed != 0)
                taken.Destroy(typed);

            Handle.DangerousRelease();
        }
    }

    /// <summary>Sends a message of C.</summary>
    protected abstract int Send(byte* id, long* sequenceNumber, nint message);

    /// <summary>Takes a message of C.</summary>
    protected abstract int Take(byte* id, nint message);

    private static RequestId Read(byte* id) =>
        new(new Gid(new ReadOnlySpan<byte>(id, Gid.Size)), *(long*)(id + SequenceNumber));

    private static void Write(RequestId id, byte* target)
    {
        new Span<byte>(target, RoomForId).Clear();
        id.Client.CopyTo(new Span<byte>(target, Gid.Size));
        *(long*)(target + SequenceNumber) = id.SequenceNumber;
    }

    private IncomingMessage Serialize(nint typed)
    {
        var serialized = _messages.Rent(size: 0);
        try
        {
            taken.Serialize(typed, serialized);
            return _messages.ToIncoming(serialized, default);
        }
        catch
        {
            _messages.Return(serialized);
            throw;
        }
    }
}
