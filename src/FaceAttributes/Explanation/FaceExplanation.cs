namespace FaceAttributes.Explanation;

/// <summary>What in a face speaks for a label.</summary>
public readonly ref struct FaceExplanation(ExplanationKind kind, int width, int height, ReadOnlySpan<float> values)
{
    /// <summary>What the values are.</summary>
    public ExplanationKind Kind { get; } = kind;

    /// <summary>Values in a row. The rows cover the crop of the face, whatever their number.</summary>
    public int Width { get; } = width;

    /// <summary>Rows.</summary>
    public int Height { get; } = height;

    /// <summary>
    /// Width × height values, row by row, in logits per unit of the network's input; valid until the explainer's next call.
    /// </summary>
    public ReadOnlySpan<float> Values { get; } = values;
}
