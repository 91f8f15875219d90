using System.Buffers.Binary;
using OpenCvSharp;

namespace TestSupport;

/// <summary>Picture files whose EXIF data say that the camera was held on its side: upright they are turned by 90° to the right.</summary>
public static class TurnedPicture
{
    // A TIFF header of big-endian numbers with one directory of one entry: Orientation (0x0112), one SHORT, 6.
    private static readonly byte[] Exif =
        [(byte)'M', (byte)'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0];

    /// <summary>The file's bytes.</summary>
    /// <param name="picture">As the sensor saw it.</param>
    /// <param name="extension"><c>.jpg</c>, <c>.png</c>, <c>.webp</c> or <c>.tiff</c>.</param>
    public static byte[] Encode(Mat picture, string extension)
    {
        Cv2.ImEncode(extension, picture, out var file);
        return extension switch
        {
            ".jpg" => TurnJpeg(file),
            ".png" => TurnPng(file),
            ".webp" => TurnWebp(file, picture.Width, picture.Height),
            ".tiff" => TurnTiff(file),
            _ => throw new ArgumentException($"{extension} is not one of those.", nameof(extension)),
        };
    }

    // A segment APP1 after the start of image. CIPA DC-008, 4.7.2.
    private static byte[] TurnJpeg(byte[] file)
    {
        byte[] content = [.. "Exif\0\0"u8, .. Exif];
        return [.. file[..2], 0xFF, 0xE1, 0, (byte)(content.Length + 2), .. content, .. file[2..]];
    }

    // A chunk eXIf after IHDR. PNG, third edition, 11.3.4.5.
    private static byte[] TurnPng(byte[] file)
    {
        const int headEnd = 33;
        byte[] content = [.. "eXIf"u8, .. Exif];
        return [.. file[..headEnd], .. BigEndian((uint)Exif.Length), .. content, .. BigEndian(Crc(content)), .. file[headEnd..]];
    }

    // A chunk VP8X that announces EXIF before the picture, and EXIF after it. RFC 9649, 2.7.
    private static byte[] TurnWebp(byte[] file, int width, int height)
    {
        byte[] content =
        [
            .. "WEBPVP8X"u8, 10, 0, 0, 0, 0x08, 0, 0, 0, .. LittleEndian(width - 1)[..3], .. LittleEndian(height - 1)[..3],
            .. file[12..], .. "EXIF"u8, .. LittleEndian(Exif.Length), .. Exif,
        ];
        return [.. "RIFF"u8, .. LittleEndian(content.Length), .. content];
    }

    // A further directory at the end, with the entries of the first one and Orientation (one SHORT, 6) among them in the order
    // of their numbers. TIFF 6.0, section 2.
    private static byte[] TurnTiff(byte[] file)
    {
        const int entryLength = 12;
        var directory = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(4)) + 2;
        var entries = Enumerable.Range(0, BinaryPrimitives.ReadInt16LittleEndian(file.AsSpan(directory - 2)))
            .Select(i => file[(directory + i * entryLength)..(directory + (i + 1) * entryLength)])
            .Append([0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0])
            .OrderBy(entry => BinaryPrimitives.ReadUInt16LittleEndian(entry))
            .ToArray();
        byte[] padded = [.. file, .. new byte[file.Length % 2]];
        LittleEndian(padded.Length).CopyTo(padded, 4);
        return [.. padded, (byte)entries.Length, 0, .. entries.SelectMany(entry => entry), 0, 0, 0, 0];
    }

    private static byte[] BigEndian(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] LittleEndian(int value) => BitConverter.GetBytes(value);

    // ISO 3309, as PNG has it.
    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = crc >> 1 ^ ((crc & 1) == 0 ? 0 : 0xEDB88320);
        }

        return ~crc;
    }
}
