using FaceAttributes.Evaluation.Data;

namespace FaceAttributes.Evaluation.Tests.Data;

public class DataSetTests
{
    private const int All = int.MaxValue;

    private DataFolder _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = new DataFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void FER_2013s_private_part_is_for_the_report_and_its_public_one_to_choose_on()
    {
        var test = DataSet.Fer2013.Read(_folder.Path, Split.Test, All)!;
        var selection = DataSet.Fer2013.Read(_folder.Path, Split.Selection, All)!;

        Assert.That(test.Name, Is.EqualTo("FER-2013 PrivateTest"));
        Assert.That(test.IsCropped, Is.True);
        Assert.That(test.Faces.Select(face => (face.Row, face.Emotion, face.IsDuplicate)), Is.EqualTo(new (int, string?, bool?)[]
        {
            (3, "angry", false), (4, "neutral", true), (5, "surprise", false),
        }));
        Assert.That(selection.Name, Is.EqualTo("FER-2013 PublicTest"));
        Assert.That(selection.Faces.Select(face => face.Row), Is.EqualTo([1, 2]));
    }

    [Test]
    public void FER_2013s_faces_are_cut_out_of_their_stack()
    {
        using var picture = DataSet.Fer2013.Read(_folder.Path, Split.Test, All)!.Faces[1].Picture.Decode();

        Assert.That((picture.Width, picture.Height, picture.Channels()), Is.EqualTo((48, 48, 1)));
        picture.MinMaxLoc(out double darkest, out double brightest);
        Assert.That((darkest, brightest), Is.EqualTo((40, 40)), "The fifth face");
    }

    [Test]
    public void FairFaces_val_is_for_the_report()
    {
        var set = DataSet.FairFace.Read(_folder.Path, Split.Test, All)!;

        Assert.That(set.Name, Is.EqualTo("FairFace val"));
        Assert.That(set.IsCropped, Is.False);
        Assert.That(set.Faces.Select(face => (face.Row, face.Group, face.AgeBand?.Name, face.Age)), Is.EqualTo(new (int, string?, string?, int?)[]
        {
            (0, "East Asian, male", "3-9", null), (3, "Black, female", "20-29", null),
            (4, "East Asian, female", "70+", null), (5, "Black, male", "30-39", null),
        }));
        using var picture = set.Faces[3].Picture.Decode();
        Assert.That((picture.Width, picture.Height, picture.Channels()), Is.EqualTo((64, 64, 3)));
    }

    [Test]
    public void A_tenth_of_FairFaces_train_is_to_choose_on() =>
        Assert.That(DataSet.FairFace.Read(_folder.Path, Split.Selection, All)!.Faces.Select(face => face.Row), Is.EqualTo([4]));

    [Test]
    public void UTKFace_has_ages()
    {
        var test = DataSet.UtkFace.Read(_folder.Path, Split.Test, All)!.Faces.Single();
        var selection = DataSet.UtkFace.Read(_folder.Path, Split.Selection, All)!.Faces.Single();

        Assert.That((test.Row, test.Age, test.AgeBand?.Name, test.Group), Is.EqualTo((11, 41, "40-49", "Asian, female")));
        Assert.That((selection.Row, selection.Age, selection.Group), Is.EqualTo((8, 30, "Black, female")));
    }

    [Test]
    public void Every_fifth_row_of_MTFL_is_for_the_report_and_none_to_choose_on()
    {
        var test = DataSet.Mtfl.Read(_folder.Path, Split.Test, All)!;

        Assert.That(test.Faces.Select(face => (face.Row, face.Gender, face.Glasses)), Is.EqualTo(new (int, string?, bool?)[]
        {
            (0, "male", false), (5, "female", true), (10, "female", false),
        }));
        Assert.That(DataSet.Mtfl.Read(_folder.Path, Split.Selection, All), Is.Null);
    }

    [Test]
    public void A_limit_takes_the_first_faces() =>
        Assert.That(DataSet.Mtfl.Read(_folder.Path, Split.Test, 2)!.Faces.Select(face => face.Row), Is.EqualTo([0, 5]));

    [Test]
    public void A_missing_file_is_named()
    {
        File.Delete(_folder.File("fer2013/faces_00.png"));

        Assert.That(() => DataSet.Fer2013.Read(_folder.Path, Split.Test, All), Throws.TypeOf<EvaluationException>()
            .With.Message.StartsWith(_folder.File("fer2013/faces_00.png")));
    }

    [Test]
    public void A_cut_off_stream_is_told()
    {
        File.WriteAllBytes(_folder.File("utkface/faces.jpgs"), new byte[10]);

        Assert.That(() => DataSet.UtkFace.Read(_folder.Path, Split.Test, All), Throws.TypeOf<EvaluationException>()
            .With.Message.Contains("beyond the end of faces.jpgs"));
    }

    [Test]
    public void A_picture_that_is_none_is_told()
    {
        var length = new FileInfo(_folder.File("utkface/faces.jpgs")).Length;
        File.WriteAllBytes(_folder.File("utkface/faces.jpgs"), new byte[length]);
        var face = DataSet.UtkFace.Read(_folder.Path, Split.Test, All)!.Faces[0];

        Assert.That(face.Picture.Decode, Throws.TypeOf<EvaluationException>().With.Message.Contains("is no JPEG"));
    }

    [Test]
    public void A_face_of_a_race_that_nobody_says_is_of_no_group()
    {
        var index = _folder.File("utkface/index.csv");
        File.WriteAllText(index, File.ReadAllText(index).Replace("0,100,0,0,", "0,100,0,-1,", StringComparison.Ordinal));

        var faces = Enum.GetValues<Split>().SelectMany(split => DataSet.UtkFace.Read(_folder.Path, split, All)!.Faces).ToDictionary(face => face.Row);
        Assert.That((faces[0].Race, faces[0].Group), Is.EqualTo(((string?)null, (string?)null)));
        Assert.That(faces[8].Group, Is.EqualTo("Black, female"));
    }

    [Test]
    public void A_set_without_faces_is_refused()
    {
        File.WriteAllText(_folder.File("utkface/index.csv"), "row,age,gender,race,jpeg_offset,jpeg_bytes\n");

        Assert.That(() => DataSet.UtkFace.Read(_folder.Path, Split.Test, All), Throws.TypeOf<EvaluationException>()
            .With.Message.StartsWith("UTKFace test part").And.Message.Contains("has no face"));
    }
}
