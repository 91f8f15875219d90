using FaceAttributes.Detection;
using FaceAttributes.Privacy;
using FaceAttributes.Tracking;
using OpenCvSharp;
using std_msgs.msg;
using Vision.Imaging;

namespace FaceAttributes.Node.Outputs;

/// <summary>
/// What outputs get of an image: its faces, and the picture as others may see it. Used again for each image, by the worker's
/// thread.
/// </summary>
internal sealed class ImageResult : IDisposable
{
    private readonly FaceHider _hider = new();
    private readonly Mat _hidden = new();
    private IReadOnlyList<Track> _all = [];
    private IReadOnlyList<FaceDetection> _detections = [];
    private Privacy _privacy;
    private bool _hasHidden;

    /// <summary>The image as it came, for networks; pictures for others are made of <see cref="Picture"/>.</summary>
    public ImageFrame Frame { get; private set; } = null!;

    /// <summary>The image's header.</summary>
    public Header Header { get; private set; } = null!;

    /// <summary>The faces in it, from left to right.</summary>
    public IReadOnlyList<Track> Tracks { get; private set; } = [];

    /// <summary>Faces that are not in it but may be found again.</summary>
    public IReadOnlyList<Track> Lost { get; private set; } = [];

    /// <summary>Whether there is a picture for others.</summary>
    public bool ShowsPicture => _privacy.ShowsPictures;

    /// <summary>Whether faces must not be recognisable in it.</summary>
    public bool HidesFaces => _privacy.HidesFaces;

    /// <summary>The image with faces as others may see them, blue-green-red; not to be changed. Only where <see cref="ShowsPicture"/>.</summary>
    public Mat Picture => HidesFaces ? Hidden : Frame.Bgr;

    private Mat Hidden
    {
        get
        {
            if (!_hasHidden)
            {
                Frame.CopyBgrTo(_hidden);
                _hider.Hide(_hidden, _all, _detections, _privacy.MarksEmotions);
                _hasHidden = true;
            }

            return _hidden;
        }
    }

    /// <summary>Goes on to the next image.</summary>
    /// <param name="frame">The image.</param>
    /// <param name="header">Its header.</param>
    /// <param name="pipeline">Which has looked at it.</param>
    /// <param name="tracks">What it has found.</param>
    /// <param name="privacy">What the picture may show.</param>
    public void Set(ImageFrame frame, Header header, FacePipeline pipeline, IReadOnlyList<Track> tracks, Privacy privacy)
    {
        (Frame, Header, Tracks, Lost, _hasHidden) = (frame, header, tracks, pipeline.LostTracks, false);
        (_all, _detections, _privacy) = (pipeline.AllTracks, pipeline.Detections, privacy);
    }

    /// <summary>Writes <see cref="Picture"/> into a buffer of the caller's.</summary>
    public void CopyPictureTo(Mat destination)
    {
        if (HidesFaces)
            OpenCv.Copy(Hidden.CvPtr, destination);
        else
            Frame.CopyBgrTo(destination);
    }

    /// <summary>Frees the buffers.</summary>
    public void Dispose()
    {
        _hider.Dispose();
        _hidden.Dispose();
    }
}
