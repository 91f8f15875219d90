using OpenCvSharp;
using Vision.Geometry;
using Vision.Inference;

namespace FaceAttributes.Detection.Onnx;

/// <summary>
/// UltraFace (Linzaer, "Ultra-Light-Fast-Generic-Face-Detector-1MB", 2019), a single-shot detector: at the places of four grids,
/// some sizes of box each, of which it says whether there is a face and where exactly.
/// </summary>
/// <remarks>
/// <c>logits</c>: 1 × places × 2 (no face, face) before the softmax. <c>offsets</c>: 1 × places × 4: the centre's from the
/// place's, in tenths of the box's side there, and the logarithms of width and height relative to it, in fifths.
/// </remarks>
internal sealed class UltraFaceDecoder : FaceDecoder
{
    private const float CentreUnit = 0.1f;
    private const float SizeUnit = 0.2f;

    // Distance of a grid's places, the sides of their boxes, and by how much the network puts its boxes too low, in pixels of the
    // input. Two grids had rows of places 30 and 60 pixels apart where it learned, at 240 rows (240 / 8 and 240 / 4), although it
    // sees every 32nd and 64th row. It cannot know in which row it is, and learned what is right in the middle of such a picture.
    private static readonly (int Stride, float[] Sides, float Lower)[] Grids =
        [(8, [10, 16, 24], 0), (16, [32, 48], 0), (32, [64, 96], 7.5f), (64, [128, 192, 256], 7.5f)];

    private readonly Size _input;
    private readonly OnnxTensor<float> _logits;
    private readonly OnnxTensor<float> _offsets;

    public UltraFaceDecoder(Size input)
    {
        _input = input;
        var places = 0;
        foreach (var (stride, sides, _) in Grids)
            places += Cells(input.Width, stride) * Cells(input.Height, stride) * sides.Length;
        _logits = new OnnxTensor<float>("logits", places, 2);
        _offsets = new OnnxTensor<float>("offsets", places, 4);
        Outputs = [_logits, _offsets];
    }

    public override IReadOnlyList<OnnxTensor> Outputs { get; }

    public override void Decode(float minScore, List<FaceDetection> detections)
    {
        var logits = _logits.Samples(1);
        var offsets = _offsets.Samples(1);
        var least = Logit(minScore);
        var place = 0;
        foreach (var (stride, sides, lower) in Grids)
        {
            var columns = Cells(_input.Width, stride);
            var end = place + columns * Cells(_input.Height, stride) * sides.Length;
            for (var start = place; place < end; place++)
            {
                var logit = logits[2 * place + 1] - logits[2 * place];
                if (!(logit >= least))
                    continue;
                var cell = (place - start) / sides.Length;
                var side = sides[(place - start) % sides.Length];
                var offset = offsets.Slice(4 * place, 4);
                var (width, height) = (side * MathF.Exp(SizeUnit * offset[2]), side * MathF.Exp(SizeUnit * offset[3]));
                var x = (cell % columns + 0.5f) * stride + CentreUnit * side * offset[0];
                var y = (cell / columns + 0.5f) * stride + CentreUnit * side * offset[1] - lower;
                detections.Add(new FaceDetection(new Box(x - width / 2, y - height / 2, width, height), Sigmoid(logit)));
            }
        }
    }

    private static int Cells(int pixels, int stride) => (pixels + stride - 1) / stride;
}
