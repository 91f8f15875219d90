namespace rclcs.Tests.Support;

/// <summary>Finds the programs of tests/interop; a test that needs one is skipped where it is not built.</summary>
internal static class InteropProgram
{
    public static string Find(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var program = Path.Combine(folder.FullName, "tests", "interop", "build", name);
            if (File.Exists(program))
                return program;
        }

        Assert.Ignore($"tests/interop/build/{name} is not built; see tests/interop/CMakeLists.txt for how to build it.");
        return "";
    }
}
