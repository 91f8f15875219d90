using System.Text.Json.Nodes;
using FaceAttributes.Evaluation.Data;

namespace FaceAttributes.Evaluation.Tests;

public class EvaluateCommandTests() : CommandFixture()
{
    private DataFolder _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = new DataFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void Emotion_is_measured_on_FER_2013()
    {
        var (code, report, _) = Run(Model("emotion"), "--data", _folder.Path, "--json", _folder.File("figures.json"));

        Assert.That(code, Is.Zero);
        Assert.That(report, Does.StartWith("# emotion, measured\n").And.Contain("### FER-2013 PrivateTest")
            .And.Contain("### Worse pictures: FER-2013 PrivateTest").And.Contain("crop and network, 5 faces at once"));
        var figures = Json();
        Assert.That((string?)figures["split"], Is.EqualTo("test"));
        Assert.That((long?)figures["bytes"], Is.EqualTo(new FileInfo(Path.ChangeExtension(Model("emotion"), ".onnx")).Length));
        var set = figures["heads"]![0]!["categorical"]![0]!;
        Assert.That((int?)set["headline"]!["n"], Is.EqualTo(3));
        Assert.That((int?)set["without_duplicates"]!["n"], Is.EqualTo(2));
        Assert.That(set["confusion"]!.AsArray().Sum(row => row!.AsArray().Sum(count => (int)count!)), Is.EqualTo(3));
        Assert.That(set["reliability"]!.AsArray(), Has.Count.EqualTo(15));
        Assert.That(set["boxes"], Is.Null);
        Assert.That(figures["speed"]!["batches"]!.AsArray().Select(batch => (int)batch!["faces"]!), Is.EqualTo([1, 5]));
    }

    [Test]
    public void Gender_is_measured_on_three_sets_where_the_detector_finds_the_faces()
    {
        var (code, _, progress) = Run(Model("gender"), "--data", _folder.Path, "--json", _folder.File("figures.json"));

        Assert.That(code, Is.Zero);
        Assert.That(progress, Does.Contain("FairFace val: 4 faces"));
        var sets = Json()["heads"]![0]!["categorical"]!.AsArray();
        Assert.That(sets.Select(set => (string?)set!["set"]), Is.EqualTo(["FairFace val", "UTKFace test part", "MTFL test rows"]));
        Assert.That((double?)sets[0]!["boxes"]!["found_share"], Is.EqualTo(1));

        // The portrait's woman looks female to the network, whatever its made-up labels say.
        Assert.That((double?)sets[1]!["headline"]!["accuracy"], Is.EqualTo(1));
        Assert.That((double?)sets[0]!["headline"]!["accuracy"], Is.EqualTo(0.5));
        Assert.That((double?)sets[0]!["boxes"]!["end_to_end"], Is.EqualTo(0.5));
        Assert.That(sets[0]!["groups"]!["groups"]!.AsArray(), Has.Count.EqualTo(4));
        Assert.That((double?)sets[2]!["glasses"]!["with"]!["value"], Is.EqualTo(1));
        Assert.That((double?)sets[2]!["glasses"]!["gap"], Is.EqualTo(0.5));
        Assert.That(Json()["heads"]![0]!["robustness"]!["corruptions"]!.AsArray(), Has.Count.EqualTo(10));
    }

    [Test]
    public void Each_head_is_measured_on_its_own_sets()
    {
        var (code, report, progress) = Run(Model("two_heads"), "--data", _folder.Path, "--json", _folder.File("figures.json"));

        Assert.That(code, Is.Zero);
        Assert.That(progress, Does.Not.Contain("FER-2013"));
        Assert.That(report, Does.Contain("## gender").And.Contain("### Worse pictures: FairFace val")
            .And.Contain("## age").And.Contain("### Worse pictures: UTKFace test part").And.Contain("mean absolute error"));
        var heads = Json()["heads"]!.AsArray();
        Assert.That(heads.Select(head => (string?)head!["attribute"]), Is.EqualTo(["gender", "age"]));
        Assert.That(heads[0]!["categorical"]!.AsArray(), Has.Count.EqualTo(3));
        Assert.That(heads[0]!["age"]!.AsArray(), Is.Empty);

        var age = heads[1]!;
        Assert.That((double?)age["unknown_above"], Is.EqualTo(17));
        Assert.That(((string?)age["age"]![0]!["set"], (int?)age["age"]![0]!["n"]), Is.EqualTo(("UTKFace test part", 1)));
        Assert.That((string?)age["categorical"]![0]!["set"], Is.EqualTo("FairFace val"));
        Assert.That(age["categorical"]![0]!["labels"]!.AsArray(), Has.Count.EqualTo(9));
        Assert.That(age["categorical"]![0]!["accuracy_with_neighbours"], Is.Not.Null);
    }

    [Test]
    public void What_is_no_face_is_counted_by_what_took_it_for_one()
    {
        _folder.WriteNoFaces();

        var (code, report, progress) = Run(Model("gender"), "--data", _folder.Path, "--json", _folder.File("figures.json"));

        Assert.That(code, Is.Zero);
        Assert.That(progress, Does.Contain("What is no face: 4 pictures"));
        Assert.That(report, Does.Contain("## Where there is no face").And.Contain("| ultraface, 0.4 to 0.7 | 100.0% | 1 |"));
        var parts = Json()["no_faces"]!.AsArray();
        Assert.That(parts.Select(part => (string?)part!["detection"]), Is.EqualTo(["ultraface, 0.7 and above", "ultraface, 0.4 to 0.7", "ultraface, 0.1 to 0.4", "haar"]));
        Assert.That(parts.Select(part => (int?)part!["n"]), Is.All.EqualTo(1));
        Assert.That(parts.Select(part => (double?)part!["answered"]!["gender"]), Is.All.EqualTo(1));
    }

    [Test]
    public void What_is_no_face_is_left_out_where_there_is_none()
    {
        var (code, report, _) = Run(Model("gender"), "--data", _folder.Path, "--json", _folder.File("figures.json"));

        Assert.That(code, Is.Zero);
        Assert.That(report, Does.Not.Contain("Where there is no face"));
        Assert.That(Json()["no_faces"], Is.Null);
    }

    [Test]
    public void Some_heads_may_be_left_out()
    {
        var (code, report, progress) = Run(Model("two_heads"), "--data", _folder.Path, "--only", "age");

        Assert.That(code, Is.Zero);
        Assert.That(report, Does.Contain("## age").And.Not.Contain("## gender"));
        Assert.That(progress, Does.Not.Contain("MTFL"));
    }

    [Test]
    public void The_selection_split_has_no_MTFL()
    {
        var (code, report, _) = Run(Model("gender"), "--data", _folder.Path, "--split", "selection", "--limit", "1");

        Assert.That(code, Is.Zero);
        Assert.That(report, Does.Contain("### FairFace train, held-out part").And.Contain("### UTKFace, held-out part")
            .And.Contain("Only the first 1 faces").And.Not.Contain("MTFL"));
    }

    [Test]
    public void Another_detector_looks_at_FER_2013_too()
    {
        var (code, report, _) = Run(Model("emotion"), "--data", _folder.Path, "--detector", Model("ultraface"), "--json", _folder.File("figures.json"));

        Assert.That(code, Is.Zero);
        Assert.That(report, Does.Contain("detector ultraface.").And.Not.Contain("taken as boxes"));
        Assert.That((double?)Json()["heads"]![0]!["categorical"]![0]!["boxes"]!["found_share"], Is.Zero, "Plain grey has no face");
    }

    [Test]
    public void What_is_missing_is_told_in_a_sentence_and_an_exit_code()
    {
        AssertRefused("nowhere.yaml", _folder.File("nowhere.yaml"), "--data", _folder.Path);
        AssertRefused("/nowhere does not exist", Model("emotion"), "--data", "/nowhere");
        AssertRefused("has no head 'age'; it has emotion", Model("emotion"), "--data", _folder.Path, "--only", "age");
        AssertRefused("cannot be written", Model("emotion"), "--data", _folder.Path, "--json", "/nowhere/figures.json");
        AssertRefused("no data to measure 'hair' on", ModelWithHair(), "--data", _folder.Path);
        AssertRefused("No model is named");

        File.Delete(_folder.File("fer2013/labels.csv"));
        AssertRefused("labels.csv cannot be read", Model("emotion"), "--data", _folder.Path);
    }

    [Test]
    public void Boxes_of_all_faces_are_written_with_their_splits()
    {
        var (code, report, progress) = Run("--boxes", _folder.File("boxes.csv"), "--data", _folder.Path);

        Assert.That((code, report), Is.EqualTo((0, string.Empty)), progress);
        var table = new CsvTable(_folder.File("boxes.csv"));
        (string Set, int Row, string Split, int Found)[] rows =
        [
            .. Enumerable.Range(0, table.Count).Select(line => (
                table.Text(line, "set"), table.Number(line, "row"), table.Text(line, "split"), table.Number(line, "found"))),
        ];
        Assert.That(rows, Has.Length.EqualTo(7 + 4 + 4 + 3 + 4));
        Assert.That(rows, Is.SupersetOf(new[]
        {
            ("FER-2013", 0, "train", 0), ("FER-2013", 1, "selection", 0), ("FairFace train", 0, "train", 1),
            ("FairFace train", 3, "train", 1), ("FairFace train", 4, "selection", 1), ("FairFace val", 4, "test", 1),
            ("UTKFace", 0, "train", 1), ("UTKFace", 11, "test", 1), ("MTFL", 0, "test", 1), ("MTFL", 1, "train", 1),
        }));
        var fairFace = Array.FindIndex(rows, row => row.Set == "FairFace train");
        Assert.That(table.Number(fairFace, "width"), Is.InRange(32, 58), "The face in 64 pixels");
        Assert.That(File.Exists(_folder.File("boxes.csv.partial")), Is.False);
    }

    [Test]
    public void A_box_file_stays_as_it_is_where_the_data_are_damaged()
    {
        File.WriteAllText(_folder.File("boxes.csv"), "before");
        File.Delete(_folder.File("mtfl/mtfl_index.csv"));

        var (code, _, errors) = Run("--boxes", _folder.File("boxes.csv"), "--data", _folder.Path);
        Assert.That(code, Is.EqualTo(1));
        Assert.That(errors, Does.Contain("mtfl_index.csv cannot be read"));
        Assert.That(File.ReadAllText(_folder.File("boxes.csv")), Is.EqualTo("before"));
        AssertRefused("cannot be written; name another file with --boxes", "--boxes", _folder.Path, "--data", _folder.Path);
    }

    [Test]
    public void Help_tells_how_it_is_used()
    {
        var (code, report, _) = Run("--help");

        Assert.That(code, Is.Zero);
        Assert.That(report, Does.StartWith("evaluate MODEL.yaml --data DIR"));
    }

    private static string Model(string name) => Path.Combine(AppContext.BaseDirectory, "models", $"{name}.yaml");

    private string ModelWithHair()
    {
        File.Copy(Path.ChangeExtension(Model("two_heads"), ".onnx"), _folder.File("two_heads.onnx"));
        var manifest = File.ReadAllText(Model("two_heads")).Replace("attribute: gender", "attribute: hair", StringComparison.Ordinal);
        File.WriteAllText(_folder.File("hair.yaml"), manifest);
        return _folder.File("hair.yaml");
    }

    private JsonNode Json() => JsonNode.Parse(File.ReadAllText(_folder.File("figures.json")))!;
}
