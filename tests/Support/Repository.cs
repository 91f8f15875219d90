namespace TestSupport;

/// <summary>The repository that a test program was built in.</summary>
public static class Repository
{
    /// <summary>Its folder.</summary>
    public static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "face_attributes.slnx")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException($"The repository is not above {AppContext.BaseDirectory}.");
    }
}
