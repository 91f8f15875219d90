using System.Runtime.InteropServices;
using rclcs.Middleware.Rcl.Interop;
using rclcs.Serialization;

namespace rclcs.Middleware.Rcl;

/// <summary>
/// Publishes messages with one large <c>uint8[]</c>, as images are, without a serialized copy of it: the structure that C has
/// for the message is lent the bytes where they are, and rmw writes them straight into its own memory.
/// </summary>
/// <remarks>
/// Where that structure keeps them is looked up in rosidl's introspection. No distribution promises it, so the first message is
/// serialized both ways, and where the bytes differ none is published like this. May be called from any thread.
/// </remarks>
internal sealed unsafe class LentBytes
{
    // Of less, a copy costs nothing to speak of.
    private const int LendFrom = 1 << 16;

    private readonly TypedMessages _messages;
    private readonly int _offset;
    private volatile bool _isTried;
    private volatile bool _isUnfit;

    private LentBytes(string type, int offset) => (_messages, _offset) = (new TypedMessages(type), offset);

    /// <summary>Looks whether messages of a type can be published like this; null if not.</summary>
    /// <param name="type">For example <c>sensor_msgs/msg/Image</c>.</param>
    public static LentBytes? Find(string type) =>
        Introspection.FindByteSequence(TypeSupport.IntrospectionOf(type)) is { } offset ? new LentBytes(type, offset) : null;

    /// <summary>Publishes a message, if it has bytes that are worth it.</summary>
    /// <param name="publisher">The publisher of rcl.</param>
    /// <param name="pool">Gives memory for the rest of the message.</param>
    /// <param name="message">The message.</param>
    /// <param name="topic">For the exception.</param>
    /// <returns>False if it is to be published as others are.</returns>
    /// <exception cref="CdrException">A field breaks its bound.</exception>
    /// <exception cref="RuntimeError">The middleware refuses, with the reason.</exception>
    public bool TryPublish(RclHandle publisher, SerializedMessagePool pool, IMessage message, string topic)
    {
        if (_isUnfit)
            return false;

        var measure = CdrWriter.MeasuringWithout(LendFrom);
        message.Serialize(ref measure);
        if (measure.Lent.IsEmpty || measure.ByteSequences != 1)
            return false;

        var rest = pool.Rent(measure.Length);
        nint typed = 0;
        try
        {
            var writer = new CdrWriter(new Span<byte>(rest->Buffer, measure.Length), LendFrom);
            message.Serialize(ref writer);
            typed = _messages.Deserialize(rest);
            using var pin = writer.Lent.Pin();
            var field = (ByteSequence*)(typed + _offset);
            var own = *field;
            *field = new ByteSequence { Data = (byte*)pin.Pointer, Size = (nuint)writer.Lent.Length, Capacity = (nuint)writer.Lent.Length };
            try
            {
                if (!_isTried)
                    Try(typed, pool, message);
                if (_isUnfit)
                    return false;

                var result = Librcl.rcl_publish(publisher, typed, 0);
                return result == RclError.Ok ? true : throw RclError.Create(result, $"A message on {topic} cannot be sent");
            }
            finally
            {
                *field = own;
            }
        }
        finally
        {
            if (typed != 0)
                _messages.Destroy(typed);
            pool.Return(rest);
        }
    }

    private void Try(nint typed, SerializedMessagePool pool, IMessage message)
    {
        var serialized = pool.Rent(size: 0);
        try
        {
            _messages.Serialize(typed, serialized);
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

    // rosidl_runtime_c__uint8__Sequence, which later distributions have made longer at its end.
    [StructLayout(LayoutKind.Sequential)]
    private struct ByteSequence
    {
        public byte* Data;
        public nuint Size;
        public nuint Capacity;
    }
}
