namespace EndToEnd.Tests;

/// <summary>Gives each test an empty folder of its own, which goes with the test.</summary>
public abstract class FolderFixture
{
    protected string Folder { get; private set; } = "";

    [SetUp]
    public void MakeFolder() => Folder = Directory.CreateTempSubdirectory("face_attributes_").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(Folder, recursive: true);
}
