using System.Reflection;

namespace rclcs.Generator.Tests.RosInterfaces;

/// <summary>Interface files of ROS 2 that this machine may have.</summary>
/// <param name="name">What a test calls them.</param>
/// <param name="source">How they get here.</param>
/// <param name="folders">Where they lie: each a package's folder <c>msg/</c> or <c>srv/</c>.</param>
public sealed class InterfaceSet(string name, string source, IEnumerable<string> folders)
{
    private static readonly string[] Distributions = ["humble", "jazzy"];

    private readonly List<string> _folders = [.. folders];

    /// <summary>What ROS 2 tests its own generators with, as Debian packages it.</summary>
    private static InterfaceSet OfDebian { get; } = new(
        "test_interface_files",
        "Debian's package ros2-test-interface-files, which ./test installs",
        FoldersOf(["/usr/share/test_interface_files"]));

    /// <summary>All packages of a ROS 2 whose setup script was sourced.</summary>
    public static InterfaceSet Installed { get; } = new(
        "installed",
        "a sourced ROS 2",
        FoldersOf((Environment.GetEnvironmentVariable("AMENT_PREFIX_PATH") ?? "")
            .Split(':', StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(prefix => Subfolders(Path.Combine(prefix, "share")))));

    /// <summary>All sets, the installed one where there is one.</summary>
    public static IEnumerable<InterfaceSet> All =>
        [OfDebian, .. Distributions.Select(CommonInterfaces), .. Installed.IsHere ? [Installed] : Array.Empty<InterfaceSet>()];

    private bool IsHere => _folders.Count > 0;

    /// <summary>The files of the set; reports the test as skipped where there are none.</summary>
    internal MsgFile[] Files()
    {
        var files = _folders
            .SelectMany(folder => Directory.EnumerateFiles(folder))
            .Where(path => Path.GetExtension(path) is ".msg" or ".srv")
            .Order(StringComparer.Ordinal)
            .Select(path => new MsgFile(path, WithoutContained(File.ReadAllText(path))))
            .ToArray();
        if (files.Length == 0)
            Assert.Ignore($"The interface files '{name}' are not here; they come with {source}.");

        return files;
    }

    public override string ToString() => name;

    private static InterfaceSet CommonInterfaces(string distribution)
    {
        var folder = typeof(InterfaceSet).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "CommonInterfaces").Value!;
        return new InterfaceSet(
            distribution,
            "npm's package @foxglove/rosmsg-msgs-common, which ./test installs",
            FoldersOf(Subfolders(Path.Combine(folder, "ros2" + distribution))));
    }

    /// <summary>npm's files go on, behind a line of equals signs, with the definitions of the contained messages.</summary>
    private static string WithoutContained(string text)
    {
        var end = text.IndexOf("\n====", StringComparison.Ordinal);
        return end < 0 ? text : text[..end];
    }

    private static IEnumerable<string> FoldersOf(IEnumerable<string> packages) => packages
        .SelectMany(package => new[] { Path.Combine(package, "msg"), Path.Combine(package, "srv") })
        .Where(Directory.Exists);

    private static IEnumerable<string> Subfolders(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateDirectories(folder) : [];
}
