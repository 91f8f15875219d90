using OpenCvSharp;
using Vision.Geometry;
using Vision.Inference;

namespace FaceAttributes.Detection.Onnx;

/// <summary>
/// BlazeFace (Bazarevsky et al. 2019, arXiv:1907.05047), a single-shot detector with six points of each face: at the cells of a
/// grid of 16 × 16 two boxes each, and of 8 × 8 six.
/// </summary>
/// <remarks>
/// <c>Identity:0</c> and <c>Identity_1:0</c>: 1 × boxes × 1, the score before the sigmoid. <c>Identity_2:0</c> and
/// <c>Identity_3:0</c>: 1 × boxes × 16, in pixels of the input: centre from the cell's, width, height, then six points from the
/// cell's centre: the person's right eye, left eye, nose, mouth, right and left ear.
/// </remarks>
internal sealed class BlazeFaceDecoder : FaceDecoder
{
    private const int Numbers = 16;

    private readonly Size _input;
    private readonly (int Cells, int Boxes, OnnxTensor<float> Scores, OnnxTensor<float> Places)[] _grids;

    public BlazeFaceDecoder(Size input)
    {
        _input = input;
        _grids = [Grid(16, 2, "Identity:0", "Identity_2:0"), Grid(8, 6, "Identity_1:0", "Identity_3:0")];
        Outputs = [.. _grids.Select(grid => grid.Scores), .. _grids.Select(grid => grid.Places)];
    }

    public override IReadOnlyList<OnnxTensor> Outputs { get; }

    public override void Decode(float minScore, List<FaceDetection> detections)
    {
        var least = Logit(minScore);
        foreach (var (cells, boxes, scores, places) in _grids)
        {
            var logits = scores.Samples(1);
            for (var i = 0; i < logits.Length; i++)
            {
                if (!(logits[i] >= least))
                    continue;
                var cell = i / boxes;
                var centre = new Point2f(
                    (cell % cells + 0.5f) * _input.Width / cells, (cell / cells + 0.5f) * _input.Height / cells);
                var numbers = places.Samples(1).Slice(i * Numbers, Numbers);
                var (width, height) = (numbers[2], numbers[3]);
                detections.Add(new FaceDetection(
                    new Box(centre.X + numbers[0] - width / 2, centre.Y + numbers[1] - height / 2, width, height),
                    Sigmoid(logits[i]),
                    new FaceLandmarks(Point(numbers, 4), Point(numbers, 6), Point(numbers, 8), Point(numbers, 10))));

                Point2f Point(ReadOnlySpan<float> all, int at) => new(centre.X + all[at], centre.Y + all[at + 1]);
            }
        }
    }

    private static (int, int, OnnxTensor<float>, OnnxTensor<float>) Grid(int cells, int boxes, string scores, string places)
    {
        var count = cells * cells * boxes;
        return (cells, boxes, new OnnxTensor<float>(scores, count, 1), new OnnxTensor<float>(places, count, Numbers));
    }
}
