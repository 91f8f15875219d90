using OpenCvSharp;

namespace ReplayCamera;

/// <summary>Plays a <see cref="SceneDescription"/>.</summary>
internal sealed class SceneSource : IFrameSource
{
    private readonly Mat _background;
    private readonly Mat _scaledBackground = new();
    private readonly List<Cutout> _people = [];

    public SceneSource(string path)
    {
        var folder = Path.GetDirectoryName(path) ?? ".";
        var description = SceneDescription.Load(path);
        _background = ReadPicture(Path.Combine(folder, description.Background), ImreadModes.Color);
        foreach (var person in description.People)
        {
            using var picture = ReadPicture(Path.Combine(folder, person.Picture), ImreadModes.Color);
            using var mask = ReadPicture(Path.Combine(folder, person.Mask), ImreadModes.Grayscale);
            if (mask.Size() != picture.Size())
                throw new FrameSourceException($"{path}: the mask '{person.Mask}' is not as large as '{person.Picture}'.");
            _people.Add(new Cutout(person, picture, mask));
        }
    }

    public double Rate => 30;

    public void Read(double time, Mat frame)
    {
        if (_scaledBackground.Size() != frame.Size())
            Cover(_background, frame.Size(), _scaledBackground);
        _scaledBackground.CopyTo(frame);
        foreach (var person in _people)
            person.Draw(time, frame);
    }

    public void Dispose()
    {
        _background.Dispose();
        _scaledBackground.Dispose();
        foreach (var person in _people)
            person.Dispose();
    }

    private static Mat ReadPicture(string path, ImreadModes mode)
    {
        var picture = Cv2.ImRead(path, mode);
        return picture.Empty() ? throw new FrameSourceException($"The scene's picture '{path}' cannot be read.") : picture;
    }

    /// <summary>Scales a picture so that it just covers the size, and cuts off what is over.</summary>
    private static void Cover(Mat picture, Size size, Mat destination)
    {
        var scale = Math.Max((double)size.Width / picture.Width, (double)size.Height / picture.Height);
        var width = Math.Min(picture.Width, (int)Math.Round(size.Width / scale));
        var height = Math.Min(picture.Height, (int)Math.Round(size.Height / scale));
        using var middle = new Mat(picture, new Rect((picture.Width - width) / 2, (picture.Height - height) / 2, width, height));
        Cv2.Resize(middle, destination, size, 0, 0, InterpolationFlags.Cubic);
    }
}
