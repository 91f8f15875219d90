using OpenCvSharp;
using Vision.Imaging;
using Vision.Inference;

namespace Situations;

/// <summary>
/// Brings a picture to the encoder's size and runs it: what the decoder needs, and the danger. Used by one thread at a time.
/// </summary>
internal sealed unsafe class SituationEncoder : IDisposable
{
    private readonly OnnxModel _model;
    private readonly OnnxTensor<float> _input;
    private readonly OnnxTensor<float> _danger;
    private readonly OnnxTensor<float> _dangerMaps;
    private readonly OnnxRun _run;
    private readonly Mat _small = new();
    private readonly Mat _turned = new();

    /// <summary>Loads the encoder of a manifest and runs it once.</summary>
    /// <exception cref="ModelException">The file is missing or another one, or does not fit its manifest.</exception>
    public SituationEncoder(SituationManifest manifest)
    {
        Manifest = manifest;
        var cells = manifest.GridSide * manifest.GridSide;
        _input = new OnnxTensor<float>(manifest.Input.Name, manifest.Input.Shape);
        Keys = new OnnxTensor<float>("keys", cells, manifest.Hidden);
        Values = new OnnxTensor<float>("values", cells, manifest.Hidden);
        Hidden = new OnnxTensor<float>("hidden", manifest.Hidden);
        Cell = new OnnxTensor<float>("cell", manifest.Hidden);
        _danger = new OnnxTensor<float>("danger", manifest.Categories.Count);
        _dangerMaps = new OnnxTensor<float>("danger_maps", manifest.Categories.Count, manifest.GridSide, manifest.GridSide);
        _model = new OnnxModel(manifest.Model);
        try
        {
            _run = _model.Bind([_input], Keys, Values, Hidden, Cell, _danger, _dangerMaps);
            _run.Run(1);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public SituationManifest Manifest { get; }

    /// <summary>What the decoder compares its question with: cells × hidden.</summary>
    public OnnxTensor<float> Keys { get; }

    /// <summary>What the decoder gets of each cell: cells × hidden.</summary>
    public OnnxTensor<float> Values { get; }

    /// <summary>The decoder's first state: hidden.</summary>
    public OnnxTensor<float> Hidden { get; }

    /// <summary>The decoder's first memory: hidden.</summary>
    public OnnxTensor<float> Cell { get; }

    /// <summary>A logit for each category.</summary>
    public ReadOnlySpan<float> Danger => _danger.Samples(1);

    /// <summary>What each cell of the grid speaks for: categories × grid × grid, whose mean is the logit but for a constant.</summary>
    public ReadOnlySpan<float> DangerMaps => _dangerMaps.Samples(1);

    /// <summary>The network's input, for tests that compare it with another implementation's.</summary>
    internal ReadOnlySpan<float> Input => _input.Samples(1);

    /// <summary>Looks at a picture. The outputs hold its result until the next call.</summary>
    /// <exception cref="ModelException">The network fails.</exception>
    public void Encode(ImageFrame frame)
    {
        var input = Manifest.Input;
        var bgr = frame.Bgr;

        // The whole picture, squeezed as the training pictures were, and turned while it is small.
        var size = frame.Upright.Back().Apply(new Size(input.Width, input.Height));
        var shrinks = bgr.Width >= size.Width && bgr.Height >= size.Height;
        OpenCv.Resize(bgr.CvPtr, _small, size, shrinks ? InterpolationFlags.Area : InterpolationFlags.Linear);
        GC.KeepAlive(bgr);
        var upright = _small;
        if (frame.Upright != Turn.None)
            OpenCv.Rotate(_small, upright = _turned, frame.Upright);
        Write((byte*)upright.DataPointer, (int)upright.Step(), _input.Samples(1));
        _run.Run(1);
    }

    public void Dispose()
    {
        _model.Dispose();
        _small.Dispose();
        _turned.Dispose();
    }

    private void Write(byte* pixels, int step, Span<float> destination)
    {
        var input = Manifest.Input;
        var plane = input.Height * input.Width;
        var unit = (input.High - input.Low) / 255;
        var blue = input.Channels == ChannelOrder.Rgb ? 2 * plane : 0;
        fixed (float* floats = destination)
        {
            for (var y = 0; y < input.Height; y++)
            {
                var row = pixels + y * step;
                var at = y * input.Width;
                for (var x = 0; x < input.Width; x++, at++, row += 3)
                {
                    floats[blue + at] = input.Low + unit * row[0];
                    floats[plane + at] = input.Low + unit * row[1];
                    floats[2 * plane - blue + at] = input.Low + unit * row[2];
                }
            }
        }
    }
}
