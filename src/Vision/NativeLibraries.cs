namespace Vision;

/// <summary>The native libraries of OpenCV and ONNX Runtime, which come with their packages.</summary>
public static class NativeLibraries
{
    /// <summary>The sentence for an exception that says that one of them cannot be used; null for any other exception.</summary>
    public static string? DescribeMissing(Exception error) =>
        (error is TypeInitializationException ? error.InnerException : error) switch
        {
            DllNotFoundException missing when missing.Message.Contains("OpenCvSharpExtern", StringComparison.Ordinal) =>
                "A native library of OpenCV is missing: install libgtk-3-0, libdrm2 and libatomic1, or see with ldd what libOpenCvSharpExtern.so lacks.",
            DllNotFoundException missing when missing.Message.Contains("onnxruntime", StringComparison.Ordinal) =>
                "The native library of ONNX Runtime is missing: see with ldd what libonnxruntime.so beside the program lacks, or build the program again.",
            BadImageFormatException or EntryPointNotFoundException =>
                "A native library of OpenCV or ONNX Runtime is made for another machine or of another version: build the program again.",
            _ => null,
        };
}
