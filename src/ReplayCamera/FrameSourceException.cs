namespace ReplayCamera;

/// <summary>A frame source cannot be opened; the message says which and why.</summary>
internal sealed class FrameSourceException(string message) : Exception(message);
