using OpenCvSharp;

namespace FaceAttributes.Benchmarks;

/// <summary>A picture of five faces of different sizes, composed of two public-domain portraits.</summary>
internal static class Scene
{
    /// <summary>Composes the picture, bgr8.</summary>
    public static Mat Compose(int width, int height)
    {
        using var large = new Mat(480, 640, MatType.CV_8UC3, Scalar.All(90));
        Paste("astronaut.png", new Rect(0, 0, 300, 300));
        Paste("grace_hopper.jpg", new Rect(300, 10, 180, 180));
        Paste("astronaut.png", new Rect(480, 0, 160, 160));
        Paste("grace_hopper.jpg", new Rect(310, 200, 270, 270));
        Paste("astronaut.png", new Rect(30, 300, 170, 170));
        return large.Resize(new Size(width, height), 0, 0, InterpolationFlags.Area);

        void Paste(string photograph, Rect place)
        {
            using var picture = Cv2.ImRead(Path.Combine(AppContext.BaseDirectory, "photographs", photograph));
            using var sized = picture.Resize(place.Size, 0, 0, InterpolationFlags.Area);
            using var part = new Mat(large, place);
            sized.CopyTo(part);
        }
    }
}
