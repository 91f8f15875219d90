using System.Text;
using OpenCvSharp;

namespace FaceAttributes.Evaluation.Tests;

/// <summary>
/// A data folder of a few faces, laid out as the real one: cuts of NASA's portrait of Eileen Collins, with made-up labels.
/// </summary>
internal sealed class DataFolder : IDisposable
{
    private static readonly Rect Portrait = new(150, 40, 150, 150);

    public DataFolder()
    {
        WriteFer2013();
        WriteFairFace("val");
        WriteFairFace("train");
        WriteUtkFace();
        WriteMtfl();
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("evaluate-tests-").FullName;

    /// <summary>The portrait's face with something round it, blue-green-red.</summary>
    public static Mat Face(int side)
    {
        using var photograph = Cv2.ImRead(System.IO.Path.Combine(AppContext.BaseDirectory, "photographs", "astronaut.png"));
        using var portrait = new Mat(photograph, Portrait);
        return portrait.Resize(new Size(side, side), 0, 0, InterpolationFlags.Area);
    }

    /// <summary>A file of the folder.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private void WriteFer2013()
    {
        // One face above the other, each one grey level
        using var stack = new Mat(7 * 48, 48, MatType.CV_8UC1);
        for (var row = 0; row < 7; row++)
        {
            using var face = stack.RowRange(row * 48, (row + 1) * 48);
            face.SetTo(Scalar.All(10 * row));
        }

        Directory.CreateDirectory(File("fer2013"));
        stack.SaveImage(File("fer2013/faces_00.png"));
        System.IO.File.WriteAllText(File("fer2013/labels.csv"), """
            row,usage,emotion,fp_neutral,votes_valid,duplicate_of_training
            0,Training,0,1,1,0
            1,PublicTest,3,1,1,0
            2,PublicTest,4,1,1,1
            3,PrivateTest,0,1,1,0
            4,PrivateTest,6,1,1,1
            5,PrivateTest,5,1,1,0
            6,Training,1,1,1,0

            """);
    }

    private void WriteFairFace(string part) => WriteStream(
        $"fairface/fairface_{part}_index.csv", $"fairface/fairface_{part}_rgb64_q90.jpgs", 64,
        "row,file,age,gender,race,service_test",
        "0,0.jpg,3-9,Male,East Asian,FALSE",
        "3,3.jpg,20-29,Female,Black,FALSE",
        "4,4.jpg,more than 70,Female,East Asian,TRUE",
        "5,5.jpg,30-39,Male,Black,TRUE");

    // By the hash of their rows, 8 is to choose on and 11 for the report.
    private void WriteUtkFace() => WriteStream(
        "utkface/index.csv", "utkface/faces.jpgs", 64, "row,age,gender,race", "0,100,0,0", "8,30,1,1", "11,41,1,2");

    private void WriteMtfl() => WriteStream(
        "mtfl/mtfl_index.csv", "mtfl/mtfl_80x80.jpgs", 80, "row,gender(1m2f),glasses(1y2n)",
        "0,1,2", "1,1,2", "5,2,1", "10,2,2");

    /// <summary>Adds what detectors take for faces: in truth the same face, so that a network has an answer.</summary>
    public void WriteNoFaces() => WriteStream(
        "no_faces/index.csv", "no_faces/faces.jpgs", 96, "row,split,source,detector,score",
        "0,train,Flickr8k,ultraface,0.9", "1,test,Flickr8k,ultraface,0.7", "2,test,Flickr8k,ultraface,0.45", "3,test,Flickr8k,ultraface,0.1", "4,test,Flickr8k,haar,0.3");

    private void WriteStream(string index, string stream, int side, string heading, params ReadOnlySpan<string> rows)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(File(index))!);
        using var face = Face(side);
        Cv2.ImEncode(".jpg", face, out var jpeg);
        using var jpegs = System.IO.File.Create(File(stream));
        var text = new StringBuilder(heading).Append(",jpeg_offset,jpeg_bytes\n");
        foreach (var row in rows)
        {
            text.Append(row).Append(',').Append(jpegs.Position).Append(',').Append(jpeg.Length).Append('\n');
            jpegs.Write(jpeg);
        }

        System.IO.File.WriteAllText(File(index), text.ToString());
    }
}
