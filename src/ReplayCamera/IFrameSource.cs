using OpenCvSharp;

namespace ReplayCamera;

/// <summary>Where the camera's frames come from.</summary>
internal interface IFrameSource : IDisposable
{
    /// <summary>Frames per second at which the source wants to be played; 0 where it sets the pace itself by blocking.</summary>
    double Rate { get; }

    /// <summary>Draws the frame of a moment.</summary>
    /// <param name="time">Seconds since the first frame. A source that plays forward by itself ignores it.</param>
    /// <param name="frame">bgr8. A source that scales fills the size it finds; a camera or a video sets its own.</param>
    /// <exception cref="FrameSourceException">There is no further frame.</exception>
    void Read(double time, Mat frame);
}
