using FaceAttributes.Detection;
using FaceAttributes.Tracking;
using OpenCvSharp;
using rclcs;
using rclcs.Tests.Support;

namespace FaceAttributes.Node.Tests;

/// <summary>A camera and a listener of another vendor (Fast DDS, no ROS) and our node between them.</summary>
public class FastDdsTests
{
    private string _photograph = "";

    [SetUp]
    public void WritePhotograph()
    {
        Environment.SetEnvironmentVariable("ROS_AUTOMATIC_DISCOVERY_RANGE", "LOCALHOST");
        _photograph = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.ppm");
        using var photograph = Cv2.ImRead(Path.Combine(AppContext.BaseDirectory, "photographs", "astronaut.png"));
        Cv2.ImWrite(_photograph, photograph);
    }

    [TearDown]
    public void DeletePhotograph() => File.Delete(_photograph);

    [Test]
    public void Fast_DDS_receives_our_faces()
    {
        using var peer = new FastDdsPeer("listen", "faces", "/face_attributes/faces");
        using var context = TestDomain.Join();
        using var node = Rclcs.CreateNode("face_attributes", context);
        using var publisher = node.CreatePublisher<face_attributes.msg.FaceAttributesArray>("~/faces");

        do
            publisher.Publish(SampleFaces.Create());
        while (!peer.WaitForEnd(TimeSpan.FromMilliseconds(50)));

        Assert.That(peer.ReadToEnd(), Is.EqualTo(new[]
        {
            "faces stamp=1700000000.123456789 frame_id=CameraTop_optical_frame width=640 height=480 count=2 lost=1",
            "face id=f1 x=10 y=20 width=30 height=40 detection_score=0.75 velocity=-12.5,2.25 tracked=3.5 quality=0.625 classified=1 "
                + "emotion=happy emotion_confidence=0.875 emotion.angry=0.0625 emotion.happy=0.875 emotion.sad=0.0625 "
                + "gender=unknown gender_confidence=0.5 gender.female=0.5 gender.male=0.5 "
                + "age=35 age_known=1 age_standard_deviation=5 age.30=0.5 age.40=0.5",
            "face id=f22 x=100 y=0 width=64 height=64 detection_score=1 velocity=0,0 tracked=0 quality=0 classified=0 "
                + "emotion=unknown emotion_confidence=0 gender=unknown gender_confidence=0 "
                + "age=0 age_known=0 age_standard_deviation=0",
        }));
    }

    [Test]
    public void A_face_in_an_image_of_Fast_DDS_is_found_and_Fast_DDS_hears_of_it()
    {
        using var context = new Context(TestDomain.Options);
        Rclcs.Init(context, ["--ros-args", "-p", "input.reliability:=reliable", "-p", "models.names:=[]", "-r", "image:=/camera/image_raw"]);
        using var node = Rclcs.CreateNode("face_attributes", context);
        using var faceAttributes = new FaceAttributesNode(node);
        Assert.That(faceAttributes.Start());
        using var listener = new FastDdsPeer("listen", "faces", "/face_attributes/faces");
        using var camera = new FastDdsPeer("publish", "image", "/camera/image_raw", _photograph, "--count", "1000");

        while (!listener.WaitForEnd(TimeSpan.Zero))
            Rclcs.SpinOnce(node, context, 0.05);

        var heard = listener.ReadToEnd();
        Assert.That(heard, Has.Length.EqualTo(2));
        Assert.That(heard[0], Does.Match(@"^faces stamp=\d+\.\d{9} frame_id=fastdds_camera width=512 height=512 count=1 lost=0$"));
        Assert.That(heard[1], Does.StartWith("face id="));
        var stamp = heard[0].Split(' ')[1];
        Assert.That(camera.Stop(), Has.Some.Contains(stamp), "The stamp of an image that the camera took");
    }
}
