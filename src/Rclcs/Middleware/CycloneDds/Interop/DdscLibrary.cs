using System.Runtime.InteropServices;

namespace rclcs.Middleware.CycloneDds.Interop;

/// <summary>Finds and loads libddsc once a process, and refuses one that is not 0.10.</summary>
internal static class DdscLibrary
{
    /// <summary>Names the library file to load instead of Debian's.</summary>
    public const string PathVariable = "RCLCS_DDSC_LIBRARY";

    private const string FileName = "/libddsc.so.";
    private const string SupportedVersion = "0.10.";
    private static readonly string[] DefaultNames = ["libddsc.so.0debian", "libddsc.so.0"];
    private static readonly Lazy<string> LoadedVersion = new(LoadOnce);
    private static nint _handle;
    private static string _path = "";

    /// <summary>Whether the loaded library was built with DDS Security, whose plug-ins need this function of it.</summary>
    public static bool HasSecurity => NativeLibrary.TryGetExport(_handle, "DDS_Security_Exception_set", out _);

    /// <summary>Loads the library if that has not happened yet.</summary>
    /// <returns>Its version, for example <c>0.10.2</c>.</returns>
    /// <exception cref="RuntimeError">It is missing, or its version or memory layout is not the expected one.</exception>
    public static string Load() => LoadedVersion.Value;

    /// <summary>Address of a function of the loaded library, which a table of functions needs.</summary>
    public static nint GetExport(string name) => NativeLibrary.GetExport(_handle, name);

    /// <summary>The file of a plug-in that was installed with the loaded library, or null.</summary>
    public static string? FindPlugIn(string name)
    {
        // Debian has a folder for them, Cyclone DDS by itself puts them beside the library.
        var folder = Path.GetDirectoryName(_path);
        string[] files = [Path.Join(folder, "libddsc0debian", name), Path.Join(folder, name)];
        return Array.Find(files, File.Exists);
    }

    /// <summary>Loads the first library of these that there is.</summary>
    /// <exception cref="RuntimeError">There is none.</exception>
    internal static nint LoadFirst(IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            if (NativeLibrary.TryLoad(name, out var handle))
                return handle;
        }

        throw new RuntimeError(
            $"Cyclone DDS cannot be loaded (tried {string.Join(", ", names)}): install it by "
            + $"'sudo apt-get install libddsc0debian', or set {PathVariable} to a libddsc of version 0.10.");
    }

    private static string LoadOnce()
    {
        var path = Environment.GetEnvironmentVariable(PathVariable);
        _handle = LoadFirst(string.IsNullOrEmpty(path) ? DefaultNames : [path]);
        if (!NativeLibrary.TryGetExport(_handle, nameof(Ddsc.dds_create_participant), out _))
        {
            throw new RuntimeError(
                $"The library {path} of {PathVariable} is not Cyclone DDS: set it to a libddsc of version 0.10, or install the "
                + "package libddsc0debian and leave it empty.");
        }

        _path = FindPath();

        // It has no function for its version; the name of the file that its symbolic links lead to does.
        var version = _path[(_path.LastIndexOf(FileName, StringComparison.Ordinal) + FileName.Length)..];
        if (version.Length > 0 && !version.StartsWith(SupportedVersion, StringComparison.Ordinal))
        {
            throw new RuntimeError(
                $"Cyclone DDS {version} was found, but only 0.10 has the memory layout that is used here: "
                + "install the package libddsc0debian.");
        }

        NativeLibraries.Add(Ddsc.Library, _handle);
        LayoutCheck.Run(version.Length > 0 ? version : "of unknown version");
        return version;
    }

    /// <summary>Where it was loaded from, or <see cref="FileName"/> if that is not known.</summary>
    private static string FindPath()
    {
        foreach (var line in File.ReadLines("/proc/self/maps"))
        {
            if (line.Contains(FileName, StringComparison.Ordinal))
                return line[line.IndexOf('/', StringComparison.Ordinal)..];
        }

        return FileName;
    }
}
