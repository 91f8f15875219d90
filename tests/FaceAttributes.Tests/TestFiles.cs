namespace FaceAttributes.Tests;

/// <summary>Where the tests' files lie.</summary>
internal static class TestFiles
{
    public static string GrayProbabilities => Model("gray_probabilities.yaml");

    public static string RgbLogits => Model("rgb_logits.yaml");

    /// <summary>NASA's portrait of Eileen Collins, 512 x 512.</summary>
    public static string Astronaut => Photograph("astronaut.png");

    /// <summary>The US Navy's portrait of Grace Hopper.</summary>
    public static string GraceHopper => Photograph("grace_hopper.jpg");

    public static string Model(string name) => Path.Combine(AppContext.BaseDirectory, "models", name);

    /// <summary>The manifest of a network that the program comes with.</summary>
    public static string Product(string name) => Path.Combine(AppContext.BaseDirectory, "product_models", $"{name}.yaml");

    /// <summary>The manifests of all networks that the program comes with.</summary>
    public static IEnumerable<string> Products() =>
        Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "product_models"), "*.yaml").Order();

    /// <summary>What PyTorch said to pattern faces, written by models/training for each network of the program.</summary>
    public static IEnumerable<string> Recorded() =>
        Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "recorded"), "*.json");

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
