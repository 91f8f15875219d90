using System.Runtime.InteropServices;

namespace Vision;

/// <summary>The native libraries of OpenCV and ONNX Runtime, which come with their packages.</summary>
public static class NativeLibraries
{
    private static readonly (string Library, string Missing)[] Libraries =
    [
        ("OpenCvSharpExtern", RuntimeInformation.ProcessArchitecture != Architecture.X64
            ? $"There is no native library of OpenCV for {RuntimeInformation.ProcessArchitecture} in the packages that this is built from: it runs on x86-64 processors only."
            : "A native library of OpenCV is missing: install libgtk-3-0, libdrm2 and libatomic1, or see with ldd what libOpenCvSharpExtern.so lacks."),
        ("onnxruntime",
            "The native library of ONNX Runtime is missing: see with ldd what libonnxruntime.so beside the program lacks, or build the program again."),
    ];

    /// <summary>The sentence for an exception that says that one of them cannot be used; null for any other exception.</summary>
    public static string? DescribeMissing(Exception error)
    {
        while (error is TypeInitializationException { InnerException: { } inner })
            error = inner;
        if (error is not TypeLoadException unusable)
            return null;

        var (library, missing) = Array.Find(
            Libraries, known => unusable.Message.Contains(known.Library, StringComparison.Ordinal));
        return unusable is EntryPointNotFoundException && library is not null
            ? $"The native library {library} is of another version than the program: build the program again."
            : missing;
    }
}
