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
    public void A_library_of_another_kind_gives_one_too()
    {
        foreach (Exception error in new Exception[] { new BadImageFormatException(), new EntryPointNotFoundException() })
            Assert.That(NativeLibraries.DescribeMissing(error), Does.Contain("build the program again").And.Not.Contain("\n"));
    }

    [Test]
    public void Another_error_gives_none() => Assert.That(NativeLibraries.DescribeMissing(new IOException()), Is.Null);
}
