using OpenCvSharp;
using Vision.Geometry;
using Vision.Inference;

namespace FaceAttributes.Detection.Onnx;

/// <summary>
/// YuNet (Wu, Peng and Yu 2023, "YuNet: A Tiny Millisecond-level Face Detector", Machine Intelligence Research 20), a detector
/// without anchors with five points of each face: at each cell of three grids one box.
/// </summary>
/// <remarks>
/// For the strides 8, 16 and 32 <c>cls_*</c> and <c>obj_*</c>: 1 × cells × 1, two probabilities whose geometric mean is the score;
/// <c>bbox_*</c>: 1 × cells × 4, in strides: centre from the cell's corner, and the logarithms of width and height;
/// <c>kps_*</c>: 1 × cells × 10, in strides from the cell's corner: the person's right eye, left eye, nose, right and left
/// corner of the mouth. As OpenCV's FaceDetectorYN reads them.
/// </remarks>
internal sealed class YuNetDecoder : FaceDecoder
{
    private readonly Grid[] _grids;

    public YuNetDecoder(Size input)
    {
        _grids = [new Grid(input, 8), new Grid(input, 16), new Grid(input, 32)];
        Outputs = [.. _grids.SelectMany(grid => new OnnxTensor[] { grid.Classes, grid.Objects, grid.Boxes, grid.Points })];
    }

    public override IReadOnlyList<OnnxTensor> Outputs { get; }

    public override void Decode(float minScore, List<FaceDetection> detections)
    {
        foreach (var grid in _grids)
        {
            var classes = grid.Classes.Samples(1);
            var objects = grid.Objects.Samples(1);
            var least = minScore * minScore;
            for (var i = 0; i < classes.Length; i++)
            {
                // Rounding makes some a little more than 1.
                var product = Math.Min(classes[i], 1) * Math.Min(objects[i], 1);
                if (product >= least)
                    detections.Add(grid.Read(i, MathF.Sqrt(product)));
            }
        }
    }

    /// <summary>The cells of one stride.</summary>
    private sealed class Grid
    {
        private readonly int _stride;
        private readonly int _columns;

        public Grid(Size input, int stride)
        {
            (_stride, _columns) = (stride, input.Width / stride);
            var cells = _columns * (input.Height / stride);
            Classes = new OnnxTensor<float>($"cls_{stride}", cells, 1);
            Objects = new OnnxTensor<float>($"obj_{stride}", cells, 1);
            Boxes = new OnnxTensor<float>($"bbox_{stride}", cells, 4);
            Points = new OnnxTensor<float>($"kps_{stride}", cells, 10);
        }

        public OnnxTensor<float> Classes { get; }

        public OnnxTensor<float> Objects { get; }

        public OnnxTensor<float> Boxes { get; }

        public OnnxTensor<float> Points { get; }

        public FaceDetection Read(int cell, float score)
        {
            var corner = new Point2f(cell % _columns, cell / _columns);
            var numbers = Boxes.Samples(1).Slice(4 * cell, 4);
            var (width, height) = (MathF.Exp(numbers[2]), MathF.Exp(numbers[3]));
            var box = new Box(
                (corner.X + numbers[0] - width / 2) * _stride, (corner.Y + numbers[1] - height / 2) * _stride,
                width * _stride, height * _stride);
            var (rightMouth, leftMouth) = (Point(3), Point(4));
            return new FaceDetection(box, score, new FaceLandmarks(
                Point(0), Point(1), Point(2), new Point2f((rightMouth.X + leftMouth.X) / 2, (rightMouth.Y + leftMouth.Y) / 2)));

            Point2f Point(int index)
            {
                var point = Points.Samples(1).Slice(10 * cell + 2 * index, 2);
                return new Point2f((corner.X + point[0]) * _stride, (corner.Y + point[1]) * _stride);
            }
        }
    }
}
