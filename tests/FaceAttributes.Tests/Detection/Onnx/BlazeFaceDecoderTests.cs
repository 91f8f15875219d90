using FaceAttributes.Detection;
using FaceAttributes.Detection.Onnx;
using OpenCvSharp;

namespace FaceAttributes.Tests.Detection.Onnx;

[TestFixture]
public sealed class BlazeFaceDecoderTests
{
    [Test]
    public void Thousands_of_random_outputs_are_read_as_a_plain_reference_reads_them([Values(128, 256)] int side)
    {
        var random = new Random(side);
        var decoder = new BlazeFaceDecoder(new Size(side, side));
        for (var i = 0; i < 1000; i++)
        {
            var minScore = (float)(0.5 + 0.48 * random.NextDouble());
            var outputs = decoder.Outputs.Select((output, index) => RandomOutputs.Fill(output, random, index < 2 ? 5 : side)).ToArray();
            List<FaceDetection> found = [];
            decoder.Decode(minScore, found);
            RandomOutputs.AssertLike(found, Plain(side, minScore, outputs[0], outputs[2], 16, 2)
                .Concat(Plain(side, minScore, outputs[1], outputs[3], 8, 6)));
        }
    }

    /// <summary>As MediaPipe does it with its options for this network, relative to the picture's side.</summary>
    private static IEnumerable<FaceDetection> Plain(int side, float minScore, float[] scores, float[] boxes, int cells, int anchors)
    {
        for (var y = 0; y < cells; y++)
        {
            for (var x = 0; x < cells; x++)
            {
                for (var anchor = 0; anchor < anchors; anchor++)
                {
                    var index = (y * cells + x) * anchors + anchor;
                    var score = 1 / (1 + Math.Exp(-scores[index]));
                    if (score < minScore)
                        continue;
                    double[] numbers = [.. boxes.Skip(16 * index).Take(16).Select(number => (double)number / side)];
                    var (centreX, centreY) = ((x + 0.5) / cells, (y + 0.5) / cells);
                    yield return RandomOutputs.Detection(
                        (centreX + numbers[0] - numbers[2] / 2) * side, (centreY + numbers[1] - numbers[3] / 2) * side,
                        numbers[2] * side, numbers[3] * side, score, new FaceLandmarks(Point(0), Point(1), Point(2), Point(3)));

                    Point2f Point(int point) => new(
                        (float)((centreX + numbers[4 + 2 * point]) * side), (float)((centreY + numbers[5 + 2 * point]) * side));
                }
            }
        }
    }
}
