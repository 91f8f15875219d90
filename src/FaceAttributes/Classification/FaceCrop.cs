using OpenCvSharp;
using Vision.Geometry;
using Vision.Imaging;
using Vision.Inference;

namespace FaceAttributes.Classification;

/// <summary>
/// Cuts a face out of a picture as a network wants to see it: a square around the box with the manifest's margin,
/// resampled to the input's size, pixel values on the input's range. Used by one thread at a time.
/// </summary>
/// <remarks>
/// The square is cut where it is, to fractions of a pixel. Where it leaves the picture, the picture's edge pixels are
/// repeated: a face at the border is never skipped. The face is upright as <see cref="ImageFrame.Upright"/> says.
/// </remarks>
public sealed class FaceCrop
{
    private readonly ModelInput _input;
    private readonly float _margin;
    private ResampleAxis _columns;
    private ResampleAxis _rows;
    private float[] _resampledColumns = [];
    private float[] _sideways = [];

    // Whether the picture has its channels in the other order than the input.
    private bool _isReversed;

    /// <summary>Prepares for a network's input.</summary>
    /// <param name="input">The network's input.</param>
    /// <param name="margin">Added to the box on each side, relative to its longer side.</param>
    public FaceCrop(ModelInput input, float margin)
    {
        ArgumentNullException.ThrowIfNull(input);
        (_input, _margin) = (input, margin);
        _columns = new ResampleAxis(input.Width);
        _rows = new ResampleAxis(input.Height);
    }

    /// <summary>The square that is cut for a box, in pixels; it may leave the image.</summary>
    /// <param name="box">The face.</param>
    /// <param name="margin">Added on each side, relative to the longer side of the box.</param>
    public static Rect2d Square(in Box box, double margin)
    {
        var side = Math.Max(1.0, Math.Max(box.Width, box.Height)) * (1 + 2 * margin);
        return new Rect2d(box.X + (box.Width - side) / 2, box.Y + (box.Height - side) / 2, side, side);
    }

    /// <summary>Cuts one face.</summary>
    /// <param name="frame">The picture.</param>
    /// <param name="box">The face in pixels; may leave the picture.</param>
    /// <param name="destination">Filled with channels × height × width floats.</param>
    public unsafe void Write(ImageFrame frame, in Box box, Span<float> destination)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var square = Square(box, _margin);
        var turn = frame.Upright;
        var size = turn.Back().Apply(new Size(_input.Width, _input.Height));
        if (_columns.Size != size.Width || _rows.Size != size.Height)
            (_columns, _rows) = (new ResampleAxis(size.Width), new ResampleAxis(size.Height));
        _columns.Plan(square.X, square.Width, frame.Width);
        _rows.Plan(square.Y, square.Height, frame.Height);
        if (_input.Channels == ChannelOrder.Gray)
        {
            var gray = frame.Gray;
            ResampleColumns((nint)gray.DataPointer, (int)gray.Step());
        }
        else
        {
            var color = frame.Color;
            _isReversed = color.IsRgb != (_input.Channels == ChannelOrder.Rgb);
            ResampleColumns(color.Data, color.Step);
        }

        destination = destination[.._input.Length];
        if (turn == Turn.None)
        {
            ResampleRows(destination);
            return;
        }

        if (_sideways.Length < _input.Length)
            _sideways = new float[_input.Length];
        ResampleRows(_sideways);
        TurnUpright(turn, destination);
    }

    /// <summary>Turns each plane.</summary>
    private void TurnUpright(Turn turn, Span<float> destination)
    {
        var (width, height, plane) = (_columns.Size, _rows.Size, _input.Width * _input.Height);
        for (var i = 0; i < _input.Length; i++)
        {
            var (x, y) = (i % plane % _input.Width, i % plane / _input.Width);
            var (column, row) = turn switch
            {
                Turn.Right => (y, height - 1 - x),
                Turn.Half => (width - 1 - x, height - 1 - y),
                _ => (width - 1 - y, x),
            };
            destination[i] = _sideways[i / plane * plane + row * width + column];
        }
    }

    /// <summary>Resamples the rows that are needed to the input's width, channels interleaved.</summary>
    private unsafe void ResampleColumns(nint data, int step)
    {
        var channels = _input.ChannelCount;
        var rowLength = _columns.Size * channels;
        var needed = (_rows.End - _rows.Start) * rowLength;
        if (_resampledColumns.Length < needed)
            _resampledColumns = new float[needed];

        for (var y = _rows.Start; y < _rows.End; y++)
        {
            var source = new ReadOnlySpan<byte>((byte*)data + (nint)y * step, _columns.End * channels);
            var row = _resampledColumns.AsSpan((y - _rows.Start) * rowLength, rowLength);
            for (var x = 0; x < _columns.Size; x++)
            {
                var weights = _columns.Weights(x);
                for (var channel = 0; channel < channels; channel++)
                {
                    var sum = 0f;
                    var from = _columns.First(x) * channels + channel;
                    for (var i = 0; i < weights.Length; i++)
                        sum += weights[i] * source[from + i * channels];
                    row[x * channels + channel] = sum;
                }
            }
        }
    }

    /// <summary>Resamples the columns to the input's height, one plane for each channel, on the input's range.</summary>
    private void ResampleRows(Span<float> destination)
    {
        var channels = _input.ChannelCount;
        var rowLength = _columns.Size * channels;
        var plane = _columns.Size * _rows.Size;
        var unit = (_input.High - _input.Low) / 255;
        for (var channel = 0; channel < channels; channel++)
        {
            var from = _isReversed ? channels - 1 - channel : channel;
            for (var y = 0; y < _rows.Size; y++)
            {
                var weights = _rows.Weights(y);
                var row = destination.Slice(channel * plane + y * _columns.Size, _columns.Size);
                row.Fill(_input.Low);
                for (var i = 0; i < weights.Length; i++)
                {
                    var weight = weights[i] * unit;
                    var source = _resampledColumns.AsSpan((_rows.First(y) - _rows.Start + i) * rowLength, rowLength);
                    for (var x = 0; x < row.Length; x++)
                        row[x] += weight * source[x * channels + from];
                }
            }
        }
    }
}
