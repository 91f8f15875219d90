using OpenCvSharp;

namespace Vision.Imaging;

/// <summary>Picture files in every format that OpenCV reads.</summary>
public static class PictureFile
{
    /// <summary>Reads one, upright as its EXIF data say.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mode">In colour or in grey.</param>
    /// <returns>The picture, which the caller disposes; an empty one where OpenCV cannot read the file.</returns>
    public static Mat Read(string path, ImreadModes mode)
    {
        try
        {
            var picture = Cv2.ImRead(path, mode | ImreadModes.AnyDepth);
            if (!picture.Empty())
                return EightBits(picture, () => Cv2.ImRead(path, mode));

            // OpenCV 4.13 has a TIFF decoder that turns by 90° what it should only fill: imread then gives up, this does not.
            if (!Cv2.ImReadMulti(path, out var pages, mode) || pages is not [var first, .. var others])
                return picture;

            picture.Dispose();
            Array.ForEach(others, page => page.Dispose());
            return first;
        }
        catch (OpenCVException)
        {
            return new Mat(); // More pixels than OpenCV takes, for example.
        }
    }

    /// <summary>
    /// Decodes a JPEG or PNG that may come from anybody, upright as its EXIF data say. What is wrong with it is found before
    /// anything is decoded, as far as its structure tells: another format, too many pixels, a file that is cut off.
    /// </summary>
    /// <param name="file">The file's bytes.</param>
    /// <param name="maxPixels">Width times height at most; above 0.</param>
    /// <returns>Blue-green-red (CV_8UC3), the caller's.</returns>
    /// <exception cref="ImageException">It is refused; the message says why.</exception>
    public static unsafe Mat Decode(ReadOnlyMemory<byte> file, int maxPixels)
    {
        var header = CompressedHeader.Read(file.Span, "unknown");
        if ((long)header.Width * header.Height > maxPixels)
            throw new ImageException($"{header.Format} of {header.Width}x{header.Height} pixels is too large; {maxPixels} pixels are allowed.");
        using var pin = file.Pin();
        using var bytes = Mat.FromPixelData(1, file.Length, MatType.CV_8UC1, (nint)pin.Pointer);
        Mat picture;
        try
        {
            picture = EightBits(Cv2.ImDecode(bytes, ImreadModes.Color | ImreadModes.AnyDepth), () => Cv2.ImDecode(bytes, ImreadModes.Color));
        }
        catch (OpenCVException e)
        {
            throw new ImageException($"{header.Format} of {file.Length} bytes is refused by OpenCV: {e.ErrMsg}");
        }

        if (!picture.Empty())
            return picture;
        picture.Dispose();
        throw new ImageException($"{header.Format} of {header.Width}x{header.Height} pixels and {file.Length} bytes is damaged.");
    }

    /// <summary>
    /// A picture with 8 bits a channel. Of 16 those that it uses count, as in <see cref="ImageEncoding.Mono16"/>: an infrared camera's 10, 12 or
    /// 14 would be nearly black.
    /// </summary>
    /// <param name="picture">As it was read; disposed of where another takes its place.</param>
    /// <param name="convert">Reads it with what OpenCV makes of other depths.</param>
    private static Mat EightBits(Mat picture, Func<Mat> convert)
    {
        if (picture.Empty() || picture.Depth() == MatType.CV_8U)
            return picture;
        using var deep = picture;
        if (deep.Depth() != MatType.CV_16U)
            return convert();
        using var channels = deep.Reshape(1);
        channels.MinMaxLoc(out _, out double brightest);
        var converted = new Mat();
        deep.ConvertTo(converted, MatType.CV_8U, 255.0 / PixelConversion.WhiteOf((uint)brightest));
        return converted;
    }
}
