using System.Runtime.InteropServices;

namespace rclcs.Middleware.CycloneDds.Interop;

/// <summary>Finds and loads libddsc once a process, and refuses one that is not 0.10.</summary>
internal static class DdscLibrary
{
    /// <summary>Names the library file to load instead of Debian's.</summary>
    public const string PathVariable = "RCLCS_DDSC_LIBRARY";

    private const string SupportedVersion = "0.10.";
    private static readonly string[] DefaultNames = ["libddsc.so.0debian", "libddsc.so.0"];
    private static readonly Lazy<string> LoadedVersion = new(LoadOnce);
    private static nint _handle;

    /// <summary>Loads the library if that has not happened yet.</summary>
    /// <returns>Its version, for example <c>0.10.2</c>.</returns>
    /// <exception cref="RuntimeError">It is missing, or its version or memory layout is not the expected one.</exception>
    public static string Load() => LoadedVersion.Value;

    /// <summary>Address of a function of the loaded library, which a table of functions needs.</summary>
    public static nint GetExport(string name) => NativeLibrary.GetExport(_handle, name);

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
        var version = FindVersion();
        if (version.Length > 0 && !version.StartsWith(SupportedVersion, StringComparison.Ordinal))
        {
            throw new RuntimeError(
                $"Cyclone DDS {version} was found, but only 0.10 has the memory layout that is used here: "
                + "install the package libddsc0debian.");
        }

        NativeLibrary.SetDllImportResolver(
            typeof(Ddsc).Assembly, (name, _, _) => name == Ddsc.Library ? _handle : 0);
        LayoutCheck.Run(version.Length > 0 ? version : "of unknown version");
        return version;
    }

    /// <summary>The library doesn't tell its version; the name of the file that its symbolic links lead to does.</summary>
    private static string FindVersion()
    {
        const string FileName = "/libddsc.so.";
        foreach (var line in File.ReadLines("/proc/self/maps"))
        {
            var at = line.LastIndexOf(FileName, StringComparison.Ordinal);
            if (at >= 0)
                return line[(at + FileName.Length)..];
        }

        return "";
    }
}
