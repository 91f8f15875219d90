using OpenCvSharp;
using rclcs;
using rclcs.Tests.Support;
using Image = sensor_msgs.msg.Image;

namespace FaceListener.Tests;

public class PictureSaverTests
{
    private string _folder = "";
    private Context _context = null!;
    private INode _node = null!;
    private StringWriter _log = null!;
    private TextWriter _console = null!;

    [SetUp]
    public void MakeNode()
    {
        _folder = Directory.CreateTempSubdirectory("face_listener_").FullName;
        (_console, _log) = (Console.Error, new StringWriter());
        Console.SetError(_log);
        Environment.SetEnvironmentVariable("ROS_AUTOMATIC_DISCOVERY_RANGE", "LOCALHOST");
        _context = new Context(TestDomain.Options);
        Rclcs.Init(_context);
        _node = Rclcs.CreateNode("listener", _context);
    }

    [TearDown]
    public void Clear()
    {
        _node.Dispose();
        _context.Dispose();
        Console.SetError(_console);
        _log.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public void A_picture_is_kept_under_its_stamp()
    {
        using var saver = new PictureSaver(_folder, _node);
        saver.Save(Message("bgr8"));

        using var picture = Cv2.ImRead(Path.Combine(_folder, "7.000000009.jpg"));
        Assert.That((picture.Width, picture.Height), Is.EqualTo((8, 4)));
        Assert.That(_log.ToString(), Is.Empty);
    }

    [Test]
    public void A_picture_that_cannot_be_read_is_left_out_with_one_sentence()
    {
        using var saver = new PictureSaver(_folder, _node);
        saver.Save(Message("evil\nencoding"));

        Assert.That(Directory.GetFiles(_folder), Is.Empty);
        Assert.That(_log.ToString().TrimEnd(), Does.Contain(@"A picture is not kept: Image encoding 'evil\u000Aencoding'").And.Not.Contain("\n"));
    }

    [Test]
    public void A_picture_that_cannot_be_written_is_left_out_with_one_sentence()
    {
        var folder = Path.Combine(_folder, "pictures");
        using var saver = new PictureSaver(folder, _node);
        Directory.Delete(folder);
        saver.Save(Message("bgr8"));

        Assert.That(_log.ToString().TrimEnd(), Does.Contain("cannot be written").And.Not.Contain("\n"));
    }

    [Test]
    public void A_folder_that_cannot_be_made_is_named() =>
        Assert.That(() => new PictureSaver("/proc/x", _node), Throws.InstanceOf<IOException>()
            .With.Message.StartsWith("The folder '/proc/x' for pictures cannot be made"));

    private static Image Message(string encoding)
    {
        var image = new Image { Width = 8, Height = 4, Step = 24, Encoding = encoding, Data = new byte[96] };
        (image.Header.Stamp.Sec, image.Header.Stamp.Nanosec) = (7, 9);
        return image;
    }
}
