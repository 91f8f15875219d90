using Vision.Inference;

namespace FaceAttributes.Classification;

/// <summary>
/// Everything the code knows of a network: the YAML file beside the ONNX file. The network's input is made as it was
/// made in training, because both read it here.
/// </summary>
public sealed record ModelManifest
{
    /// <summary>The model's name.</summary>
    public required string Name { get; init; }

    /// <summary>The ONNX file.</summary>
    public required ModelFile Model { get; init; }

    /// <summary>
    /// A second ONNX file, which says besides what in a face speaks for a label (see <see cref="Explanation.FaceExplainer"/>);
    /// null if there is none.
    /// </summary>
    public ModelFile? Explanation { get; init; }

    /// <summary>The network's input.</summary>
    public required ModelInput Input { get; init; }

    /// <summary>The attributes that it estimates, each another one with an output of its own; at least one.</summary>
    public required IReadOnlyList<ModelHead> Heads { get; init; }

    /// <summary>Reads a manifest.</summary>
    /// <param name="path">The YAML file.</param>
    /// <exception cref="ModelException">The file is missing, or not exactly as it should be.</exception>
    public static ModelManifest Load(string path) => ManifestReader.Read(path);
}
