namespace Vision.Tests;

public class NativeLibrariesTests
{
    [TestCase("Unable to load shared library 'OpenCvSharpExtern' or one of its dependencies.", "install libgtk-3-0")]
    [TestCase("Unable to load shared library 'onnxruntime' or one of its dependencies.", "libonnxruntime.so")]
    public void A_library_that_cannot_be_loaded_gives_one_sentence_with_what_to_do(string message, string remedy)
    {
        var missing = new DllNotFoundException(message);
        foreach (Exception error in new Exception[] { missing, new TypeInitializationException("NativeMethods", missing) })
            Assert.That(NativeLibraries.DescribeMissing(error), Does.Contain(remedy).And.Not.Contain("\n"));
    }

    [Test]
    public void A_library_of_another_version_gives_one_too()
    {
        var missing = new EntryPointNotFoundException("Unable to find an entry point named 'cv' in shared library 'OpenCvSharpExtern'.");
        Assert.That(NativeLibraries.DescribeMissing(missing), Does.Contain("of another version").And.Not.Contain("\n"));
    }

    [Test]
    public void Another_error_gives_none()
    {
        Assert.That(NativeLibraries.DescribeMissing(new IOException()), Is.Null);
        Assert.That(NativeLibraries.DescribeMissing(new DllNotFoundException("libm.so.6")), Is.Null);
    }
}
