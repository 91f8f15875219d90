using System.Globalization;
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
        Environment.SetEnvironmentVariable("ROS_DOMAIN_ID", Random.Shared.Next(1, 100).ToString(CultureInfo.InvariantCulture));
        _photograph = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.ppm");
        using var photograph = Cv2.ImRead(Path.Combine(AppContext.BaseDirectory, "photographs", "astronaut.png"));
        Cv2.ImWrite(_photograph, photograph);
    }

    [TearDown]
    public void DeletePhotograph() => File.Delete(_photograph);

    [Test]
    public void A_face_in_an_image_of_Fast_DDS_is_found_and_Fast_DDS_hears_of_it()
    {
        using var context = new Context();
        Rclcs.Init(context, ["--ros-args", "-p", "image_reliability:=reliable", "-r", "image:=/camera/image_raw"]);
        using var node = Rclcs.CreateNode("face_attributes", context);
        var parameters = NodeParameters.Declare(node);
        using var faceAttributes = new FaceAttributesNode(
            node, parameters, new FacePipeline(new HaarCascadeDetector(), [], new FaceTracker()));
        using var listener = new FastDdsPeer("listen", "faces", "/face_attributes/faces");
        using var camera = new FastDdsPeer("publish", "image", "/camera/image_raw", _photograph, "--count", "1000");

        while (!listener.WaitForEnd(TimeSpan.Zero))
            Rclcs.SpinOnce(node, context, 0.05);

        var heard = listener.ReadToEnd();
        Assert.That(heard, Has.Length.EqualTo(2));
        Assert.That(heard[0], Does.Match(@"^faces stamp=\d+\.\d{9} frame_id=fastdds_camera width=512 height=512 count=1$"));
        Assert.That(heard[1], Does.StartWith("face id="));
        var stamp = heard[0].Split(' ')[1];
        Assert.That(camera.Stop(), Has.Some.Contains(stamp), "The stamp of an image that the camera took");
    }
}
