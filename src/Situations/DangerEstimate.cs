using System.Numerics.Tensors;
using Vision.Inference;

namespace Situations;

/// <summary>How dangerous a picture looks, and in what way. Kept and overwritten, picture by picture.</summary>
public sealed class DangerEstimate
{
    /// <summary>The category of a harmless picture.</summary>
    public const string None = "none";

    /// <summary>What is said of a picture that may be dangerous or not.</summary>
    public const string Unknown = "unknown";

    private readonly SituationManifest _manifest;
    private readonly float[] _probabilities;

    /// <summary>Of no picture yet: all probabilities are 0, the label is <see cref="Unknown"/>.</summary>
    public DangerEstimate(SituationManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        _manifest = manifest;
        _probabilities = new float[manifest.Categories.Count];
    }

    /// <summary>What the probabilities are of; the first is <see cref="None"/>.</summary>
    public IReadOnlyList<string> Categories => _manifest.Categories;

    /// <summary>The probability of each category, from 0 to 1; they sum to 1.</summary>
    public ReadOnlySpan<float> Probabilities => _probabilities;

    /// <summary>Probability of danger of any category, from 0 to 1, calibrated on pictures of the sources in the model card.</summary>
    public float Probability { get; private set; }

    /// <summary>The most probable danger, whether or not it is probable enough.</summary>
    public string Category => Categories[Best];

    /// <summary><see cref="None"/>, <see cref="Unknown"/>, or the category of the danger.</summary>
    public string Label { get; private set; } = Unknown;

    /// <summary>The index of <see cref="Category"/>.</summary>
    internal int Best { get; private set; } = 1;

    /// <summary>Takes over a network's answer.</summary>
    /// <param name="logits">One for each category.</param>
    internal void Set(ReadOnlySpan<float> logits)
    {
        logits.CopyTo(_probabilities);
        Softmax.Apply(_probabilities, _manifest.Temperature);
        Probability = Math.Clamp(1 - _probabilities[0], 0, 1);
        Best = 1 + TensorPrimitives.IndexOfMax(_probabilities.AsSpan(1));
        Label = Probability < _manifest.NoneBelow ? None : Probability >= _manifest.DangerFrom ? Category : Unknown;
    }
}
