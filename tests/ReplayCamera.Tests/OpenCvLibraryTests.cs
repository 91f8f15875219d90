using FaceAttributes.Shared;

namespace ReplayCamera.Tests;

public class OpenCvLibraryTests
{
    [Test]
    public void A_library_that_cannot_be_loaded_gives_one_sentence_with_what_to_install()
    {
        var missing = new DllNotFoundException("Unable to load shared library 'OpenCvSharpExtern'");
        foreach (Exception error in new Exception[] { missing, new TypeInitializationException("NativeMethods", missing) })
            Assert.That(OpenCvLibrary.DescribeMissing(error), Does.Contain("install libgtk-3-0").And.Not.Contain("\n"));
    }

    [Test]
    public void Another_error_gives_none() => Assert.That(OpenCvLibrary.DescribeMissing(new IOException()), Is.Null);
}
