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
            var picture = Cv2.ImRead(path, mode);
            if (!picture.Empty())
                return picture;

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
}
