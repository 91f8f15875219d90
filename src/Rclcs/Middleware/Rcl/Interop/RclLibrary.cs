using System.Runtime.InteropServices;
using System.Xml;
using System.Xml.Linq;

namespace rclcs.Middleware.Rcl.Interop;

/// <summary>Finds librcl and the libraries of interface packages in the sourced ROS 2.</summary>
internal static class RclLibrary
{
    private static readonly Lock LoadLock = new();
    private static nint _handle;

    /// <summary>Loads librcl if that has not happened yet.</summary>
    /// <returns>Whether it is there.</returns>
    public static bool TryLoad()
    {
        lock (LoadLock)
        {
            if (_handle == 0 && TryLoad("librcl.so", out _handle))
                NativeLibraries.Add(Librcl.Library, _handle);

            return _handle != 0;
        }
    }

    /// <summary>Loads a library by the loader's own search (<c>LD_LIBRARY_PATH</c>), then from the sourced workspaces.</summary>
    /// <param name="fileName">For example <c>librcl.so</c>.</param>
    /// <param name="handle">What was loaded.</param>
    public static bool TryLoad(string fileName, out nint handle)
    {
        if (NativeLibrary.TryLoad(fileName, out handle))
            return true;

        foreach (var prefix in Prefixes())
        {
            if (NativeLibrary.TryLoad(Path.Combine(prefix, "lib", fileName), out handle))
                return true;
        }

        return false;
    }

    /// <summary>Whether librcl or one of the libraries that it needs has this function.</summary>
    public static bool Has(string function) => NativeLibrary.TryGetExport(_handle, function, out _);

    /// <summary>The version of the package rcl, or the distribution where it is unknown.</summary>
    public static string FindVersion()
    {
        foreach (var prefix in Prefixes())
        {
            var manifest = Path.Combine(prefix, "share", "rcl", "package.xml");
            try
            {
                if (File.Exists(manifest) && XDocument.Load(manifest).Root?.Element("version")?.Value is { } version)
                    return version;
            }
            catch (XmlException)
            {
                break;
            }
        }

        return Environment.GetEnvironmentVariable("ROS_DISTRO") ?? "of unknown version";
    }

    private static string[] Prefixes() => (Environment.GetEnvironmentVariable("AMENT_PREFIX_PATH") ?? "").Split(
        ':', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
