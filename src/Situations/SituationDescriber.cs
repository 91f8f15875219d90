using Vision.Imaging;
using Vision.Inference;

namespace Situations;

/// <summary>The one way through: a picture in, a sentence and an estimate of danger out. Used by one thread at a time.</summary>
/// <remarks>O. Arriaga, P. Plöger, M. Valdenegro-Toro: "Image Captioning and Classification of Dangerous Situations", arXiv:1711.02578.</remarks>
public sealed class SituationDescriber : IDisposable
{
    private readonly SituationEncoder _encoder;
    private readonly SentenceDecoder _decoder;
    private int _beamWidth = 5;

    /// <summary>Loads the networks of a manifest and runs each once.</summary>
    /// <exception cref="ModelException">A file is missing or another one, or does not fit the manifest.</exception>
    public SituationDescriber(SituationManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        Manifest = manifest;
        Sentence = new Sentence(manifest);
        Danger = new DangerEstimate(manifest);
        _encoder = new SituationEncoder(manifest);
        try
        {
            _decoder = new SentenceDecoder(_encoder);
        }
        catch
        {
            _encoder.Dispose();
            throw;
        }
    }

    /// <summary>The widest beam that <see cref="BeamWidth"/> takes.</summary>
    public static int MaxBeamWidth => SentenceDecoder.MaxWidth;

    /// <summary>What the networks are.</summary>
    public SituationManifest Manifest { get; }

    /// <summary>
    /// How many sentences are followed at once: 1 (the most probable word each time) to <see cref="MaxBeamWidth"/>; the time for
    /// the sentence grows with it. Counts from the next picture on.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is outside that range.</exception>
    public int BeamWidth
    {
        get => _beamWidth;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MaxBeamWidth);
            _beamWidth = value;
        }
    }

    /// <summary>The sentence of the picture last looked at.</summary>
    public Sentence Sentence { get; }

    /// <summary>The danger in the picture last looked at.</summary>
    public DangerEstimate Danger { get; }

    /// <summary>
    /// How much each cell of the grid speaks for <see cref="DangerEstimate.Category"/>: grid × grid numbers, row by row, above 0 for
    /// it and below 0 against it. As Grad-CAM (Selvaraju et al. 2017) gives it, since the estimate is linear in the mean of the
    /// encoder's last grid.
    /// </summary>
    public ReadOnlySpan<float> DangerMap
    {
        get
        {
            var cells = Manifest.GridSide * Manifest.GridSide;
            return _encoder.DangerMaps.Slice(Danger.Best * cells, cells);
        }
    }

    internal SituationEncoder Encoder => _encoder;

    /// <summary>Loads a manifest and its networks.</summary>
    /// <param name="manifestPath">The YAML file.</param>
    /// <exception cref="ModelException">A file is missing or wrong.</exception>
    public static SituationDescriber Load(string manifestPath) => new(SituationManifest.Load(manifestPath));

    /// <summary>Estimates the danger, and makes the picture ready for <see cref="Describe()"/>.</summary>
    /// <param name="frame">A picture of any size.</param>
    /// <exception cref="ModelException">The network fails.</exception>
    public void Look(ImageFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        _encoder.Encode(frame);
        Danger.Set(_encoder.Danger);
        Sentence.Clear();
    }

    /// <summary>Puts the picture that <see cref="Look"/> saw into a sentence.</summary>
    /// <exception cref="ModelException">The network fails.</exception>
    public void Describe() => _decoder.Decode(BeamWidth, Sentence);

    /// <summary>Estimates the danger and finds the sentence.</summary>
    /// <inheritdoc cref="Look"/>
    public void Describe(ImageFrame frame)
    {
        Look(frame);
        Describe();
    }

    /// <summary>Frees the networks.</summary>
    public void Dispose()
    {
        _decoder.Dispose();
        _encoder.Dispose();
    }
}
