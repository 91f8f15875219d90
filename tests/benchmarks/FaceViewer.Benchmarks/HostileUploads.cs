using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Compression;

namespace FaceViewer.Benchmarks;

/// <summary>
/// Uploads that are no pictures, or not what they say to be, one after the other: each has to be refused quickly, and the viewer's
/// memory to stay as it is.
/// </summary>
internal static class HostileUploads
{
    private const int Warm = 200;

    public static async Task<int> RunAsync(int count)
    {
        using var robot = await Robot.StartAsync("-p", "max_requests:=100000");
        var random = new Random(1);
        var kinds = Kinds();
        var times = kinds.Keys.ToDictionary(name => name, _ => new List<double>());
        var wrong = 0;
        long before = 0, most = 0;
        for (var i = -Warm; i < count; i++)
        {
            var (name, make) = kinds.ElementAt((i + Warm) % kinds.Count);
            var (body, type) = make(random);
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/classify") { Content = new ByteArrayContent(body) };
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            request.Headers.ExpectContinue = body.Length > 10_000_000; // As curl does; else the answer may come while it still sends.
            var start = Stopwatch.GetTimestamp();
            using var answer = await robot.Http.SendAsync(request);
            var milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            if (i < 0)
                continue;
            if (i == 0)
                before = robot.ViewerMegabytes;
            times[name].Add(milliseconds);
            if ((int)answer.StatusCode is < 400 or >= 500 or 429)
            {
                wrong++;
                Console.WriteLine($"{name}: {(int)answer.StatusCode}");
            }

            if (i % 100 == 0)
                most = Math.Max(most, robot.ViewerMegabytes);
        }

        Console.WriteLine("| upload | n | median ms | 99% ms | most ms |\n|---|---:|---:|---:|---:|");
        foreach (var (name, values) in times.Append(new("all", [.. times.Values.SelectMany(values => values)])))
        {
            values.Sort();
            Console.WriteLine(FormattableString.Invariant($"| {name} | {values.Count} | {values[values.Count / 2]:F1} | {values[values.Count * 99 / 100]:F1} | {values[^1]:F1} |"));
        }

        Console.WriteLine($"not answered with 4xx: {wrong}; over 50 ms: {times.Values.Sum(values => values.Count(value => value > 50))}; "
            + $"memory of the viewer: {before} MB before, {robot.ViewerMegabytes} MB after, {most} MB at most");
        return wrong > 0 ? 1 : 0;
    }

    private static Dictionary<string, Func<Random, (byte[] Body, string Type)>> Kinds()
    {
        var png = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "photographs", "astronaut.png"));
        var jpeg = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "photographs", "grace_hopper.jpg"));
        var bomb = Png(8000, 8000, withPixels: true);
        return new()
        {
            ["empty"] = _ => ([], "image/png"),
            ["random bytes"] = random => (Bytes(random, random.Next(1, 100_000)), "image/jpeg"),
            ["another type"] = random => (Bytes(random, 1000), "text/html"),
            ["PNG cut off"] = random => (png[..random.Next(8, png.Length - 12)], "image/png"),
            ["JPEG cut off"] = random => (jpeg[..random.Next(3, jpeg.Length - 2)], "image/jpeg"),
            ["PNG of 50,000x50,000"] = _ => (Png(50_000, 50_000, withPixels: false), "image/png"),
            ["JPEG of 50,000x50,000"] = _ => (Jpeg(jpeg, 50_000), "image/jpeg"),
            ["PNG of 8,000x8,000, all black, in 190 KB"] = _ => (bomb, "image/png"),
            ["11 MB of zeros"] = _ => (new byte[11_000_000], "application/octet-stream"),
            ["form without an end"] = random => ([.. "--x\r\nContent-Disposition: form-data; name=\"a\"; filename=\"b\"\r\n\r\n"u8, .. Bytes(random, 5000)], "multipart/form-data; boundary=x"),
            ["form without a file"] = _ => ("--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n--x--\r\n"u8.ToArray(), "multipart/form-data; boundary=x"),
            ["form of long headers"] = random => ([.. "--x\r\nContent-Disposition: "u8, .. Enumerable.Repeat((byte)'a', 20_000)], "multipart/form-data; boundary=x"),
            ["form without a boundary"] = random => (Bytes(random, 5000), "multipart/form-data"),
        };
    }

    private static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        bytes[0] = 0; // No picture begins so.
        return bytes;
    }

    private static byte[] Jpeg(byte[] jpeg, ushort side)
    {
        var bytes = jpeg.ToArray();
        var frame = bytes.AsSpan().IndexOf([(byte)0xFF, (byte)0xC0]);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(frame + 5), side);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(frame + 7), side);
        return bytes;
    }

    private static byte[] Png(int width, int height, bool withPixels)
    {
        using var file = new MemoryStream();
        file.Write([0x89, .. "PNG\r\n"u8, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 2);
        Chunk("IHDR"u8, header);
        using var pixels = new MemoryStream();
        using (var deflate = new ZLibStream(pixels, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            var row = new byte[1 + 3 * width];
            for (var y = 0; y < (withPixels ? height : 1); y++)
                deflate.Write(row);
        }

        Chunk("IDAT"u8, pixels.ToArray());
        Chunk("IEND"u8, []);
        return file.ToArray();

        void Chunk(ReadOnlySpan<byte> name, ReadOnlySpan<byte> data)
        {
            Span<byte> number = stackalloc byte[4];
            BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
            file.Write(number);
            file.Write(name);
            file.Write(data);
            BinaryPrimitives.WriteUInt32BigEndian(number, Check([.. name, .. data]));
            file.Write(number);
        }
    }

    /// <summary>The check sum of a chunk (PNG, annex D).</summary>
    private static uint Check(ReadOnlySpan<byte> bytes)
    {
        var sum = uint.MaxValue;
        foreach (var value in bytes)
        {
            sum ^= value;
            for (var bit = 0; bit < 8; bit++)
                sum = (sum & 1) != 0 ? 0xEDB88320 ^ (sum >> 1) : sum >> 1;
        }

        return ~sum;
    }
}
