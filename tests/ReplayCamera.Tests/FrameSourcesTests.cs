using OpenCvSharp;

namespace ReplayCamera.Tests;

public class FrameSourcesTests
{
    private readonly List<string> _warnings = [];
    private string _folder = "";

    [SetUp]
    public void MakeFolder()
    {
        _folder = Directory.CreateTempSubdirectory("replay_camera_").FullName;
        _warnings.Clear();
    }

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void The_default_scene_moves()
    {
        using var source = Open("");
        using var first = Frame(source, 0);
        using var later = Frame(source, 1);

        Assert.That(Cv2.Norm(first, later, NormTypes.L1) / first.Total(), Is.GreaterThan(1));
    }

    [Test]
    public void The_same_moment_of_a_scene_is_the_same_picture()
    {
        using var source = Open("");
        using var first = Frame(source, 2.5);
        Frame(source, 7).Dispose();
        using var again = Frame(source, 2.5);

        Assert.That(Cv2.Norm(first, again), Is.Zero);
    }

    [Test]
    public void Photographs_of_a_folder_come_one_after_the_other_and_again()
    {
        WritePicture("a.png", new Scalar(255, 0, 0));
        WritePicture("b.png", new Scalar(0, 0, 255));
        File.WriteAllText(Path.Combine(_folder, "notes.txt"), "not a picture");
        using var source = Open(_folder);

        var colours = new List<char>();
        for (var time = 0.0; time < 16; time += 0.25)
        {
            using var frame = Frame(source, time);
            var middle = frame.Get<Vec3b>(120, 160);
            var colour = middle.Item0 > middle.Item2 ? 'a' : 'b';
            if (colours.Count == 0 || colours[^1] != colour)
                colours.Add(colour);
        }
        Assert.That(new string([.. colours]), Does.StartWith("abab"));
    }

    [Test]
    public void The_whole_of_a_large_photograph_is_seen_first_and_then_each_end_at_close_range()
    {
        using (var wide = new Mat(400, 1600, MatType.CV_8UC3, Scalar.Black))
        {
            wide.Rectangle(new Rect(0, 0, 40, 400), Scalar.Blue, -1);
            wide.Rectangle(new Rect(1560, 0, 40, 400), Scalar.Red, -1);
            Cv2.ImWrite(Path.Combine(_folder, "wide.png"), wide);
        }
        using var source = Open(Path.Combine(_folder, "wide.png"));
        using (var whole = Frame(source, 0))
            Assert.That((whole.Get<Vec3b>(120, 2).Item0, whole.Get<Vec3b>(120, 317).Item2), Is.EqualTo((255, 255)));

        using var closest = Frame(source, 3.75);
        Assert.That((closest.Get<Vec3b>(120, 2).Item0, closest.Get<Vec3b>(120, 317).Item2), Is.EqualTo((0, 0)));
    }

    [TestCase(".jpg")]
    [TestCase(".png")]
    [TestCase(".webp")]
    [TestCase(".tiff")]
    public void A_photograph_is_shown_upright(string extension)
    {
        using (var onItsSide = new Mat(240, 320, MatType.CV_8UC3, Scalar.Blue))
            File.WriteAllBytes(Path.Combine(_folder, "photograph" + extension), TurnedPicture.Encode(onItsSide, extension));
        using var source = Open(_folder);
        using var frame = Frame(source, 0);

        Assert.That(frame.Get<Vec3b>(120, 160).Item0, Is.GreaterThan(200));
        Assert.That(frame.Get<Vec3b>(120, 10).Item0, Is.LessThan(50), "Beside a tall photograph the frame is black");
        Assert.That(_warnings, Is.Empty);
    }

    [Test]
    public void A_video_is_repeated_and_played_at_its_own_rate()
    {
        var path = Path.Combine(_folder, "video.avi");
        using (var writer = new VideoWriter(path, FourCC.MJPG, 12, new Size(64, 48)))
        {
            for (var i = 0; i < 3; i++)
            {
                using var picture = new Mat(48, 64, MatType.CV_8UC3, Scalar.All(60 * i));
                writer.Write(picture);
            }
        }
        using var source = Open(path);
        var brightness = new List<int>();
        using var frame = new Mat();
        for (var i = 0; i < 6; i++)
        {
            source.Read(0, frame);
            brightness.Add((int)Math.Round(frame.Get<Vec3b>(24, 32).Item1 / 60.0));
        }

        Assert.That(source.Rate, Is.EqualTo(12).Within(0.1));
        Assert.That(brightness, Is.EqualTo([0, 1, 2, 0, 1, 2]));
    }

    [Test]
    public void A_raw_stream_is_opened_again_at_its_end_since_it_cannot_be_rewound()
    {
        var path = Path.Combine(_folder, "camera.h264");
        File.WriteAllBytes(path, H264Stream.Encode(64, 48, 30, 130, 230));
        using var source = Open(path);
        using var frame = new Mat();
        var brightness = new List<int>();
        for (var i = 0; i < 7; i++)
        {
            source.Read(0, frame);
            brightness.Add(frame.Get<Vec3b>(24, 32).Item1 / 100);
        }

        Assert.That(brightness, Is.EqualTo([0, 1, 2, 0, 1, 2, 0]));
    }

    [TestCase("http://127.0.0.1:1/video")]
    [TestCase("rtsp://127.0.0.1:1/camera")]
    public void A_stream_of_a_network_is_refused_with_what_to_do(string address) => AssertRefused(address, "let a ROS camera driver publish it");

    [Test]
    public void A_video_that_goes_is_named_and_not_called_a_camera()
    {
        var path = Path.Combine(_folder, "camera.h264");
        File.WriteAllBytes(path, H264Stream.Encode(64, 48, 30));
        using var source = Open(path);
        using var frame = new Mat();
        source.Read(0, frame);
        File.Delete(path);

        Assert.That(() => source.Read(0, frame), Throws.TypeOf<FrameSourceException>()
            .With.Message.Contains($"The video '{path}' gives no images").And.Message.Not.Contains("plugged"));
    }

    [Test]
    public void A_damaged_photograph_is_left_out_with_one_warning()
    {
        WritePicture("a.png", new Scalar(255, 0, 0));
        WritePicture("b.png", Scalar.Black);
        File.WriteAllBytes(Path.Combine(_folder, "b.png"), File.ReadAllBytes(Path.Combine(_folder, "b.png"))[..20]);
        WritePicture("c.png", new Scalar(0, 0, 255));
        using var source = Open(_folder);
        var colours = new List<char>();
        for (var time = 0.0; time < 40; time += 0.25)
        {
            using var frame = Frame(source, time);
            var middle = frame.Get<Vec3b>(120, 160);
            var colour = middle.Item0 > 100 ? 'a' : middle.Item2 > 100 ? 'c' : '?';
            if (colours.Count == 0 || colours[^1] != colour)
                colours.Add(colour);
        }

        Assert.That(new string([.. colours]), Does.StartWith("acacac").And.Not.Contain("?"));
        Assert.That(_warnings, Is.EqualTo(
            new[] { $"The photograph '{Path.Combine(_folder, "b.png")}' cannot be read and is left out; is the file damaged?" }));
    }

    [Test]
    public void Where_no_photograph_can_be_read_one_is_named()
    {
        WritePicture("a.png", Scalar.Black);
        var path = Path.Combine(_folder, "a.png");
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..20]);
        using var source = Open(path);

        Assert.That(() => Frame(source, 0).Dispose(), Throws.TypeOf<FrameSourceException>().With.Message.Contains($"'{path}' cannot be read"));
        Assert.That(_warnings, Is.Empty);
    }

    [Test]
    public void A_folder_without_photographs_is_refused() => AssertRefused(_folder, "has no photograph");

    [Test]
    public void A_missing_place_is_refused() => AssertRefused(Path.Combine(_folder, "gone"), "There is no file");

    [TestCase("/dev/video99")]
    [TestCase("99")]
    public void A_missing_webcam_is_refused(string name) => AssertRefused(name, "'/dev/video99' cannot be opened");

    [Test]
    public void A_file_that_is_no_picture_is_refused()
    {
        var path = Path.Combine(_folder, "notes.txt");
        File.WriteAllText(path, "nothing to see");
        AssertRefused(path, "neither a picture nor a video");
    }

    [TestCase("background: sky.png\npeople: []\ncolour: red\n", "scene.yaml:3")]
    [TestCase("people: []\n", "scene.yaml")]
    [TestCase("background: sky.png\npeople: []\n", "sky.png' cannot be read")]
    [TestCase("background: [", "scene.yaml")]
    [TestCase("background:\npeople:\n", "background and people are needed")]
    [TestCase("background: sky.png\npeople: [~]\n", "background and people are needed")]
    [TestCase("background: sky.png\npeople: [{picture: ~, mask: m.png, height: 1, position: [0, 0]}]\n", "a picture and a mask")]
    [TestCase("background: sky.png\npeople: [{picture: p.png, mask: m.png, height: 1, position: [0.5]}]\n", "position is two numbers")]
    [TestCase("background: sky.png\npeople: [{picture: p.png, mask: m.png, height: 1, position: [.nan, 0]}]\n", "position is two numbers")]
    [TestCase("background: sky.png\npeople: [{picture: p.png, mask: m.png, height: 1e9, position: [0, 0]}]\n", "height is above 0")]
    [TestCase("background: sky.png\npeople: [{picture: p.png, mask: m.png, height: 1, position: [0, 0], period: 0}]\n", "period is above 0")]
    [TestCase("background: sky.png\npeople: [{picture: p.png, mask: m.png, height: 1, position: [0, 0], zoom: 2}]\n", "zoom is from 0")]
    [TestCase("background: sky.png\npeople: [{picture: p.png, mask: m.png, height: 1, position: [0, 0], sway: []}]\n", "sway is two numbers")]
    [TestCase("", "scene.yaml")]
    public void A_wrong_scene_is_refused_with_the_place_of_the_fault(string text, string named)
    {
        File.WriteAllText(Path.Combine(_folder, "scene.yaml"), text);
        AssertRefused(_folder, named);
    }

    private void AssertRefused(string path, string reason) => Assert.That(
        () => Open(path), Throws.TypeOf<FrameSourceException>().With.Message.Contains(reason));

    private IFrameSource Open(string path) => FrameSources.Open(path, _warnings.Add);

    private static Mat Frame(IFrameSource source, double time)
    {
        var frame = new Mat(240, 320, MatType.CV_8UC3);
        source.Read(time, frame);
        return frame;
    }

    private void WritePicture(string name, Scalar colour)
    {
        using var picture = new Mat(24, 32, MatType.CV_8UC3, colour);
        Cv2.ImWrite(Path.Combine(_folder, name), picture);
    }
}
