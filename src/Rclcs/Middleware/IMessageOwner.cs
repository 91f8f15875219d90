namespace rclcs.Middleware;

/// <summary>Where received messages go back to.</summary>
internal interface IMessageOwner
{
    /// <summary>Frees the message, or keeps its memory for the next one.</summary>
    /// <param name="handle"><see cref="IncomingMessage.Handle"/>.</param>
    void Release(nint handle);
}
