using FaceAttributes.Classification;

namespace FaceAttributes.Tests;

/// <summary>Where the tests' files lie.</summary>
internal static class TestFiles
{
    public static string GrayProbabilities => Model("gray_probabilities.yaml");

    public static string RgbLogits => Model("rgb_logits.yaml");

    /// <summary>Gender by labels, and age as a number.</summary>
    public static string TwoHeads => Model("two_heads.yaml");

    /// <summary>NASA's portrait of Eileen Collins, 512 x 512.</summary>
    public static string Astronaut => Photograph("astronaut.png");

    /// <summary>The US Navy's portrait of Grace Hopper.</summary>
    public static string GraceHopper => Photograph("grace_hopper.jpg");

    public static string Model(string name) => Path.Combine(AppContext.BaseDirectory, "models", name);

    /// <summary>The manifests of all networks that the program comes with.</summary>
    public static IEnumerable<string> Products() =>
        Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "product_models"), "*.yaml").Order();

    /// <summary>The manifest of the first of them that estimates an attribute and can explain itself.</summary>
    public static ModelManifest ProductFor(string attribute) => Products().Select(ModelManifest.Load).First(manifest =>
        manifest.Explanation is not null && manifest.Heads.Any(head => head.Attribute == attribute));

    /// <summary>The manifests of those of which it is recorded what PyTorch said to pattern faces.</summary>
    public static IEnumerable<string> RecordedProducts() => Products().Where(path => File.Exists(Recorded(path)));

    /// <summary>What PyTorch said, written by models/training.</summary>
    public static string Recorded(string manifest) =>
        Path.Combine(AppContext.BaseDirectory, "recorded", Path.GetFileNameWithoutExtension(manifest) + ".json");

    public static string Photograph(string name) => Path.Combine(AppContext.BaseDirectory, "photographs", name);

    /// <summary>
    /// A photograph of the project's shared scenes, which are too many to commit; reports the test as skipped where
    /// they are not. They are looked for in FACE_ATTRIBUTES_SCENES, or in shared/scenes beside the repository.
    /// </summary>
    public static string Scene(string name)
    {
        var folder = Environment.GetEnvironmentVariable("FACE_ATTRIBUTES_SCENES") ?? BesideTheRepository();
        if (folder is null || !File.Exists(Path.Combine(folder, name)))
            Assert.Ignore($"The shared scenes are not here; set FACE_ATTRIBUTES_SCENES to a folder with {name}.");
        return Path.Combine(folder!, name);
    }

    private static string? BesideTheRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "face_attributes.slnx")))
                return Path.GetFullPath(Path.Combine(folder.FullName, "..", "shared", "scenes"));
        }

        return null;
    }
}
