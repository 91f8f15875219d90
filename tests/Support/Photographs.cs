namespace TestSupport;

/// <summary>The photographs of the tests, as files.</summary>
public static class Photographs
{
    /// <summary>NASA's portrait of Eileen Collins, 512 x 512.</summary>
    public static string Astronaut => Named("astronaut.png");

    /// <summary>The US Navy's portrait of Grace Hopper, 512 x 600.</summary>
    public static string GraceHopper => Named("grace_hopper.jpg");

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

    /// <summary>One of them by its file name.</summary>
    public static string Named(string name) => Path.Combine(AppContext.BaseDirectory, "photographs", name);

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
