using FaceAttributes.Classification;

namespace FaceAttributes.Tests;

/// <summary>Where the tests' files lie.</summary>
internal static class TestFiles
{
    public static string GrayProbabilities => Model("gray_probabilities.yaml");

    public static string RgbLogits => Model("rgb_logits.yaml");

    /// <summary>Gender by labels, and age as a number.</summary>
    public static string TwoHeads => Model("two_heads.yaml");

    public static string Model(string name) => Path.Combine(AppContext.BaseDirectory, "models", name);

    /// <summary>The manifests of all networks that the program comes with and that classify faces.</summary>
    public static IEnumerable<string> Products() => OfKind("attributes");

    /// <summary>The manifests of those that find faces; a user's own file is not among them.</summary>
    public static IEnumerable<string> Detectors() => OfKind("detector").Where(path => File.Exists(Path.ChangeExtension(path, ".onnx")));

    /// <summary>The manifest of one of these.</summary>
    public static string Detector(string name) => Detectors().Single(path => Path.GetFileNameWithoutExtension(path) == name);

    private static IEnumerable<string> OfKind(string kind) =>
        Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "product_models"), "*.yaml")
            .Where(path => File.ReadLines(path).Contains($"kind: {kind}")).Order();

    /// <summary>The manifest of the first of them that estimates an attribute and can explain itself.</summary>
    public static AttributeManifest ProductFor(string attribute) => Products().Select(AttributeManifest.Load).First(manifest =>
        manifest.Explanation is not null && manifest.Heads.Any(head => head.Attribute == attribute));

    /// <summary>The manifests of those of which it is recorded what PyTorch said to pattern faces.</summary>
    public static IEnumerable<string> RecordedProducts() => Products().Where(path => File.Exists(Recorded(path)));

    /// <summary>What PyTorch said, written by models/training.</summary>
    public static string Recorded(string manifest) =>
        Path.Combine(AppContext.BaseDirectory, "recorded", Path.GetFileNameWithoutExtension(manifest) + ".json");
}
