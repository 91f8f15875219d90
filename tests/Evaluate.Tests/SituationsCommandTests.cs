using System.Globalization;
using System.Text.Json;
using OpenCvSharp;

namespace FaceAttributes.Evaluation.Tests;

/// <summary>With a small network that takes red for fire, blue for a fight, and says "dog fast" of everything.</summary>
public class SituationsCommandTests() : CommandFixture("situations")
{
    private string _folder = string.Empty;

    private static string Manifest => Path.Combine(AppContext.BaseDirectory, "models", "small.yaml");

    [SetUp]
    public void CreateFolder()
    {
        _folder = Directory.CreateTempSubdirectory("evaluate-situations-").FullName;
        Directory.CreateDirectory(Path.Combine(_folder, "flickr8k"));
        Directory.CreateDirectory(Path.Combine(_folder, "situations"));
        Write("flickr8k/Flickr8k.token.txt", "one.jpg#0\tA dog runs fast .\none.jpg#1\tThe dog is fast\ntwo.jpg#0\tTwo men sit down .\n");
        Write("flickr8k/Flickr_8k.testImages.txt", "one.jpg\ntwo.jpg\n");
        foreach (var name in new[] { "one.jpg", "two.jpg" })
            File.WriteAllBytes(Path.Combine(_folder, name), Jpeg(Scalar.Green));
        var index = "offset,length,source,path,class,danger,split,scene,licence\n";
        using var jpegs = File.Create(Path.Combine(_folder, "situations", "situations.jpgs"));
        foreach (var (color, name, split, source) in new[]
        {
            (Scalar.Red, "fire", "test", "a/seen"), (Scalar.Green, "normal", "test", "a/seen"), (Scalar.Green, "normal", "train", "a/seen"),
            (Scalar.Blue, "fight", "test", "b/unseen"), (Scalar.Red, "normal", "test", "b/unseen"),
        })
        {
            var jpeg = Jpeg(color);
            index += string.Create(CultureInfo.InvariantCulture, $"{jpegs.Position},{jpeg.Length},{source},x,{name},1,{split},s,\"none, maybe\"\n");
            jpegs.Write(jpeg);
        }

        Write("situations/situations_index.csv", index);
    }

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Sentences_and_dangers_are_measured()
    {
        if (!Directory.Exists("/usr/share/wordnet"))
            Assert.Ignore("WordNet is not here: apt-get install wordnet-base.");
        var (json, list) = (Path.Combine(_folder, "figures.json"), Path.Combine(_folder, "sentences.txt"));
        var (code, report, errors) = Run(Manifest, "--data", _folder, "--pictures", _folder, "--beam", "10", "--json", json, "--sentences", list);
        Assert.That(code, Is.Zero, errors);
        Assert.That(report, Does.Contain("| all situations | 4 | 2 | 75.0% |").And.Contain("| a/seen | 2 | 1 | 100.0% | 1.000 |").And.Contain("b/unseen (test only)"));
        Assert.That(File.ReadAllLines(list), Is.EqualTo(new[] { "one.jpg\truns\tdog fast", "two.jpg\truns\tdog fast" }));
        using var figures = JsonDocument.Parse(File.ReadAllText(json));
        var beam = figures.RootElement.GetProperty("sentences")[1];
        Assert.That(beam.GetProperty("bleu")[0].GetDouble(), Is.EqualTo(0.5 * Math.Exp(1 - 8 / 4.0)).Within(1e-9));
        Assert.That(beam.GetProperty("names_absent").GetDouble(), Is.EqualTo(0.5));
        Assert.That(figures.RootElement.GetProperty("category_accuracy").GetDouble(), Is.EqualTo(0.5), "The network says fire, not fire or smoke.");
    }

    [Test]
    public void Pictures_are_shown_with_what_is_said_of_them()
    {
        var sheet = Path.Combine(_folder, "sheet.png");
        var (code, _, errors) = Run(Manifest, "--show", _folder, "--sheet", sheet);
        Assert.That(code, Is.Zero, errors);
        using var drawn = Cv2.ImRead(sheet);
        Assert.That((drawn.Width, drawn.Height), Is.EqualTo((720, 270)), "Two pictures side by side.");
        AssertRefused("name a file with --sheet", Manifest, "--show", _folder);
        AssertRefused("is no folder", Manifest, "--show", "/nowhere", "--sheet", sheet);
        AssertRefused("has no pictures", Manifest, "--show", Path.Combine(_folder, "situations"), "--sheet", sheet);
    }

    [Test]
    public void A_picture_is_explained_beside_what_is_said_of_it()
    {
        var (picture, sheet) = (Path.Combine(_folder, "wall.png"), Path.Combine(_folder, "sheets", "why.png"));
        Directory.CreateDirectory(Path.GetDirectoryName(sheet)!);
        using var wall = new Mat(540, 360, MatType.CV_8UC3, new Scalar(200, 200, 200));
        wall[new Rect(180, 270, 180, 270)].SetTo(new Scalar(0, 0, 255));
        Assert.That(Cv2.ImWrite(picture, wall));
        var (code, _, errors) = Run(Manifest, "--explain", picture, "--sheet", sheet);
        Assert.That(code, Is.Zero, errors);
        using var drawn = Cv2.ImRead(sheet);
        Assert.That((drawn.Width, drawn.Height), Is.EqualTo((4 * 360, 270)), "The picture, its danger, and two words.");
        var (elsewhere, red) = (drawn.At<Vec3b>(60, 360 + 180 - 60), drawn.At<Vec3b>(240, 360 + 180 + 60));
        Assert.That(red.Item2 - red.Item0, Is.GreaterThan(100), "fire is where it is red");
        Assert.That(elsewhere.Item2 - elsewhere.Item0, Is.LessThan(50));
        AssertRefused("name a file with --sheet", Manifest, "--explain", picture);
        AssertRefused("name another with --explain", Manifest, "--explain", Path.Combine(_folder, "none.png"), "--sheet", sheet);
    }

    [Test]
    public void What_is_wrong_is_told_in_a_sentence_and_an_exit_code()
    {
        AssertRefused("No model is named");
        AssertRefused("No data folder is named", Manifest);
        AssertRefused("--beam is ''; it must", Manifest, "--data", _folder, "--beam", "3,");
        AssertRefused("--beam is '11'; it must be a whole number from 1 to 10", Manifest, "--data", _folder, "--beam", "11");
        AssertRefused("--split is 'train'", Manifest, "--data", _folder, "--split", "train");
        AssertRefused("situations_index.csv cannot be read", Manifest, "--data", "/nowhere");
        AssertRefused("is a second model", Manifest, Manifest);
        File.Delete(Path.Combine(_folder, "one.jpg"));
        if (Directory.Exists("/usr/share/wordnet"))
            AssertRefused("one.jpg does not exist", Manifest, "--data", _folder, "--pictures", _folder);
        AssertRefused("cannot be read", Manifest, "--data", _folder, "--pictures", _folder, "--wordnet", _folder);
    }

    private static byte[] Jpeg(Scalar color)
    {
        using var picture = new Mat(64, 64, MatType.CV_8UC3, color);
        return picture.ToBytes(".jpg");
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);
}
