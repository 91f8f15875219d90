namespace FaceAttributes.Shared;

/// <summary>OpenCV's native library, in words. Compiled into each program that draws or reads pictures.</summary>
internal static class OpenCvLibrary
{
    /// <summary>What to do about an exception that says that the library cannot be loaded; null for any other.</summary>
    public static string? DescribeMissing(Exception error) =>
        (error is TypeInitializationException ? error.InnerException : error) is DllNotFoundException missing
        && missing.Message.Contains("OpenCvSharpExtern", StringComparison.Ordinal)
            ? "a native library of OpenCV is missing: install libgtk-3-0, libdrm2 and libatomic1, or see with ldd what libOpenCvSharpExtern.so lacks."
            : null;
}
