using FaceAttributes.Tracking;
using rclcs;
using std_msgs.msg;
using Vision.Imaging;
using VisionNodes;
using vision_msgs.msg;

namespace FaceAttributes.Node.Outputs;

/// <summary>
/// <c>~/detections</c>: the faces as <c>vision_msgs</c> has them, for tools that know no faces. One hypothesis each,
/// <c>face</c>, with the detector's score and no pose.
/// </summary>
internal sealed class DetectionsOutput : Output
{
    private readonly OutputTopic<Detection2DArray> _topic = new("~/detections", QosProfile.Default);
    private readonly Detection2DArray _message = new();
    private readonly List<Detection2D> _detections = [];

    public DetectionsOutput(LiveParameters parameters)
        : base(parameters, "detections.enabled", false,
            "Whether ~/detections is there: the faces as vision_msgs/Detection2DArray, which needs the package vision_msgs") =>
        Topics = [_topic];

    protected override IReadOnlyList<OutputTopic> Topics { get; }

    protected override void PublishWanted(ImageResult result)
    {
        var tracks = result.Tracks;
        result.Header.CopyTo(_message.Header);
        _message.Detections.Clear();
        for (var i = 0; i < tracks.Count; i++)
        {
            if (i == _detections.Count)
                _detections.Add(new Detection2D { Results = [new ObjectHypothesisWithPose { Hypothesis = { ClassId = "face" } }] });
            Fill(tracks[i], result.Header, result.Frame, _detections[i]);
            _message.Detections.Add(_detections[i]);
        }

        _topic.Publish(_message);
    }

    private static void Fill(Track track, Header header, ImageFrame frame, Detection2D detection)
    {
        header.CopyTo(detection.Header);
        detection.Id = track.Id;
        detection.Results[0].Hypothesis.Score = track.DetectionScore;
        var box = track.Box.Scale(frame.Reduction).ClipTo(frame.SentWidth, frame.SentHeight);
        (detection.Bbox.Center.Position.X, detection.Bbox.Center.Position.Y) = (box.CenterX, box.CenterY);
        (detection.Bbox.SizeX, detection.Bbox.SizeY) = (box.Width, box.Height);
    }
}
