using FaceAttributes.Classification;
using FaceAttributes.Evaluation.Metrics;
using FaceAttributes.Evaluation.Sequences;
using OpenCvSharp;
using Vision.Imaging;

namespace FaceAttributes.Evaluation.Tests.Sequences;

public class SeedLoopTests
{
    [Test]
    public void One_window_of_ten_labels_serves_all_faces()
    {
        using var loop = new SeedLoop(AttributeClassifier.Load(Path.Combine(AppContext.BaseDirectory, "models", "emotion.yaml")));
        var photographs = PhotographFolder.Read(null).Faces;
        using var smiling = Portrait(photographs.First(face => face.Emotion == "happy"));
        using var earnest = Portrait(photographs.First(face => face.Emotion == "neutral"));

        var labels = Enumerable.Range(0, 20).Select(image => Process(loop, image < 10 ? smiling : earnest)).ToArray();

        Assert.That(labels.Select(face => face.Id), Is.All.EqualTo("0"));
        Assert.That(labels[..14].Select(face => face.Emotion), Is.All.EqualTo("happy"));
        Assert.That(labels[16..].Select(face => face.Emotion), Is.All.EqualTo("neutral"));
        loop.Reset();
        Assert.That(Process(loop, smiling).Emotion, Is.EqualTo("happy"));
    }

    private static Mat Portrait(FacePhotograph photograph)
    {
        using var cutout = new Cutout(photograph);
        var picture = new Mat(320, 320, MatType.CV_8UC3, Scalar.All(128));
        cutout.Draw(picture, new Pose(160, 140, 100));
        return picture;
    }

    private static TrackedFace Process(SeedLoop loop, Mat picture)
    {
        using var frame = new ImageFrame();
        frame.Set(picture);
        return loop.Process(frame, stamp: 0).Single();
    }
}
