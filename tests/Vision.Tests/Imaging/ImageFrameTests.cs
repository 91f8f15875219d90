using OpenCvSharp;
using Vision.Imaging;

namespace Vision.Tests.Imaging;

[TestFixture]
public sealed class ImageFrameTests
{
    private static readonly string[] Encodings =
    [
        "rgb8", "bgr8", "rgba8", "bgra8", "mono8", "mono16", "yuv422", "uyvy", "yuv422_yuy2", "yuyv", "nv12", "nv21",
        "bayer_rggb8", "bayer_bggr8", "bayer_gbrg8", "bayer_grbg8", "8UC1", "8UC3", "16UC1",
    ];

    [Test]
    public void Every_supported_encoding_is_tested_here() =>
        Assert.That(ImageEncoding.Supported.Split(", "), Is.EquivalentTo(Encodings));

    [Test]
    public void Gray_is_the_same_picture_from_every_encoding(
        [ValueSource(nameof(Encodings))] string encoding, [Values(0, 5)] int padding, [Values] bool isBigEndian)
    {
        var picture = new EncodedPicture(encoding, 64, 48, padding, isBigEndian);
        using var frame = picture.ToFrame();
        Assert.That((frame.Gray.Width, frame.Gray.Height, frame.Gray.Type()), Is.EqualTo((64, 48, MatType.CV_8UC1)));
        var worst = 0.0;
        ForEachPixel(picture, (x, y) =>
            worst = Math.Max(worst, Math.Abs(frame.Gray.At<byte>(y, x) - picture.Gray(x, y))));
        Assert.That(worst, Is.LessThanOrEqualTo(Tolerance(encoding)));
    }

    [Test]
    public void Colour_is_the_same_picture_from_every_encoding(
        [ValueSource(nameof(Encodings))] string encoding, [Values(0, 5)] int padding, [Values] bool isBigEndian)
    {
        var picture = new EncodedPicture(encoding, 64, 48, padding, isBigEndian);
        using var frame = picture.ToFrame();
        Assert.That((frame.Bgr.Width, frame.Bgr.Height, frame.Bgr.Type()), Is.EqualTo((64, 48, MatType.CV_8UC3)));
        var worst = 0.0;
        ForEachPixel(picture, (x, y) => worst = Math.Max(worst, Difference(frame.Bgr.At<Vec3b>(y, x), picture, x, y)));
        Assert.That(worst, Is.LessThanOrEqualTo(Tolerance(encoding)));
    }

    [Test]
    public unsafe void Colour_without_a_copy_is_the_same_picture_from_every_encoding(
        [ValueSource(nameof(Encodings))] string encoding, [Values(0, 5)] int padding)
    {
        var picture = new EncodedPicture(encoding, 64, 48, padding, isBigEndian: false);
        using var frame = picture.ToFrame();
        var color = frame.Color;
        var bgr = frame.Bgr;
        ForEachPixel(picture, (x, y) =>
        {
            var pixel = new ReadOnlySpan<byte>((byte*)color.At(x, y), ColorPixels.Channels);
            var expected = bgr.At<Vec3b>(y, x);
            Assert.That((pixel[color.IsRgb ? 2 : 0], pixel[1], pixel[color.IsRgb ? 0 : 2]), Is.EqualTo((expected[0], expected[1], expected[2])));
        });
        Assert.That(color.IsRgb, Is.EqualTo(encoding == "rgb8"));
    }

    [TestCase("rgb8")]
    [TestCase("bgra8")]
    [TestCase("mono8")]
    [TestCase("mono16")]
    [TestCase("bayer_rggb8")]
    public void Odd_sizes_are_no_problem_where_pixels_stand_alone(string encoding)
    {
        var picture = new EncodedPicture(encoding, 33, 17, padding: 3, isBigEndian: false);
        using var frame = picture.ToFrame();
        var worst = 0.0;
        ForEachPixel(picture, (x, y) => worst = Math.Max(worst, Difference(frame.Bgr.At<Vec3b>(y, x), picture, x, y)));
        Assert.That(worst, Is.LessThanOrEqualTo(Tolerance(encoding)));
    }

    [TestCase(10)]
    [TestCase(12)]
    [TestCase(14)]
    [TestCase(16)]
    public void Sixteen_bits_are_scaled_by_those_that_the_picture_uses(int bits)
    {
        var white = (1 << bits) - 1;
        ushort[] pixels = [0, (ushort)(white / 2), (ushort)white];
        using var frame = new ImageFrame();
        frame.Set(System.Runtime.InteropServices.MemoryMarshal.AsBytes<ushort>(pixels).ToArray(), 3, 1, 6, "mono16");
        Assert.That(Enumerable.Range(0, 3).Select(x => frame.Gray.At<byte>(0, x)), Is.EqualTo(new[] { 0, 127, 255 }));
        Assert.That(frame.Bgr.At<Vec3b>(0, 2), Is.EqualTo(new Vec3b(255, 255, 255)));
    }

    [Test]
    public void What_is_white_changes_back_only_after_a_second_of_darker_pictures()
    {
        using var frame = new ImageFrame();
        foreach (var (brightest, expected) in ((int, int)[])[(1023, 249), (1024, 62), (1023, 62), (1024, 62), .. Enumerable.Repeat((1023, 62), 29), (1023, 249)])
        {
            ushort[] pixels = [0, 1000, (ushort)brightest];
            frame.Set(System.Runtime.InteropServices.MemoryMarshal.AsBytes<ushort>(pixels).ToArray(), 3, 1, 6, "mono16");
            Assert.That(frame.Gray.At<byte>(0, 1), Is.EqualTo(expected));
        }
    }

    [TestCase("ir.png", 1)]
    [TestCase("ir.tif", 1)]
    [TestCase("colour.png", 3)]
    public void A_file_of_twelve_bits_in_sixteen_is_as_bright_as_it_is(string name, int channels)
    {
        using var picture = new Mat(8, 8, MatType.CV_16UC(channels), Scalar.All(0));
        picture.Rectangle(new Rect(0, 0, 4, 8), Scalar.All(4095), -1);
        var file = Path.Combine(TestContext.CurrentContext.WorkDirectory, name);
        picture.SaveImage(file);
        using var frame = new ImageFrame();
        frame.Load(file);
        Assert.That((frame.Bgr.At<Vec3b>(4, 1), frame.Bgr.At<Vec3b>(4, 6)), Is.EqualTo((new Vec3b(255, 255, 255), new Vec3b(0, 0, 0))));
        if (name.EndsWith(".png", StringComparison.Ordinal))
        {
            using var decoded = PictureFile.Decode(File.ReadAllBytes(file), 1000);
            Assert.That(decoded.At<Vec3b>(4, 1), Is.EqualTo(new Vec3b(255, 255, 255)));
        }
    }

    [Test]
    public void A_picture_of_one_pixel_works()
    {
        using var frame = new ImageFrame();
        frame.Set(new byte[] { 10, 20, 30 }, 1, 1, 3, "rgb8");
        Assert.That(frame.Bgr.At<Vec3b>(0, 0), Is.EqualTo(new Vec3b(30, 20, 10)));
        Assert.That(frame.Gray.At<byte>(0, 0), Is.EqualTo(18)); // 0.299 * 10 + 0.587 * 20 + 0.114 * 30 = 18.15
    }

    [Test]
    public void The_last_row_may_come_without_its_padding()
    {
        var picture = new EncodedPicture("rgb8", 8, 4, padding: 6, isBigEndian: false);
        using var frame = new ImageFrame();
        frame.Set(picture.Encode().AsMemory(0, 4 * picture.Step - 6), 8, 4, picture.Step, "rgb8");
        Assert.That(Difference(frame.Bgr.At<Vec3b>(3, 7), picture, 7, 3), Is.Zero);
    }

    [TestCase("jpeg", 8, 8, 24, 192, "Image encoding 'jpeg' is not supported; supported are rgb8, bgr8, 8UC3, rgba8")]
    [TestCase("RGB8", 8, 8, 24, 192, "Image encoding 'RGB8' is not supported")]
    [TestCase("evil\nencoding\u2028\u202E\u0007", 8, 8, 24, 192, "Image encoding 'evil\\u000Aencoding\\u2028\\u202E\\u0007' is not supported")]
    [TestCase("an encoding whose name is as long as a whole sentence", 8, 8, 24, 192, "Image encoding 'an encoding whose name is as long as a w…' is not")]
    [TestCase("rgb8", 4294967295, 4294967295, 4294967295, 192, "Image size 4294967295x4294967295 is not possible")]
    [TestCase("rgb8", 8, 8, 4294967295, 192, "Image data has 192 bytes; 8x8 rgb8 with step 4294967295 needs 30064771089")]
    [TestCase("rgb8", 0, 8, 24, 192, "Image size 0x8 is not possible")]
    [TestCase("rgb8", 8, -1, 24, 192, "Image size 8x-1 is not possible")]
    [TestCase("mono8", 40000, 1, 40000, 40000, "Image size 40000x1 is not possible; width and height are from 1 to 32767")]
    [TestCase("rgb8", 8, 8, 0, 192, "Image step is 0 bytes; a row of 8 rgb8 pixels needs at least 24")]
    [TestCase("rgb8", 8, 8, 23, 192, "Image step is 23 bytes; a row of 8 rgb8 pixels needs at least 24")]
    [TestCase("rgb8", 8, 8, -24, 192, "Image step is -24 bytes")]
    [TestCase("rgb8", 8, 8, 24, 191, "Image data has 191 bytes; 8x8 rgb8 with step 24 needs 192")]
    [TestCase("rgb8", 8, 8, 24, 0, "Image data has 0 bytes")]
    [TestCase("mono8", 30000, 30000, 2000000000, 100, "Image data has 100 bytes; 30000x30000 mono8 with step 2000000000 needs 59998000030000")]
    [TestCase("yuv422", 7, 8, 14, 112, "Image width 7 is odd; yuv422 pixels come in pairs")]
    [TestCase("nv12", 8, 7, 8, 200, "Image height 7 is odd; nv12 rows come in pairs")]
    [TestCase("nv12", 8, 8, 8, 64, "Image data has 64 bytes; 8x8 nv12 with step 8 needs 96")]
    public void A_message_that_does_not_fit_together_is_refused_in_one_sentence(
        string encoding, long width, long height, long step, int length, string message)
    {
        using var frame = new EncodedPicture("rgb8", 4, 4, 0, false).ToFrame();
        Assert.That(
            () => frame.Set(new byte[length], width, height, step, encoding),
            Throws.TypeOf<ImageException>().With.Message.StartsWith(message));
        Assert.That(frame.IsEmpty, "the picture before it is gone, too");
    }

    [Test]
    public void The_step_of_a_picture_of_one_row_does_not_matter()
    {
        using var frame = new ImageFrame();
        frame.Set(new byte[] { 1, 2, 3 }, 3, 1, uint.MaxValue, "mono8");
        Assert.That(frame.Bgr.At<Vec3b>(0, 2), Is.EqualTo(new Vec3b(3, 3, 3)));
    }

    [Test]
    public void The_frame_looks_at_the_cameras_own_memory()
    {
        var pixels = new byte[16];
        using var frame = new ImageFrame();
        frame.Set(pixels, 4, 4, 4, "mono8");
        pixels[5] = 200;
        Assert.That(frame.Gray.At<byte>(1, 1), Is.EqualTo(200));
    }

    [Test]
    public void Memory_is_pinned_as_long_as_the_frame_looks_at_it()
    {
        var (first, second) = (new CountingMemory(new byte[16]), new CountingMemory(new byte[16]));
        var frame = new ImageFrame();
        frame.Set(first.Memory, 4, 4, 4, "mono8");
        Assert.That((first.Pins, second.Pins), Is.EqualTo((1, 0)));
        frame.Set(second.Memory, 4, 4, 4, "mono8");
        Assert.That((first.Pins, second.Pins), Is.EqualTo((0, 1)));
        Assert.That(() => frame.Set(first.Memory, 5, 4, 4, "mono8"), Throws.TypeOf<ImageException>());
        Assert.That((first.Pins, second.Pins), Is.EqualTo((0, 0)));
        frame.Set(first.Memory, 4, 4, 4, "mono8");
        frame.Clear();
        Assert.That(first.Pins, Is.Zero);
        frame.Set(first.Memory, 4, 4, 4, "mono8");
        frame.Dispose();
        Assert.That(first.Pins, Is.Zero);
    }

    [Test]
    public void A_new_picture_replaces_the_old_one_and_its_grey_and_colour()
    {
        using var frame = new ImageFrame();
        frame.Set(Enumerable.Repeat((byte)50, 12).ToArray(), 2, 2, 6, "bgr8");
        Assert.That((frame.Gray.At<byte>(0, 0), frame.Bgr.At<Vec3b>(0, 0).Item0), Is.EqualTo(((byte)50, (byte)50)));
        frame.Set(Enumerable.Repeat((byte)90, 27).ToArray(), 3, 3, 9, "bgr8");
        Assert.That((frame.Gray.At<byte>(2, 2), frame.Bgr.At<Vec3b>(2, 2).Item0), Is.EqualTo(((byte)90, (byte)90)));
    }

    [Test]
    public void Pixels_in_native_memory_and_in_a_part_of_an_opencv_picture_work()
    {
        using var picture = TestPictures.ColorPattern(1, 20, 16);
        using var part = new Mat(picture, new Rect(3, 2, 7, 5));
        using var frame = new ImageFrame();
        frame.Set(part);
        Assert.That(frame.Bgr.At<Vec3b>(4, 6), Is.EqualTo(picture.At<Vec3b>(6, 9)));
        frame.Set(picture.Data, 20 * 16 * 3, 20, 16, 60, "bgr8");
        Assert.That(frame.Bgr.At<Vec3b>(15, 19), Is.EqualTo(picture.At<Vec3b>(15, 19)));
    }

    [Test]
    public void A_copy_of_the_colours_goes_into_the_callers_buffer()
    {
        var picture = new EncodedPicture("yuyv", 16, 8, 2, false);
        using var frame = picture.ToFrame();
        using var direct = new Mat();
        frame.CopyBgrTo(direct);
        using var afterwards = new Mat();
        _ = frame.Bgr;
        frame.CopyBgrTo(afterwards);
        Assert.That(Cv2.Norm(direct, afterwards), Is.Zero);
        Assert.That(Cv2.Norm(direct, frame.Bgr), Is.Zero);
    }

    [Test]
    public void A_picture_file_can_be_read()
    {
        using var frame = new ImageFrame();
        frame.Load(Photographs.Astronaut);
        Assert.That((frame.Width, frame.Height), Is.EqualTo((512, 512)));
        using var expected = Cv2.ImRead(Photographs.Astronaut);
        Assert.That(Cv2.Norm(expected, frame.Bgr), Is.Zero);
    }

    [TestCase(".jpg")]
    [TestCase(".png")]
    [TestCase(".webp")]
    [TestCase(".tiff")]
    public void A_picture_file_that_its_exif_data_turn_is_read_upright(string extension)
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}{extension}");
        try
        {
            using var picture = new Mat(24, 40, MatType.CV_8UC3, Scalar.Black);
            picture.Rectangle(new Rect(0, 0, 20, 24), Scalar.White, -1); // Left is what comes to be above.
            File.WriteAllBytes(path, TurnedPicture.Encode(picture, extension));
            using var frame = new ImageFrame();
            frame.Load(path);

            Assert.That((frame.Width, frame.Height, frame.Bgr.Width, frame.Gray.Height), Is.EqualTo((24, 40, 24, 40)));
            Assert.That(frame.Gray.Get<byte>(5, 12), Is.GreaterThan(200));
            Assert.That(frame.Gray.Get<byte>(35, 12), Is.LessThan(50));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public void A_file_that_is_missing_or_no_picture_is_named()
    {
        using var frame = new ImageFrame();
        Assert.That(
            () => frame.Load("/nowhere/face.png"),
            Throws.TypeOf<ImageException>().With.Message.EqualTo("Picture /nowhere/face.png does not exist."));
        Assert.That(
            () => frame.Load(typeof(ImageFrame).Assembly.Location),
            Throws.TypeOf<ImageException>().With.Message.EndsWith("is not a picture that OpenCV can read."));
    }

    [Test]
    public void Without_a_picture_there_is_nothing_to_look_at()
    {
        using var frame = new ImageFrame();
        Assert.That(() => frame.Gray, Throws.InvalidOperationException);
        frame.Set(new byte[4], 2, 2, 2, "mono8");
        frame.Clear();
        Assert.That(() => frame.Bgr, Throws.InvalidOperationException);
    }

    [Test]
    public void A_frame_of_the_size_of_the_last_one_allocates_nothing([ValueSource(nameof(Encodings))] string encoding)
    {
        var picture = new EncodedPicture(encoding, 64, 48, 4, false);
        var buffer = picture.Encode();
        using var frame = new ImageFrame();
        var allocated = Allocations.Of(() =>
        {
            frame.Set(buffer, 64, 48, picture.Step, encoding);
            _ = frame.Gray;
            _ = frame.Bgr;
        });
        Assert.That(allocated, Is.Zero);
    }

    // Grey levels. The picture is smooth: chroma shared by two pixels, and colours read between those of a mosaic,
    // differ little from the original.
    private static double Tolerance(string encoding) => encoding switch
    {
        _ when encoding.StartsWith("bayer", StringComparison.Ordinal) => 8,
        "yuv422" or "uyvy" or "yuv422_yuy2" or "yuyv" or "nv12" or "nv21" => 4,
        _ => 1,
    };

    private static double Difference(Vec3b actual, EncodedPicture picture, int x, int y)
    {
        var (r, g, b) = picture.Color(x, y);
        if (picture.IsMono)
            r = g = b = (int)Math.Round(picture.Gray(x, y));
        return Math.Max(Math.Abs(actual.Item0 - b), Math.Max(Math.Abs(actual.Item1 - g), Math.Abs(actual.Item2 - r)));
    }

    private static void ForEachPixel(EncodedPicture picture, Action<int, int> look)
    {
        for (var y = 0; y < picture.Height; y++)
        {
            for (var x = 0; x < picture.Width; x++)
                look(x, y);
        }
    }
}
