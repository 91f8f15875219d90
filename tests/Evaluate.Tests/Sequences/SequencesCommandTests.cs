using System.Text.Json.Nodes;
using FaceAttributes.Evaluation.Sequences;
using OpenCvSharp;

namespace FaceAttributes.Evaluation.Tests.Sequences;

public class SequencesCommandTests() : CommandFixture("sequences")
{
    private string _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("sequences").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Node_and_seed_are_measured_side_by_side()
    {
        var (code, report, progress) = Run(
            "--set", "crossing,leave_enter", "--hz", "1", "--json", InFolder("figures.json"), "--pictures", InFolder("pictures"));

        Assert.That(code, Is.Zero, progress);
        Assert.That(progress, Is.EqualTo("crossing at 1 Hz\nleave_enter at 1 Hz\n"));
        Assert.That(report, Does.StartWith("# Sequences, measured\n").And.Contain("| crossing | 1 | ultraface |").And.Contain("| all | 1 | seed |")
            .And.Contain("- `leave_enter`: ").And.Not.Contain("posed"));
        var figures = JsonNode.Parse(File.ReadAllText(InFolder("figures.json")))!.AsArray();
        Assert.That(figures.Select(row => $"{row!["set"]} {row["loop"]}"), Is.EqualTo(
            new[] { "crossing ultraface", "crossing seed", "leave_enter ultraface", "leave_enter seed", "all ultraface", "all seed" }));
        Assert.That((double?)figures[0]!["recall"], Is.GreaterThan(0.9));
        Assert.That((double?)figures[0]!["precision"], Is.GreaterThan(0.9));
        foreach (var set in new[] { "crossing", "leave_enter" })
        {
            using var series = Cv2.ImRead(InFolder($"pictures/{set}.jpg"));
            Assert.That(series.Size(), Is.EqualTo(new Size(960, 720)), set);
        }
    }

    [Test]
    public void Photographs_of_a_folder_play_as_well()
    {
        File.Copy(Path.Combine(AppContext.BaseDirectory, "people", "astronaut.png"), InFolder("somebody.png"));
        File.WriteAllText(InFolder("faces.csv"), "picture,person,x,y,width,height,emotion,mask\nsomebody.png,Somebody,186,60,80,108,,\nsomebody.png,,,,,,,\n");

        var photographs = PhotographFolder.Read(_folder);
        Assert.That(photographs.Faces.Select(face => face.Person), Is.EqualTo(new[] { "Eileen Collins", "Grace Hopper", "Somebody" }));
        Assert.That(photographs.Faces[2], Is.EqualTo(new FacePhotograph(InFolder("somebody.png"), "Somebody", new(186, 60, 80, 108), null, null)));
        Assert.That(photographs.Backgrounds.Select(Path.GetFileName), Is.EqualTo(new[] { "rocket.jpg", "somebody.png" }));
    }

    [TestCase("eyes.yaml", "--detector", "eyes.yaml")]
    [TestCase("'haar@small' names no detector", "--detector", "haar@small")]
    [TestCase("--full-search has '-1'; it must be a number from 0 to 60", "--full-search", "-1")]
    [TestCase("The set 'dance' is unknown; known are posed, crossing", "--set", "posed,dance")]
    [TestCase("--hz has '0'; it must be a number from 1 to 100", "--hz", "5,0")]
    [TestCase("nowhere.yaml", "nowhere.yaml")]
    [TestCase("has no head 'emotion'; name one that has", "models/gender.yaml")]
    [TestCase("/nowhere/faces.csv does not exist; name with --data a folder", "--data", "/nowhere")]
    [TestCase("cannot be written; name another file with --json", "--json", "/nowhere/figures.json")]
    [TestCase("cannot be made; name another folder with --pictures", "--pictures", "/proc/nowhere")]
    [TestCase("The option --limit is unknown", "--limit", "3")]
    [TestCase("The option --set needs a value", "--set")]
    [TestCase("The option --hz is given twice", "--hz", "5", "--hz", "10")]
    [TestCase("'b.yaml' is a second model", "a.yaml", "b.yaml")]
    public void What_is_wrong_is_told_in_a_sentence(string message, params string[] arguments)
    {
        string[] resolved = [.. arguments.Select(argument => argument.StartsWith("models/", StringComparison.Ordinal) ? Path.Combine(AppContext.BaseDirectory, argument) : argument)];
        AssertRefused(message, resolved);
    }

    [TestCase("gone.png,Somebody,1,1,9,9,,", ":2 names .*gone.png, which does not exist; remove the row")]
    [TestCase("faces.csv,Somebody,1,1,0,9,,", ":2: the face is empty")]
    [TestCase("faces.csv,Somebody,1,x,9,9,,", ":2: 'y' is 'x', no whole number")]
    [TestCase("faces.csv,Somebody", ":2: has 2 cells, not 8")]
    public void A_damaged_table_is_told_in_a_sentence(string row, string message)
    {
        File.WriteAllText(InFolder("faces.csv"), $"picture,person,x,y,width,height,emotion,mask\n{row}\n");
        AssertRefused(message, "--data", _folder);
    }

    private string InFolder(string name) => Path.Combine(_folder, name);
}
