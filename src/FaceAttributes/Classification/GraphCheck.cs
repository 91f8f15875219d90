using Microsoft.ML.OnnxRuntime;
using Vision.Inference;

namespace FaceAttributes.Classification;

/// <summary>Makes sure that a network's input and outputs are what its manifest says.</summary>
internal static class GraphCheck
{
    public static void Run(ModelManifest manifest, InferenceSession session)
    {
        var input = manifest.Input;
        Check(
            manifest, "input", input.Name, session.InputMetadata,
            [null, input.ChannelCount, input.Height, input.Width]);
        foreach (var head in manifest.Heads)
            Check(manifest, "output", head.Output.Name, session.OutputMetadata, [null, head.Labels.Count]);
    }

    /// <param name="manifest">What should be.</param>
    /// <param name="side">"input" or "output".</param>
    /// <param name="name">The tensor's name.</param>
    /// <param name="tensors">What the network has.</param>
    /// <param name="shape">What it should have; null: any number, for the batch.</param>
    private static void Check(
        ModelManifest manifest, string side, string name, IReadOnlyDictionary<string, NodeMetadata> tensors,
        ReadOnlySpan<int?> shape)
    {
        if (!tensors.TryGetValue(name, out var tensor))
        {
            throw new ModelException(
                $"Model {manifest.Model.Path} has no {side} '{name}' but {string.Join(", ", tensors.Keys)}; correct {side}.name in its manifest.");
        }

        var fits = tensor.ElementType == typeof(float) && tensor.Dimensions.Length == shape.Length;
        for (var i = 0; fits && i < shape.Length; i++)
            fits = tensor.Dimensions[i] == -1 || tensor.Dimensions[i] == shape[i];
        if (!fits)
        {
            throw new ModelException(
                $"Model {manifest.Model.Path} has {side} '{name}' of {Describe(tensor)}, its manifest needs " +
                $"Single [{Describe(shape)}]; correct the manifest or export the model with a batch of any size.");
        }
    }

    private static string Describe(NodeMetadata tensor) =>
        $"{tensor.ElementType?.Name ?? "no tensor"} [{string.Join(", ", tensor.Dimensions.Select(d => d < 0 ? "N" : $"{d}"))}]";

    private static string Describe(ReadOnlySpan<int?> shape)
    {
        var parts = new string[shape.Length];
        for (var i = 0; i < shape.Length; i++)
            parts[i] = shape[i]?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "N";
        return string.Join(", ", parts);
    }
}
