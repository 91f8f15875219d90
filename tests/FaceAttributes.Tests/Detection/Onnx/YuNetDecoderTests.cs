using FaceAttributes.Detection;
using FaceAttributes.Detection.Onnx;
using OpenCvSharp;
using Vision.Inference;

namespace FaceAttributes.Tests.Detection.Onnx;

[TestFixture]
public sealed class YuNetDecoderTests
{
    private static readonly int[] Strides = [8, 16, 32];

    [Test]
    public void Thousands_of_random_outputs_are_read_as_a_plain_reference_reads_them()
    {
        var random = new Random(1);
        for (var i = 0; i < 2000; i++)
        {
            var size = new Size(32 * random.Next(1, 6), 32 * random.Next(1, 6));
            var minScore = (float)(0.3 + 0.65 * random.NextDouble());
            var decoder = new YuNetDecoder(size);
            var outputs = decoder.Outputs.ToDictionary(output => output.Name, output => RandomOutputs.Fill(output, random, 1.2));
            List<FaceDetection> found = [];
            decoder.Decode(minScore, found);
            RandomOutputs.AssertLike(found, Strides.SelectMany(stride => Plain(size, minScore, outputs, stride)));
        }
    }

    [Test]
    public void Its_outputs_have_the_shapes_of_opencvs_file()
    {
        var outputs = new YuNetDecoder(new Size(640, 640)).Outputs;
        Assert.That(outputs.Select(Describe), Is.EqualTo((string[])
        [
            "cls_8 6400x1", "obj_8 6400x1", "bbox_8 6400x4", "kps_8 6400x10", "cls_16 1600x1", "obj_16 1600x1", "bbox_16 1600x4",
            "kps_16 1600x10", "cls_32 400x1", "obj_32 400x1", "bbox_32 400x4", "kps_32 400x10",
        ]));

        static string Describe(OnnxTensor output) => $"{output.Name} {string.Join('x', output.SampleShape)}";
    }

    /// <summary>As OpenCV's FaceDetectorYN does it (modules/objdetect/src/face_detect.cpp).</summary>
    private static IEnumerable<FaceDetection> Plain(Size size, float minScore, Dictionary<string, float[]> outputs, int stride)
    {
        var (columns, rows) = (size.Width / stride, size.Height / stride);
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                var index = row * columns + column;
                var likely = Math.Min(outputs[$"cls_{stride}"][index], 1);
                var there = Math.Min(outputs[$"obj_{stride}"][index], 1);

                // Two negative numbers are no probabilities, and no file gives them.
                if (likely * there < 0 || Math.Sqrt(likely * there) < minScore)
                    continue;
                var box = outputs[$"bbox_{stride}"].AsSpan(4 * index, 4);
                var (x, y) = ((column + (double)box[0]) * stride, (row + (double)box[1]) * stride);
                var (width, height) = (Math.Exp(box[2]) * stride, Math.Exp(box[3]) * stride);
                var points = outputs[$"kps_{stride}"].Skip(10 * index).Take(10).ToArray();
                var (rightMouth, leftMouth) = (Point(3), Point(4));
                yield return RandomOutputs.Detection(
                    x - width / 2, y - height / 2, width, height, Math.Sqrt(likely * there),
                    new FaceLandmarks(
                        Point(0), Point(1), Point(2), new Point2f((rightMouth.X + leftMouth.X) / 2, (rightMouth.Y + leftMouth.Y) / 2)));

                Point2f Point(int point) => new((column + points[2 * point]) * stride, (row + points[2 * point + 1]) * stride);
            }
        }
    }
}
