using System.Runtime.Intrinsics;
using FaceAttributes.Classification;
using OpenCvSharp;
using Vision.Inference;

namespace FaceAttributes.Detection.Onnx;

/// <summary>
/// Brings a part of a picture to the size that a network looks at, and writes it into the network's input: one pass from the
/// camera's bytes to the network's floats. Used by one thread at a time.
/// </summary>
/// <remarks>As OpenCV's INTER_AREA where it shrinks and its INTER_LINEAR where it enlarges.</remarks>
/// <param name="input">The network's input: red, green and blue in either order.</param>
internal sealed unsafe class InputPicture(ModelInput input)
{
    private const int Channels = 3;

    private ResampleAxis _columns = new(0);
    private ResampleAxis _rows = new(0);
    private float[] _row = [];

    /// <summary>Writes the part into the input's upper left corner, and black round it. Allocates nothing for a size it knows.</summary>
    /// <param name="picture">Blue-green-red (CV_8UC3).</param>
    /// <param name="part">The part, inside the picture.</param>
    /// <param name="size">The part's size in the input, no larger than that.</param>
    /// <param name="destination">The input: height × width × 3 floats in its layout.</param>
    public void Write(Mat picture, Rect part, Size size, Span<float> destination)
    {
        if (_columns.Size != size.Width)
            _columns = new ResampleAxis(size.Width);
        if (_rows.Size != size.Height)
            _rows = new ResampleAxis(size.Height);
        _columns.Plan(0, part.Width, part.Width);
        _rows.Plan(0, part.Height, part.Height);

        // Four floats are read for a pixel's three.
        var length = part.Width * Channels;
        if (_row.Length < length + 1)
            _row = new float[length + 1];

        if (size.Width < input.Width || size.Height < input.Height)
            destination[..input.Length].Fill(input.Low);
        fixed (float* row = _row, floats = destination)
        {
            for (var y = 0; y < size.Height; y++)
            {
                var weights = _rows.Weights(y);
                for (var i = 0; i < weights.Length; i++)
                {
                    var source = (byte*)picture.Ptr(part.Y + _rows.First(y) + i) + part.X * Channels;
                    Add(source, length, weights[i], row, isFirst: i == 0);
                }

                WriteRow(row, y, floats);
            }
        }
    }

    /// <summary>Adds weighted bytes to a row of floats.</summary>
    private static void Add(byte* source, int length, float weight, float* row, bool isFirst)
    {
        var x = 0;
        var factor = Vector256.Create(weight);
        for (; x <= length - 16; x += 16)
        {
            var (lower, upper) = Vector256.Widen(Vector256.WidenLower(Vector128.Load(source + x).ToVector256Unsafe()));
            var first = factor * Vector256.ConvertToSingle(lower.AsInt32());
            var second = factor * Vector256.ConvertToSingle(upper.AsInt32());
            if (!isFirst)
            {
                first += Vector256.Load(row + x);
                second += Vector256.Load(row + x + 8);
            }

            first.Store(row + x);
            second.Store(row + x + 8);
        }

        for (; x < length; x++)
            row[x] = weight * source[x] + (isFirst ? 0 : row[x]);
    }

    /// <summary>Resamples a row of floats into a row of the input.</summary>
    private void WriteRow(float* row, int y, float* destination)
    {
        var isPlanes = input.Layout == TensorLayout.Planes;
        var (toPixel, toChannel) = isPlanes ? (1, input.Height * input.Width) : (Channels, 1);
        destination += y * input.Width * toPixel;
        var blue = destination + (input.Channels == ChannelOrder.Rgb ? 2 * toChannel : 0);
        var green = destination + toChannel;
        var red = destination + (input.Channels == ChannelOrder.Rgb ? 0 : 2 * toChannel);
        var low = Vector128.Create(input.Low);
        var unit = (input.High - input.Low) / 255;
        for (var x = 0; x < _columns.Size; x++)
        {
            var weights = _columns.Weights(x);
            var source = row + _columns.First(x) * Channels;
            var sum = Vector128<float>.Zero;
            for (var i = 0; i < weights.Length; i++, source += Channels)
                sum += weights[i] * Vector128.Load(source);
            var pixel = low + unit * sum;
            blue[x * toPixel] = pixel[0];
            green[x * toPixel] = pixel[1];
            red[x * toPixel] = pixel[2];
        }
    }
}
