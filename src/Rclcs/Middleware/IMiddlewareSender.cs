using rclcs.Serialization;

namespace rclcs.Middleware;

/// <summary>Gives memory for what is sent: <see cref="Allocate"/>, fill, then send or <see cref="Discard"/>.</summary>
internal interface IMiddlewareSender
{
    /// <summary>Gives memory for one message of exactly <paramref name="size"/> bytes.</summary>
    /// <exception cref="RuntimeError">There is no memory.</exception>
    OutgoingMessage Allocate(int size);

    /// <summary>Takes the memory back without sending.</summary>
    void Discard(OutgoingMessage message);

    /// <summary>Gives memory that holds this message.</summary>
    /// <exception cref="CdrException">A field breaks its bound.</exception>
    /// <exception cref="RuntimeError">There is no memory.</exception>
    OutgoingMessage Serialize(IMessage message)
    {
        var outgoing = Allocate(CdrWriter.Measure(message));
        try
        {
            outgoing.Fill(message);
            return outgoing;
        }
        catch
        {
            Discard(outgoing);
            throw;
        }
    }
}
