using System.Buffers.Binary;
using OpenCvSharp;
using Vision.Imaging;

namespace Vision.Tests.Imaging;

/// <summary>JPEG and PNG of a topic into a frame.</summary>
[TestFixture]
public sealed class CompressedImageTests
{
    [TestCase("bgr8; png compressed bgr8", true)]
    [TestCase("rgb8; png compressed bgr8", true)]
    [TestCase("png", true)]
    [TestCase("mono8; png compressed ", false)]
    [TestCase("mono8; png compressed mono8", false)]
    [TestCase("", false)]
    public void A_png_is_the_picture_itself(string format, bool color)
    {
        using var picture = color ? TestPictures.ColorPattern(2, 33, 17) : TestPictures.GrayPattern(2, 33, 17);
        using var frame = new ImageFrame();
        frame.SetCompressed(Encode(picture, ".png"), format);
        Assert.That((frame.Width, frame.Height), Is.EqualTo((33, 17)));
        Assert.That(Cv2.Norm(picture, color ? frame.Bgr : frame.Gray), Is.Zero);
        Assert.That((frame.Bgr.Type(), frame.Gray.Type()), Is.EqualTo((MatType.CV_8UC3, MatType.CV_8UC1)));
    }

    [TestCase("bgr8; jpeg compressed bgr8", true)]
    [TestCase("jpeg", true)]
    [TestCase("mono8; jpeg compressed ", false)]
    public void A_jpeg_is_nearly_the_picture(string format, bool color)
    {
        using var photograph = Cv2.ImRead(Photographs.Astronaut, color ? ImreadModes.Color : ImreadModes.Grayscale);
        using var frame = new ImageFrame();
        frame.SetCompressed(Encode(photograph, ".jpg"), format);
        using var difference = new Mat();
        Cv2.Absdiff(photograph, color ? frame.Bgr : frame.Gray, difference);
        var mean = Cv2.Mean(difference);
        Assert.That(Math.Max(mean.Val0, Math.Max(mean.Val1, mean.Val2)), Is.LessThan(3), "grey levels");
    }

    [TestCase(".jpg", true, 320, 2, 320, 240)]
    [TestCase(".jpg", true, 321, 1, 640, 480)]
    [TestCase(".jpg", false, 100, 4, 160, 120)]
    [TestCase(".jpg", true, 1, 8, 80, 60)]
    [TestCase(".png", true, 100, 1, 640, 480)]
    public void Of_a_jpeg_that_is_larger_than_needed_a_part_is_decoded(
        string extension, bool color, int enough, int reduction, int width, int height)
    {
        using var photograph = Cv2.ImRead(Photographs.Astronaut, color ? ImreadModes.Color : ImreadModes.Grayscale);
        using var large = photograph.Resize(new Size(640, 480), interpolation: InterpolationFlags.Area);
        using var frame = new ImageFrame();
        frame.SetCompressed(Encode(large, extension), "", enough);

        Assert.That((frame.Reduction, frame.Width, frame.Height), Is.EqualTo((reduction, width, height)));
        Assert.That((frame.SentWidth, frame.SentHeight), Is.EqualTo((640, 480)));
        using var expected = large.Resize(new Size(width, height), interpolation: InterpolationFlags.Area);
        using var difference = new Mat();
        Cv2.Absdiff(expected, color ? frame.Bgr : frame.Gray, difference);
        var mean = Cv2.Mean(difference);
        Assert.That(Math.Max(mean.Val0, Math.Max(mean.Val1, mean.Val2)), Is.LessThan(5), "grey levels");
    }

    [Test]
    public void A_grey_png_is_a_mosaic_where_the_format_says_so()
    {
        var mosaic = new EncodedPicture("bayer_gbrg8", 64, 48, 0, false);
        using var raw = mosaic.ToFrame();
        using var plane = Mat.FromPixelData(48, 64, MatType.CV_8UC1, mosaic.Encode());
        using var frame = new ImageFrame();
        frame.SetCompressed(Encode(plane, ".png"), "bayer_gbrg8; png compressed ");
        Assert.That(Cv2.Norm(raw.Bgr, frame.Bgr), Is.Zero);
        Assert.That(Cv2.Norm(raw.Gray, frame.Gray), Is.Zero);
    }

    [Test]
    public void Sixteen_bits_become_eight()
    {
        using var picture = new Mat(8, 8, MatType.CV_16UC1, new Scalar(200 * 257));
        using var frame = new ImageFrame();
        frame.SetCompressed(Encode(picture, ".png"), "mono16; png compressed ");
        Assert.That(frame.Gray.At<byte>(4, 4), Is.EqualTo(200).Within(1));
    }

    [Test]
    public void A_mosaic_of_sixteen_bits_becomes_one_of_eight()
    {
        var mosaic = new EncodedPicture("bayer_gbrg8", 64, 48, 0, false);
        using var raw = mosaic.ToFrame();
        using var plane = Mat.FromPixelData(48, 64, MatType.CV_8UC1, mosaic.Encode());
        using var deep = new Mat();
        plane.ConvertTo(deep, MatType.CV_16UC1, 257);
        using var frame = new ImageFrame();
        frame.SetCompressed(Encode(deep, ".png"), "bayer_gbrg8; png compressed ");
        Assert.That(Cv2.Norm(raw.Bgr, frame.Bgr), Is.Zero);
    }

    [TestCase(1000)]
    [TestCase(4000)]
    [TestCase(16000)]
    public void Ten_to_fourteen_bits_of_grey_are_as_bright_as_raw_ones(int brightest)
    {
        using var picture = new Mat(48, 64, MatType.CV_16UC1);
        for (var y = 0; y < 48; y++)
        {
            for (var x = 0; x < 64; x++)
                picture.Set(y, x, (ushort)(brightest * (x + y) / 110));
        }

        var bytes = new byte[2 * 48 * 64];
        System.Runtime.InteropServices.Marshal.Copy(picture.Data, bytes, 0, bytes.Length);
        using var raw = new ImageFrame();
        raw.Set(bytes, 64, 48, step: 128, "mono16");
        using var frame = new ImageFrame();
        frame.SetCompressed(Encode(picture, ".png"), "mono16; png compressed ");
        Assert.That(frame.Gray.At<byte>(47, 63), Is.GreaterThan(200));
        Assert.That(Cv2.Norm(raw.Gray, frame.Gray), Is.Zero);
    }

    [TestCase(".jpg")]
    [TestCase(".png")]
    public void The_orientation_in_exif_does_not_turn_a_stream(string extension)
    {
        using var picture = TestPictures.ColorPattern(1, 40, 24);
        using var frame = new ImageFrame();
        frame.SetCompressed(TurnedPicture.Encode(picture, extension), extension);
        Assert.That((frame.Width, frame.Height), Is.EqualTo((40, 24)));
    }

    [Test]
    public void What_is_no_picture_is_refused_in_one_sentence()
    {
        using var picture = TestPictures.ColorPattern(1, 64, 48);
        var (png, jpeg) = (Encode(picture, ".png"), Encode(picture, ".jpg"));
        using var frame = new ImageFrame();
        Refused([], "h264\n", "Compressed image of format 'h264\\u000A' with 0 bytes is neither JPEG nor PNG");
        Refused([1, 2, 3, 4], "jpeg", "Compressed image of format 'jpeg' with 4 bytes is neither");
        Refused(png[..20], "png", "PNG is damaged: its head does not say how large the picture is.");
        Refused(jpeg[..40], "jpeg", "JPEG is damaged: its head");
        Refused(png[..40], "png", "PNG of 64x48 pixels and 40 bytes is damaged.");
        Refused(WithSize(png, 0, 48), "png", "PNG size 0x48 is not possible");
        Refused(WithSize(png, 30_000, 30_000), "png", "PNG size 30000x30000 is not possible; width and height are from 1 to 32767");
        Refused(WithSize(png, 8_000, 8_000)[..200], "png", "PNG of 200 bytes says that it has 8000x8000 pixels, which is impossible");
        Refused(WithSize(png, uint.MaxValue, 1), "png", "PNG size 4294967295x1 is not possible");
        Refused(jpeg[..^1], "jpeg", $"JPEG of 64x48 pixels and {jpeg.Length - 1} bytes is damaged.");
        Refused(png[..^1], "png", $"PNG of 64x48 pixels and {png.Length - 1} bytes is damaged.");
        Refused(WithLongerChunk(png), "png", $"PNG of 64x48 pixels and {png.Length} bytes is damaged.");
        Refused(WithScans(jpeg, 65), "jpeg", "JPEG of 64x48 pixels");
        frame.SetCompressed(WithScans(jpeg, 2), "jpeg");

        void Refused(byte[] data, string format, string message)
        {
            Assert.That(() => frame.SetCompressed(data, format), Throws.TypeOf<ImageException>()
                .With.Message.StartsWith(message).And.Message.Not.Contains("\n"));
            Assert.That(frame.IsEmpty);
        }
    }

    [Test]
    public void No_damage_to_a_picture_does_more_than_an_error()
    {
        var random = new Random(1);
        using var picture = TestPictures.ColorPattern(1, 64, 48);
        using var frame = new ImageFrame();
        var refused = 0;
        foreach (var whole in new[] { Encode(picture, ".png"), Encode(picture, ".jpg") })
        {
            for (var i = 0; i < 500; i++)
            {
                var data = whole[..random.Next(whole.Length / 2, whole.Length)];
                for (var flips = random.Next(4); flips > 0; flips--)
                    data[random.Next(Math.Min(data.Length, 200))] ^= (byte)(1 << random.Next(8));
                try
                {
                    frame.SetCompressed(data, "jpeg");
                    _ = frame.Gray;
                }
                catch (ImageException)
                {
                    refused++;
                }
            }
        }
        Assert.That(refused, Is.GreaterThan(100));
    }

    [TestCase(".jpg", true)]
    [TestCase(".png", true)]
    [TestCase(".jpg", false)]
    public void A_frame_of_the_size_of_the_last_one_allocates_nothing(string extension, bool color)
    {
        using var picture = color ? TestPictures.ColorPattern(1, 64, 48) : TestPictures.GrayPattern(1, 64, 48);
        var data = Encode(picture, extension);
        using var frame = new ImageFrame();
        Assert.That(Allocations.Of(() =>
        {
            frame.SetCompressed(data, "bgr8; jpeg compressed bgr8");
            _ = frame.Gray;
            _ = frame.Bgr;
        }), Is.Zero);
    }

    private static byte[] Encode(Mat picture, string extension)
    {
        Cv2.ImEncode(extension, picture, out var data);
        return data;
    }

    // The chunk's check sum is wrong then: the size alone must be enough to refuse it.
    private static byte[] WithSize(byte[] png, uint width, uint height)
    {
        byte[] changed = [.. png];
        BinaryPrimitives.WriteUInt32BigEndian(changed.AsSpan(16), width);
        BinaryPrimitives.WriteUInt32BigEndian(changed.AsSpan(20), height);
        return changed;
    }

    /// <summary>A chunk of pixels says that it goes on for a hundred bytes more.</summary>
    private static byte[] WithLongerChunk(byte[] png)
    {
        byte[] changed = [.. png];
        var length = changed.AsSpan(changed.AsSpan().IndexOf("IDAT"u8) - 4);
        BinaryPrimitives.WriteInt32BigEndian(length, BinaryPrimitives.ReadInt32BigEndian(length) + 100);
        return changed;
    }

    /// <summary>The scan, again and again.</summary>
    private static byte[] WithScans(byte[] jpeg, int count)
    {
        var start = jpeg.AsSpan().IndexOf([(byte)0xFF, (byte)0xDA]);
        return [.. jpeg[..start], .. Enumerable.Repeat(jpeg[start..^2], count).SelectMany(scan => scan), .. jpeg[^2..]];
    }
}
