using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace rclcs.Middleware;

/// <summary>Which loaded library the functions of a middleware are taken from, as an assembly can say it once only.</summary>
internal static class NativeLibraries
{
    private static readonly ConcurrentDictionary<string, nint> Handles = CreateTable();

    /// <summary>Takes functions that are declared for a library of this name from a loaded one.</summary>
    public static void Add(string name, nint handle) => Handles[name] = handle;

    private static ConcurrentDictionary<string, nint> CreateTable()
    {
        var handles = new ConcurrentDictionary<string, nint>();
        NativeLibrary.SetDllImportResolver(
            typeof(NativeLibraries).Assembly, (name, _, _) => handles.GetValueOrDefault(name));
        return handles;
    }
}
