namespace ReplayCamera;

/// <summary>A frame source cannot be opened, or gives no more images; the message says which and why.</summary>
internal sealed class FrameSourceException(string message) : IOException(message);
