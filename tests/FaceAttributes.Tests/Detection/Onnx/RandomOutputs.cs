using FaceAttributes.Detection;
using OpenCvSharp;
using Vision.Geometry;
using Vision.Inference;

namespace FaceAttributes.Tests.Detection.Onnx;

/// <summary>Outputs of a network by chance, and the comparison of what is read from them.</summary>
internal static class RandomOutputs
{
    private const float Tolerance = 2e-3f;

    /// <summary>Fills an output with numbers from -range to range.</summary>
    public static float[] Fill(OnnxTensor output, Random random, double range)
    {
        var numbers = ((OnnxTensor<float>)output).Samples(1);
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = (float)(range * (2 * random.NextDouble() - 1));
        return numbers.ToArray();
    }

    /// <summary>A detection from a reference's numbers.</summary>
    public static FaceDetection Detection(
        double x, double y, double width, double height, double score, FaceLandmarks? landmarks = null) =>
        new(new Box((float)x, (float)y, (float)width, (float)height), (float)score, landmarks);

    /// <summary>Fails unless both have the same detections in the same order.</summary>
    public static void AssertLike(IReadOnlyList<FaceDetection> found, IEnumerable<FaceDetection> expected)
    {
        FaceDetection[] all = [.. expected];
        Assert.That(found, Has.Count.EqualTo(all.Length));
        for (var i = 0; i < all.Length; i++)
        {
            var (a, b) = (found[i], all[i]);
            Assert.That(Difference(a.Box, b.Box), Is.LessThan(Tolerance));
            Assert.That(a.Score, Is.EqualTo(b.Score).Within(1e-5f));
            Assert.That(a.Landmarks is null, Is.EqualTo(b.Landmarks is null));
            if (a.Landmarks is { } points && b.Landmarks is { } others)
            {
                Assert.That(Distance(points.RightEye, others.RightEye), Is.LessThan(Tolerance));
                Assert.That(Distance(points.LeftEye, others.LeftEye), Is.LessThan(Tolerance));
                Assert.That(Distance(points.Nose, others.Nose), Is.LessThan(Tolerance));
                Assert.That(Distance(points.Mouth, others.Mouth), Is.LessThan(Tolerance));
            }
        }
    }

    private static float Difference(in Box a, in Box b) => Math.Max(
        Math.Max(Math.Abs(a.X - b.X), Math.Abs(a.Y - b.Y)), Math.Max(Math.Abs(a.Width - b.Width), Math.Abs(a.Height - b.Height)));

    private static double Distance(Point2f a, Point2f b) => Point2f.Distance(a, b);
}
