using System.Buffers.Binary;
using System.Collections.Concurrent;
using OpenCvSharp;
using rclcs;
using CompressedImage = sensor_msgs.msg.CompressedImage;
using Image = sensor_msgs.msg.Image;

namespace VisionNodes.Tests;

/// <summary>Malformed and odd images between good ones, raw and compressed.</summary>
public class OddImagesTests : NodeFixture
{
    private static readonly string[] Encodings =
    [
        "rgb8", "bgr8", "rgba8", "bgra8", "mono8", "mono16", "yuv422", "yuv422_yuy2", "nv12", "nv21", "bayer_rggb8", "8UC1", "16UC1",
        "", "rgb9", "32FC1", "\u001b[31m", new string('x', 10_000),
    ];

    private readonly Random _random = new(155);
    private readonly ConcurrentQueue<int> _good = [];
    private readonly BlockingCollection<string> _warnings = [];

    // Each tenth image is a good one.
    [TestCase(false, 2_000)]
    [TestCase(true, 2_000)]
    [TestCase(false, 500_000, Explicit = true)]
    [TestCase(true, 500_000, Explicit = true)]
    public void Every_good_one_is_worked_on_memory_stays_flat_and_warnings_are_few(bool isCompressed, int count)
    {
        using var parameters = new LiveParameters(Node.Parameters);
        using var worker = new ImageWorker(Node.Logger, "worker", () => true, (frame, header) =>
        {
            _ = frame.Gray;
            _ = frame.Bgr;
            if (header.FrameId == "good")
                _good.Enqueue(frame.Gray.At<byte>(0, 0) == 77 ? header.Stamp.Sec : -1);
        });
        using var input = new ImageInput(Node, parameters, "image", worker.PutInOrder);
        Assert.That(Node.Parameters.SetAtomically([
            Parameter.From("input.lock_step", true), Parameter.From("input.transport", isCompressed ? "compressed" : "raw")]).Successful);
        using var log = Neighbour.CreateSubscription<rcl_interfaces.msg.Log>("/rosout", message => _warnings.Add(message.Msg));
        using var raw = Neighbour.CreatePublisher<Image>("/camera/image_raw");
        using var compressed = Neighbour.CreatePublisher<CompressedImage>("/camera/image_raw/compressed");
        worker.Start();
        input.Open();
        SpinUntil(() => (isCompressed ? compressed.SubscriptionCount : raw.SubscriptionCount) > 0 && input.ToString().Contains("reliable", StringComparison.Ordinal));
        var before = 0L;
        var start = System.Diagnostics.Stopwatch.StartNew();
        for (var i = 0; i < count; i++)
        {
            if (isCompressed)
                compressed.Publish(i % 10 == 9 ? GoodFile(i) : OddFile());
            else
                raw.Publish(i % 10 == 9 ? Good(i) : Odd());
            var sent = i + 1;
            SpinUntil(() => input.Received == sent, both: false);
            if (i == count / 2)
                before = Memory();
        }

        SpinUntil(() => worker.Processed + worker.Skipped == count);
        var grown = Memory() - before;
        TestContext.Out.WriteLine($"{worker.Processed} read, {worker.Skipped} skipped, {_warnings.Count} warnings, {grown / 1e6:F1} MB more in the second half");
        Assert.That(_good, Is.EqualTo(Enumerable.Range(0, count).Where(i => i % 10 == 9)));
        SpinUntil(() => _warnings.Count > 0);
        Assert.That(worker.Skipped, Is.GreaterThan(count / 3));
        const int Causes = 12;
        Assert.That(_warnings, Has.Count.InRange(1, Causes * (1 + start.Elapsed.TotalSeconds / 10)), "one of each cause in ten seconds");
        Assert.That(_warnings.Select(text => text.Length), Is.All.LessThan(1000));
        Assert.That(grown, Is.LessThan(20e6));
    }

    private static long Memory()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return process.WorkingSet64;
    }

    private static Image Good(int i) => new()
    {
        Header = { Stamp = { Sec = i }, FrameId = "good" },
        Width = 4,
        Height = 2,
        Step = 4,
        Encoding = "mono8",
        Data = Enumerable.Repeat((byte)77, 8).ToArray(),
    };

    private static CompressedImage GoodFile(int i) =>
        new() { Header = { Stamp = { Sec = i }, FrameId = "good" }, Format = "mono8; png compressed ", Data = File(".png", 4, 2) };

    private static byte[] File(string extension, int width, int height)
    {
        using var picture = new Mat(height, width, MatType.CV_8UC1, new Scalar(77));
        Cv2.ImEncode(extension, picture, out var bytes);
        return bytes;
    }

    private Image Odd() => new()
    {
        Width = Number(),
        Height = Number(),
        Step = Number(),
        Encoding = Encodings[_random.Next(Encodings.Length)],
        IsBigendian = (byte)_random.Next(256),
        Data = Bytes(_random.Next(4096)),
    };

    private uint Number() => _random.Next(6) switch
    {
        0 => 0,
        1 => uint.MaxValue - (uint)_random.Next(3),
        2 => (uint)_random.Next(),
        _ => (uint)_random.Next(64),
    };

    private byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        _random.NextBytes(bytes);
        return bytes;
    }

    private CompressedImage OddFile()
    {
        var extension = _random.Next(2) == 0 ? ".jpg" : ".png";
        var file = _random.Next(5) == 0 ? Bytes(_random.Next(200)) : File(extension, 1 + _random.Next(40), 1 + _random.Next(40));
        switch (_random.Next(4))
        {
            case 0: // cut
                file = file[.._random.Next(file.Length + 1)];
                break;
            case 1: // a few bytes changed
                for (var i = 0; i < 3 && file.Length > 0; i++)
                    file[_random.Next(file.Length)] = (byte)_random.Next(256);
                break;
            case 2 when extension == ".png" && file.Length > 24: // gigabytes promised
                BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(16), _random.Next());
                BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(20), _random.Next());
                break;
        }

        return new CompressedImage { Format = Encodings[_random.Next(Encodings.Length)] + "; compressed", Data = file };
    }
}
