using System.Runtime.Intrinsics;
using FaceAttributes.Classification;
using OpenCvSharp;
using Vision.Imaging;
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
    private const int Channels = ColorPixels.Channels;

    private ResampleAxis _columns = new(0);
    private ResampleAxis _rows = new(0);
    private float[] _row = [];

    /// <summary>Writes the part into the input's upper left corner, and black round it. Allocates nothing for a size it knows.</summary>
    /// <param name="picture">The picture's pixels.</param>
    /// <param name="part">The part, inside the picture.</param>
    /// <param name="size">The part's size in the input, no larger than that.</param>
    /// <param name="destination">The input: height × width × 3 floats in its layout.</param>
    public void Write(ColorPixels picture, Rect part, Size size, Span<float> destination)
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
        var isSwapped = picture.IsRgb != (input.Channels == ChannelOrder.Rgb);
        fixed (float* row = _row, floats = destination)
        {
            for (var y = 0; y < size.Height; y++)
            {
                var weights = _rows.Weights(y);
                var source = (byte*)picture.At(part.X, part.Y + _rows.First(y));
                for (var i = 0; i < weights.Length; i += 2, source += 2 * picture.Step)
                {
                    // With a weight of 0, a row stands in for one that is not there.
                    var hasSecond = i + 1 < weights.Length;
                    AddTwo(
                        source, hasSecond ? source + picture.Step : source, weights[i], hasSecond ? weights[i + 1] : 0, row, length,
                        isFirst: i == 0);
                }

                WriteRow(row, y, floats, isSwapped);
            }
        }
    }

    /// <summary>Adds two weighted rows of bytes to a row of floats.</summary>
    private static void AddTwo(
        byte* first, byte* second, float firstWeight, float secondWeight, float* row, int length, bool isFirst)
    {
        var x = 0;
        var (a, b) = (Vector256.Create(firstWeight), Vector256.Create(secondWeight));
        for (; x <= length - 16; x += 16)
        {
            var (lower, upper) = Widen(first + x);
            var (otherLower, otherUpper) = Widen(second + x);
            lower = Vector256.MultiplyAddEstimate(otherLower, b, lower * a);
            upper = Vector256.MultiplyAddEstimate(otherUpper, b, upper * a);
            if (!isFirst)
            {
                lower += Vector256.Load(row + x);
                upper += Vector256.Load(row + x + 8);
            }

            lower.Store(row + x);
            upper.Store(row + x + 8);
        }

        for (; x < length; x++)
            row[x] = firstWeight * first[x] + secondWeight * second[x] + (isFirst ? 0 : row[x]);
    }

    /// <summary>16 bytes as floats.</summary>
    private static (Vector256<float> Lower, Vector256<float> Upper) Widen(byte* bytes)
    {
        var (lower, upper) = Vector256.Widen(Vector256.WidenLower(Vector128.Load(bytes).ToVector256Unsafe()));
        return (Vector256.ConvertToSingle(lower.AsInt32()), Vector256.ConvertToSingle(upper.AsInt32()));
    }

    /// <summary>Resamples a row of floats into a row of the input.</summary>
    private void WriteRow(float* row, int y, float* destination, bool isSwapped)
    {
        var isPlanes = input.Layout == TensorLayout.Planes;
        var (toPixel, toChannel) = isPlanes ? (1, input.Height * input.Width) : (Channels, 1);
        var middle = destination + y * input.Width * toPixel + toChannel;
        var first = isSwapped ? middle + toChannel : middle - toChannel;
        var last = isSwapped ? middle - toChannel : middle + toChannel;
        var low = Vector128.Create(input.Low);
        var unit = Vector128.Create((input.High - input.Low) / 255);
        var columns = _columns.Size;
        for (var x = 0; x < columns; x++)
        {
            var weights = _columns.Weights(x);
            var source = row + _columns.First(x) * Channels;
            var sum = weights[0] * Vector128.Load(source);
            for (var i = 1; i < weights.Length; i++)
                sum = Vector128.MultiplyAddEstimate(Vector128.Create(weights[i]), Vector128.Load(source + i * Channels), sum);
            var pixel = Vector128.MultiplyAddEstimate(sum, unit, low);
            first[x * toPixel] = pixel[0];
            middle[x * toPixel] = pixel[1];
            last[x * toPixel] = pixel[2];
        }
    }
}
