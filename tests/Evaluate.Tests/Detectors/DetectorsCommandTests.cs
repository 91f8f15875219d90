namespace FaceAttributes.Evaluation.Tests.Detectors;

public class DetectorsCommandTests() : CommandFixture("detectors")
{
    private string _folder = string.Empty;

    private static string Manifest => Path.Combine(AppContext.BaseDirectory, "models", "ultraface.yaml");

    [SetUp]
    public void CreateFolder()
    {
        _folder = Directory.CreateTempSubdirectory("evaluate-detectors-").FullName;
        File.Copy(Path.Combine(AppContext.BaseDirectory, "photographs", "astronaut.png"), Path.Combine(_folder, "astronaut.png"));
        Mark("name,x,y,width,height,ignore\nastronaut.png,172,66,100,100,0\nastronaut.png,400.5,300,20,20,1\n");
    }

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Detectors_are_measured_side_by_side()
    {
        var (code, table, progress) = Run("--data", _folder, "--detector", $"haar,{Manifest},{Manifest}@640");
        Assert.That(code, Is.Zero, progress);
        var rows = table.Split('\n');
        Assert.That(rows[0], Does.Contain("below 24 px (0)").And.Contain("from 96 (1)").And.Contain("all (1)"));
        Assert.That(rows[2], Does.Match(@"^\| haar \|  \|  \|  \| 100\.0% \| 100\.0% \| 100\.0% \| \d+\.\d \|$"));
        Assert.That(rows[3], Does.Match(@"^\| ultraface \|  \|  \|  \| 100\.0% \| 100\.0% \| 100\.0% \|"));
        Assert.That(rows[4], Does.StartWith("| ultraface 640 |"));
    }

    [Test]
    public void Faces_are_counted_by_group_too()
    {
        Mark("name,x,y,width,height,group\nastronaut.png,172,66,100,100,frontal\nastronaut.png,400.5,300,20,20,profile\n");
        var rows = Run("--data", _folder, "--detector", Manifest).Report.Split('\n');
        Assert.That(rows[0], Does.Contain("| frontal (1) | profile (1) | all (2) |"));
        Assert.That(rows[2], Does.Contain("| 100.0% | 0.0% | 50.0% |"));
    }

    [Test]
    public void In_the_dark_brightening_finds_the_face_again()
    {
        Assert.That(Recall("--light", "0.02"), Is.EqualTo("100.0%"));
        Assert.That(Recall("--light", "0.02", "--brighten", "false"), Is.EqualTo("0.0%"));
    }

    [Test]
    public void A_tilted_head_is_found_where_its_centre_has_gone() => Assert.That(Recall("--tilt", "20"), Is.EqualTo("100.0%"));

    [Test]
    public void What_is_wrong_is_told_in_a_sentence_and_an_exit_code()
    {
        AssertRefused("No folder of pictures is named");
        AssertRefused("faces.csv cannot be read", "--data", "/nowhere");
        AssertRefused("'--speed' is unknown after detectors", "--speed", "3");
        AssertRefused("--light needs one value", "--data", _folder, "--light");
        AssertRefused("--light is 'dim'; it must be a number from 0.001 to 10", "--data", _folder, "--light", "dim");
        AssertRefused("--brighten is 'maybe'", "--data", _folder, "--brighten", "maybe");
        AssertRefused("nowhere.yaml cannot be read", "--data", _folder, "--detector", "nowhere.yaml");
        Mark("name,x,y,width,height\nastronaut.png,left,66,100,100\n");
        AssertRefused("faces.csv:2: 'x' is 'left', no number", "--data", _folder);
        Mark("name,x,y,width,height\nnobody.png,0,0,0,0\n");
        AssertRefused("nobody.png is no picture", "--data", _folder, "--detector", Manifest);
        Mark("name,x,y,width,height\n");
        AssertRefused("has no row", "--data", _folder);
    }

    private string Recall(params string[] arguments)
    {
        var (code, table, progress) = Run(["--data", _folder, "--detector", Manifest, .. arguments]);
        Assert.That(code, Is.Zero, progress);
        return table.Split('\n')[2].Split(" | ")[5];
    }

    private void Mark(string table) => File.WriteAllText(Path.Combine(_folder, "faces.csv"), table);
}
