using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using OpenCvSharp;
using Vision.Imaging;

namespace FaceAttributes.Detection.Haar;

/// <summary>
/// Slides a cascade's window over a picture: the same windows pass as with OpenCV's <c>detectMultiScale</c>, but eight are looked at
/// at once, on one thread. OpenCV does that for trees of one node only, and spends most of its time on small pictures in setting up.
/// </summary>
/// <remarks>
/// As in OpenCV 4 (<c>cascadedetect.cpp</c>): steps of two pixels, of one where the window is at least twice the cascade's; a place
/// after one that the first stage refuses is left out; a window without contrast is refused. Used by one thread at a time; allocates
/// nothing once it has seen the largest picture.
/// </remarks>
internal sealed unsafe class CascadeEvaluator : IDisposable
{
    /// <summary>Nodes that a tree may have.</summary>
    public const int MostNodes = 8;

    private const int Lanes = 8;
    private const int Corners = 4;

    // Where the window's contrast is not measured: at its edge.
    private const int Border = 1;

    // A window whose normalized area is not below this has no contrast to speak of: OpenCV's value.
    private const double Flat = 0.1;

    private readonly CascadeModel _model;
    private readonly int[] _treeSizes;
    private readonly Node[] _nodes;
    private readonly Grid _coarse;
    private readonly Grid _fine;
    private readonly Mat _level = new();

    public CascadeEvaluator(CascadeModel model)
    {
        _model = model;
        var trees = model.Stages.SelectMany(stage => stage.Trees).ToArray();
        _treeSizes = [.. trees.Select(tree => tree.Nodes.Length)];
        _nodes = [.. trees.SelectMany(tree => tree.Nodes.Select(node => new Node(node, tree.Leaves, model.Features[node.Feature])))];
        (_coarse, _fine) = (new Grid(model, step: 2), new Grid(model, step: 1));
    }

    /// <summary>Finds the windows that all stages let pass.</summary>
    /// <param name="picture">Grey.</param>
    /// <param name="smallest">Smallest window, in pixels.</param>
    /// <param name="largest">Largest window, in pixels.</param>
    /// <param name="scaleFactor">From each size of window to the next.</param>
    /// <param name="windows">Windows are added to it, in pixels of the picture.</param>
    public void Find(Mat picture, Size smallest, Size largest, double scaleFactor, List<Rect> windows)
    {
        var (width, height) = (picture.Cols, picture.Rows);
        var best = (Scale: 0f, Distance: double.PositiveInfinity);
        var isAnyRight = false;
        for (var factor = 1.0; ; factor *= scaleFactor)
        {
            var scale = (float)factor;
            if (Rounded(_model.Window.Width * factor) > width || Rounded(_model.Window.Height * factor) > height)
                break;
            var (w, h) = (Rounded(_model.Window.Width * scale), Rounded(_model.Window.Height * scale));
            if (w >= smallest.Width && h >= smallest.Height && w <= largest.Width && h <= largest.Height)
            {
                isAnyRight = true;
                Find(picture, scale, windows);
            }

            var distance = Square(smallest.Width - w) + Square(smallest.Height - h);
            if (distance < best.Distance)
                best = (scale, distance);
        }

        // Where no size is within the limits, the one that is nearest.
        if (!isAnyRight && best.Scale > 0)
            Find(picture, best.Scale, windows);
    }

    public void Dispose()
    {
        _level.Dispose();
        _coarse.Dispose();
        _fine.Dispose();
    }

    private static int Rounded(double value) => (int)Math.Round(value);

    private static double Square(double value) => value * value;

    /// <summary>Looks at windows of one size.</summary>
    private void Find(Mat picture, float scale, List<Rect> windows)
    {
        var level = picture;
        var size = new Size(Rounded(picture.Cols / scale), Rounded(picture.Rows / scale));
        if (size != new Size(picture.Cols, picture.Rows))
            OpenCv.Resize(picture.CvPtr, level = _level, size, InterpolationFlags.LinearExact);
        var grid = scale >= 2 ? _fine : _coarse;
        grid.Set(level, size);
        var window = new Size(Rounded(_model.Window.Width * scale), Rounded(_model.Window.Height * scale));

        var columns = (size.Width - _model.Window.Width) / grid.Step + 1;
        for (var y = 0; y <= size.Height - _model.Window.Height; y += grid.Step)
        {
            var isLeftOut = false;
            for (var column = 0; column < columns; column += Lanes)
            {
                Look(grid, grid.At(column, y), out var passed, out var refusedAtOnce);
                var count = Math.Min(Lanes, columns - column);
                for (var lane = 0; lane < count; lane++)
                {
                    var bit = 1u << lane;
                    if (isLeftOut)
                    {
                        isLeftOut = false;
                        continue;
                    }

                    isLeftOut = (refusedAtOnce & bit) != 0;
                    if ((passed & bit) != 0)
                        windows.Add(new Rect(Rounded((column + lane) * grid.Step * scale), Rounded(y * scale), window.Width, window.Height));
                }
            }
        }
    }

    /// <summary>Looks at eight windows, each a step right of the last.</summary>
    /// <param name="grid">The picture.</param>
    /// <param name="at">Index of the first one's upper left corner in the grid's sums.</param>
    /// <param name="passed">A bit for each that all stages let pass.</param>
    /// <param name="refusedAtOnce">A bit for each that the first stage refuses.</param>
    private void Look(Grid grid, nint at, out uint passed, out uint refusedAtOnce)
    {
        var scale = grid.Normalization(at, out var alive);
        (passed, refusedAtOnce) = (0, 0);
        var sums = grid.Sums + at;
        var offsets = grid.Offsets;
        var values = stackalloc Vector256<float>[MostNodes];
        fixed (Node* nodes = _nodes)
        fixed (int* treeSizes = _treeSizes)
        {
            var node = nodes;
            var tree = treeSizes;
            var stages = _model.Stages;
            for (var i = 0; i < stages.Length && alive != 0; i++)
            {
                var (lower, upper) = (Vector256<double>.Zero, Vector256<double>.Zero);
                for (var t = 0; t < stages[i].Trees.Length; t++)
                {
                    // From the last node to the root, so that where a node leads to is known.
                    var count = *tree++;
                    for (var n = count - 1; n >= 0; n--)
                        values[n] = node[n].Ask(sums, offsets, scale, values);
                    node += count;
                    var (low, high) = Vector256.Widen(values[0]);
                    (lower, upper) = (lower + low, upper + high);
                }

                var threshold = Vector256.Create((double)stages[i].Threshold);
                var refused = Vector256.LessThan(lower, threshold).ExtractMostSignificantBits()
                    | (Vector256.LessThan(upper, threshold).ExtractMostSignificantBits() << (Lanes / 2));
                if (i == 0)
                    refusedAtOnce = refused & alive;
                alive &= ~refused;
            }
        }

        passed = alive;
    }

    /// <summary>A node of a tree, its feature and its leaves in one place.</summary>
    private readonly struct Node(CascadeNode node, float[] leaves, CascadeRectangle[] feature)
    {
        private readonly int _offset = node.Feature * 3 * Corners;
        private readonly float _first = Weight(feature, 0);
        private readonly float _second = Weight(feature, 1);
        private readonly float _third = Weight(feature, 2);
        private readonly float _threshold = node.Threshold;
        private readonly int _left = Math.Max(0, node.Left);
        private readonly int _right = Math.Max(0, node.Right);
        private readonly float _leftLeaf = node.Left > 0 ? 0 : leaves[-node.Left];
        private readonly float _rightLeaf = node.Right > 0 ? 0 : leaves[-node.Right];

        /// <summary>What the tree says of eight windows from this node on.</summary>
        /// <param name="sums">The first window's corner in the integral image.</param>
        /// <param name="offsets">See <see cref="Grid.Offsets"/>.</param>
        /// <param name="scale">See <see cref="Grid.Normalization(nint, out uint)"/>.</param>
        /// <param name="values">What it says from each of the later nodes on.</param>
        public Vector256<float> Ask(int* sums, int* offsets, Vector256<float> scale, Vector256<float>* values)
        {
            // In the order in which OpenCV adds, so that it rounds alike.
            offsets += _offset;
            var value = _first * Sum(sums, offsets) + _second * Sum(sums, offsets + Corners);
            if (_third != 0)
                value += _third * Sum(sums, offsets + 2 * Corners);
            return Vector256.ConditionalSelect(
                Vector256.LessThan(value * scale, Vector256.Create(_threshold)),
                _left > 0 ? values[_left] : Vector256.Create(_leftLeaf),
                _right > 0 ? values[_right] : Vector256.Create(_rightLeaf));
        }

        private static Vector256<float> Sum(int* sums, int* offsets) => Vector256.ConvertToSingle(
            Vector256.Load(sums + offsets[0]) - Vector256.Load(sums + offsets[1])
            - Vector256.Load(sums + offsets[2]) + Vector256.Load(sums + offsets[3]));

        private static float Weight(CascadeRectangle[] feature, int rectangle) =>
            rectangle < feature.Length ? feature[rectangle].Weight : 0;
    }

    /// <summary>
    /// A picture's integral images (of grey values and of their squares), in which the places that are a step apart lie side by
    /// side: with a step of two, the even columns of each row before the odd ones.
    /// </summary>
    private sealed class Grid(CascadeModel model, int step) : IDisposable
    {
        private readonly Size _window = model.Window;
        private readonly NativeInts _sums = new();
        private readonly NativeInts _squares = new();
        private readonly NativeInts _offsets = new();
        private readonly nint[] _contrast = new nint[Corners];
        private int _half;
        private int _stride;

        public int Step => step;

        public int* Sums => _sums.Pointer;

        /// <summary>Four for each of the three rectangles of each feature: from a window's first corner to the rectangle's.</summary>
        public int* Offsets => _offsets.Pointer;

        /// <summary>Index of a place.</summary>
        /// <param name="column">In steps.</param>
        /// <param name="y">In pixels.</param>
        public nint At(int column, int y) => (nint)y * _stride + column;

        /// <summary>Sums up a picture.</summary>
        public void Set(Mat picture, Size size)
        {
            // A look at eight windows may reach beyond the last one.
            var half = (size.Width + 1 + step - 1) / step + Lanes;
            if (half > _half)
                Plan(half);
            var length = (size.Height + 1) * _stride + Lanes;
            _sums.Reserve(length);
            _squares.Reserve(length);
            new Span<int>(_sums.Pointer, _stride).Clear();
            new Span<int>(_squares.Pointer, _stride).Clear();
            var pixels = (byte*)picture.Data;
            var pixelStep = picture.Step();
            for (var y = 0; y < size.Height; y++)
            {
                var row = pixels + y * pixelStep;
                var above = _sums.Pointer + (nint)y * _stride;
                var squaresAbove = _squares.Pointer + (nint)y * _stride;
                var below = above + _stride;
                var squaresBelow = squaresAbove + _stride;
                var (sum, squares) = (0, 0);
                (below[0], squaresBelow[0]) = (0, 0);
                for (var x = 1; x <= size.Width; x++)
                {
                    var value = row[x - 1];
                    (sum, squares) = (sum + value, squares + value * value);
                    var at = step == 1 ? x : (x >> 1) + (x & 1) * _half;
                    below[at] = above[at] + sum;
                    squaresBelow[at] = squaresAbove[at] + squares;
                }
            }
        }

        /// <summary>What the features of eight windows are multiplied by: one over the contrast and the area of each.</summary>
        /// <param name="at">Index of the first one's corner.</param>
        /// <param name="contrast">A bit for each that has any contrast.</param>
        public Vector256<float> Normalization(nint at, out uint contrast)
        {
            var area = (double)((_window.Width - 2 * Border) * (_window.Height - 2 * Border));
            var (low, high) = Widen(Of(_sums.Pointer + at));
            var (lowSquares, highSquares) = Widen(Of(_squares.Pointer + at));
            var (lower, lowerContrast) = Normalization(area, low, lowSquares);
            var (upper, upperContrast) = Normalization(area, high, highSquares);
            contrast = lowerContrast | (upperContrast << (Lanes / 2));
            return Vector256.Narrow(lower, upper);
        }

        public void Dispose()
        {
            _sums.Dispose();
            _squares.Dispose();
            _offsets.Dispose();
        }

        private static (Vector256<double> Scale, uint Contrast) Normalization(
            double area, Vector256<double> sum, Vector256<double> squares)
        {
            var contrast = Vector256.Create(area) * squares - sum * sum;
            var has = Vector256.GreaterThan(contrast, Vector256<double>.Zero);
            var scale = Vector256.ConditionalSelect(has, Vector256<double>.One / Vector256.Sqrt(contrast), Vector256<double>.One);

            // OpenCV compares what it has rounded.
            var (rounded, _) = Vector256.Widen(Vector256.Narrow(scale, scale));
            var isEnough = Vector256.LessThan(area * rounded, Vector256.Create(Flat));
            return (scale, (has & isEnough).ExtractMostSignificantBits());
        }

        private static (Vector256<double> Lower, Vector256<double> Upper) Widen(Vector256<int> values)
        {
            var (lower, upper) = Vector256.Widen(values);
            return (Vector256.ConvertToDouble(lower), Vector256.ConvertToDouble(upper));
        }

        private Vector256<int> Of(int* integral) =>
            Vector256.Load(integral + _contrast[0]) - Vector256.Load(integral + _contrast[1])
            - Vector256.Load(integral + _contrast[2]) + Vector256.Load(integral + _contrast[3]);

        /// <summary>Makes room for rows of a length, and says where the corners lie.</summary>
        private void Plan(int half)
        {
            (_half, _stride) = (half, step * half);
            _offsets.Reserve(model.Features.Length * 3 * Corners);
            for (var feature = 0; feature < model.Features.Length; feature++)
            {
                var rectangles = model.Features[feature];
                for (var i = 0; i < rectangles.Length; i++)
                    Fill(rectangles[i].Place, new Span<int>(_offsets.Pointer + (feature * 3 + i) * Corners, Corners));
            }

            Span<int> corners = stackalloc int[Corners];
            Fill(new Rect(Border, Border, _window.Width - 2 * Border, _window.Height - 2 * Border), corners);
            for (var i = 0; i < Corners; i++)
                _contrast[i] = corners[i];
        }

        private void Fill(Rect place, Span<int> corners)
        {
            corners[0] = Offset(place.X, place.Y);
            corners[1] = Offset(place.Right, place.Y);
            corners[2] = Offset(place.X, place.Bottom);
            corners[3] = Offset(place.Right, place.Bottom);
        }

        private int Offset(int x, int y) => y * _stride + x / step + x % step * _half;
    }

    /// <summary>Ints outside the managed heap, where they need not be pinned.</summary>
    private sealed class NativeInts : IDisposable
    {
        private int _length;

        public int* Pointer { get; private set; }

        public void Reserve(int length)
        {
            if (length <= _length)
                return;
            Dispose();
            Pointer = (int*)NativeMemory.AllocZeroed((nuint)length, sizeof(int));
            _length = length;
        }

        public void Dispose()
        {
            NativeMemory.Free(Pointer);
            Pointer = null;
            _length = 0;
        }
    }
}
