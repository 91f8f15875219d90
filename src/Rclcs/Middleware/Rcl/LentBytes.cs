using System.Buffers;
using rclcs.Middleware.Rcl.Interop;
using rclcs.Serialization;

namespace rclcs.Middleware.Rcl;

/// <summary>
/// Publishes messages with one large <c>uint8[]</c>, as images are, without a serialized copy of it: the structure that C has
/// for the message is lent the bytes where they are, and rmw writes them straight into its own memory.
/// </summary>
/// <remarks>
/// Where that structure keeps its fields is looked up in rosidl's introspection. No distribution promises it, so the first message
/// is serialized both ways, and where the bytes differ none is published like this. All members may be called from any thread.
/// </remarks>
internal sealed unsafe class LentBytes : IDisposable
{
    // Of less, a copy costs nothing to speak of.
    private const int LendFrom = 1 << 16;

    private readonly TypedMessages _messages;
    private readonly CField[] _fields;
    private readonly int _lent;
    private readonly Lock _idleLock = new();
    private nint _idle;
    private bool _disposed;
    private volatile bool _isTried;
    private volatile bool _isUnfit;

    private LentBytes(string type, CField[] fields)
    {
        _messages = new TypedMessages(type);
        _fields = fields;
        _lent = Array.Find(fields, field => field.Type == CType.Bytes).Offset;
    }

    /// <summary>Looks whether messages of a type can be published like this; null if not.</summary>
    /// <param name="type">For example <c>sensor_msgs/msg/Image</c>.</param>
    public static LentBytes? Find(string type) =>
        Introspection.FindFields(TypeSupport.IntrospectionOf(type)) is { } fields && fields.Count(field => field.Type == CType.Bytes) == 1
            ? new LentBytes(type, fields)
            : null;

    /// <summary>Publishes a message, if it has bytes that are worth it.</summary>
    /// <param name="publisher">The publisher of rcl.</param>
    /// <param name="message">The message.</param>
    /// <param name="topic">For the exception.</param>
    /// <returns>False if it is to be published as others are.</returns>
    /// <exception cref="CdrException">A field breaks its bound.</exception>
    /// <exception cref="RuntimeError">The middleware refuses, with the reason.</exception>
    public bool TryPublish(RclHandle publisher, IMessage message, string topic)
    {
        if (_isUnfit)
            return false;

        var measure = CdrWriter.MeasuringWithout(LendFrom);
        message.Serialize(ref measure);
        if (measure.Lent.IsEmpty || measure.ByteSequences != 1)
            return false;

        var rest = ArrayPool<byte>.Shared.Rent(measure.Length);
        var structure = Rent();
        try
        {
            var writer = new CdrWriter(rest.AsSpan(0, measure.Length), LendFrom);
            message.Serialize(ref writer);
            Copy(new CdrReader(rest.AsMemory(0, measure.Length)), structure);
            using var pin = writer.Lent.Pin();
            var field = (CSequence*)(structure + _lent);
            var own = *field;
            *field = new CSequence { Data = (byte*)pin.Pointer, Size = (nuint)writer.Lent.Length, Capacity = (nuint)writer.Lent.Length };
            try
            {
                if (!_isTried)
                    Try(structure, message);
                if (_isUnfit)
                    return false;

                var result = Librcl.rcl_publish(publisher, structure, 0);
                return result == RclError.Ok ? true : throw RclError.Create(result, $"A message on {topic} cannot be sent");
            }
            finally
            {
                *field = own;
            }
        }
        finally
        {
            Return(structure);
            ArrayPool<byte>.Shared.Return(rest);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_idleLock)
        {
            _disposed = true;
            if (_idle != 0)
                _messages.Destroy(_idle);
            _idle = 0;
        }
    }

    // What rmw_deserialize does, which takes ten times as long: it first finds out anew what the type is made of.
    private void Copy(CdrReader from, nint structure)
    {
        foreach (var (type, offset) in _fields)
        {
            var field = (void*)(structure + offset);
            switch (type)
            {
                case CType.OneByte:
                    *(byte*)field = from.ReadByte();
                    break;
                case CType.TwoBytes:
                    *(ushort*)field = from.ReadUInt16();
                    break;
                case CType.FourBytes:
                    *(uint*)field = from.ReadUInt32();
                    break;
                case CType.EightBytes:
                    *(ulong*)field = from.ReadUInt64();
                    break;
                case CType.String:
                    CopyString(from.ReadBytes().Span, field);
                    break;
                default:
                    from.ReadBytes(); // Those that are lent.
                    break;
            }
        }
    }

    private static void CopyString(ReadOnlySpan<byte> utf8, void* field)
    {
        if (utf8 is [.., 0])
            utf8 = utf8[..^1];
        byte nul = 0;
        fixed (byte* first = utf8) // Null where it is empty, which rosidl takes for an error.
        {
            if (!Librcl.rosidl_runtime_c__String__assignn(field, first == null ? &nul : first, (nuint)utf8.Length))
                throw new RuntimeError($"There is no memory for a text of {utf8.Length} bytes.");
        }
    }

    private nint Rent()
    {
        lock (_idleLock)
        {
            if (_idle is not 0 and var idle)
            {
                _idle = 0;
                return idle;
            }
        }

        return _messages.Create();
    }

    private void Return(nint structure)
    {
        lock (_idleLock)
        {
            if (!_disposed && _idle == 0)
            {
                _idle = structure;
                return;
            }
        }

        _messages.Destroy(structure);
    }

    private void Try(nint structure, IMessage message)
    {
        using var pool = new SerializedMessagePool();
        var serialized = pool.Rent(size: 0);
        try
        {
            _messages.Serialize(structure, serialized);
            ReadOnlySpan<byte> expected = MessageSerializer.Serialize(message);
            var actual = new ReadOnlySpan<byte>(serialized->Buffer, checked((int)serialized->Length));
            _isUnfit = !actual.StartsWith(expected) || actual[expected.Length..].ContainsAnyExcept((byte)0);
        }
        catch (RuntimeError)
        {
            _isUnfit = true; // Whatever rmw has against it, it will say so where the whole message is sent.
        }
        finally
        {
            _isTried = true;
            pool.Return(serialized);
        }
    }
}
