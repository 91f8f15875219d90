using FaceAttributes.Detection;
using FaceAttributes.Detection.Onnx;
using OpenCvSharp;
using Vision.Inference;

namespace FaceAttributes.Tests.Detection.Onnx;

[TestFixture]
public sealed class UltraFaceDecoderTests
{
    [Test]
    public void Thousands_of_random_outputs_are_read_as_a_plain_reference_reads_them()
    {
        var random = new Random(1);
        for (var i = 0; i < 2000; i++)
        {
            var size = new Size(16 * random.Next(1, 9), 16 * random.Next(1, 9));
            var minScore = (float)(0.02 + 0.96 * random.NextDouble());
            var decoder = new UltraFaceDecoder(size);
            var logits = RandomOutputs.Fill(decoder.Outputs[0], random, 3);
            var offsets = RandomOutputs.Fill(decoder.Outputs[1], random, 3);
            List<FaceDetection> found = [];
            decoder.Decode(minScore, found);
            RandomOutputs.AssertLike(found, Plain(size, minScore, logits, offsets));
        }
    }

    [Test]
    public void A_320x240_picture_has_the_4420_places_of_the_original() =>
        Assert.That(new UltraFaceDecoder(new Size(320, 240)).Outputs.Select(output => output.SampleShape[0]), Is.All.EqualTo(4420));

    [Test]
    public void Numbers_that_are_none_are_no_faces()
    {
        var decoder = new UltraFaceDecoder(new Size(32, 32));
        ((OnnxTensor<float>)decoder.Outputs[0]).Samples(1).Fill(float.NaN);
        List<FaceDetection> found = [];
        decoder.Decode(0.5f, found);
        Assert.That(found, Is.Empty);
    }

    /// <summary>
    /// As the published code does it: a list of priors relative to the picture, softmax, corners from centres; and then without
    /// what the boxes of the coarser grids are too low.
    /// </summary>
    private static IEnumerable<FaceDetection> Plain(Size size, float minScore, float[] logits, float[] offsets)
    {
        List<(double X, double Y, double Width, double Height)> priors = [];
        int[] strides = [8, 16, 32, 64];
        double[][] sides = [[10, 16, 24], [32, 48], [64, 96], [128, 192, 256]];
        double[] lower = [0, 0, 7.5, 7.5];
        for (var grid = 0; grid < 4; grid++)
        {
            for (var row = 0; row < Math.Ceiling((double)size.Height / strides[grid]); row++)
            {
                for (var column = 0; column < Math.Ceiling((double)size.Width / strides[grid]); column++)
                {
                    foreach (var side in sides[grid])
                    {
                        priors.Add((
                            (column + 0.5) * strides[grid] / size.Width, ((row + 0.5) * strides[grid] - lower[grid]) / size.Height,
                            side / size.Width, side / size.Height));
                    }
                }
            }
        }

        for (var i = 0; i < priors.Count; i++)
        {
            var (none, face) = (Math.Exp(logits[2 * i]), Math.Exp(logits[2 * i + 1]));
            var score = face / (none + face);
            if (score < minScore)
                continue;
            var prior = priors[i];
            var x = prior.X + offsets[4 * i] * 0.1 * prior.Width;
            var y = prior.Y + offsets[4 * i + 1] * 0.1 * prior.Height;
            var width = prior.Width * Math.Exp(offsets[4 * i + 2] * 0.2);
            var height = prior.Height * Math.Exp(offsets[4 * i + 3] * 0.2);
            yield return RandomOutputs.Detection(
                (x - width / 2) * size.Width, (y - height / 2) * size.Height, width * size.Width, height * size.Height, score);
        }
    }
}
