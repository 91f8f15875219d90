using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using OpenCvSharp;
using rclcs.Tests.Support;
using TestSupport;

namespace FaceViewer.Tests;

/// <summary><c>face_attributes classify</c>, the twin of the REST interface on the command line.</summary>
public sealed class CommandLineTests
{
    private string _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("face_attributes_").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task It_says_of_a_picture_what_the_REST_interface_says()
    {
        using var robot = new Robot(new ViewerOptions { Port = 0 });
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!(await robot.Http.GetAsync("/healthz", patience.Token)).IsSuccessStatusCode)
            await Task.Delay(20, patience.Token);
        using var content = new ByteArrayContent(await File.ReadAllBytesAsync(Photographs.GraceHopper)) { Headers = { ContentType = new MediaTypeHeaderValue("image/jpeg") } };
        using var answer = await robot.Http.PostAsync("/v1/classify", content);

        var (code, output, _) = await Run("classify", Photographs.GraceHopper, "--json");
        Assert.That(code, Is.Zero);
        var line = JsonDocument.Parse(output.Single()).RootElement;
        Assert.That(line.GetProperty("file").GetString(), Is.EqualTo(Photographs.GraceHopper));
        Assert.That(line.GetProperty("faces").GetRawText(), Is.EqualTo(await answer.Content.ReadAsStringAsync()));
    }

    [Test]
    public async Task A_folder_is_annotated_and_explained_with_progress_and_what_is_no_picture_is_named()
    {
        var pictures = Directory.CreateDirectory(Path.Combine(_folder, "pictures")).FullName;
        File.Copy(Photographs.Astronaut, Path.Combine(pictures, "a.png"));
        await File.WriteAllTextAsync(Path.Combine(pictures, "b.jpg"), "no picture");
        File.Copy(Photographs.GraceHopper, Path.Combine(pictures, "c.jpg"));
        var (code, output, errors) = await Run("classify", pictures, "--annotate", Path.Combine(_folder, "annotated"), "--explain");
        Assert.That((code, output.Length), Is.EqualTo((1, 0)));
        Assert.That(errors, Does.Contain($"2/3 {pictures}/b.jpg").And.Contain($"face_attributes: {pictures}/b.jpg is not a picture that OpenCV can read."));
        Assert.That(Directory.GetFiles(Path.Combine(_folder, "annotated")).Select(Path.GetFileName),
            Is.EquivalentTo((string[])["a.png", "a_f1_explained.png", "c.jpg", "c_f1_explained.png"]));
        using var annotated = Cv2.ImRead(Path.Combine(_folder, "annotated", "a.png"));
        using var original = Cv2.ImRead(Photographs.Astronaut);
        Assert.That(annotated.Size(), Is.EqualTo(original.Size()));
        Assert.That(Cv2.Norm(annotated, original), Is.GreaterThan(0));
        using var explained = Cv2.ImRead(Path.Combine(_folder, "annotated", "a_f1_explained.png"));
        Assert.That(explained.Width, Is.EqualTo(768));
    }

    [Test]
    public async Task Privacy_holds_here_too_and_no_picture_is_overwritten()
    {
        var picture = Path.Combine(_folder, "a.png");
        File.Copy(Photographs.Astronaut, picture);
        var (code, _, errors) = await Run("classify", picture, "--annotate", _folder);
        Assert.That((code, string.Join(' ', errors)), Is.EqualTo((1, $"face_attributes: '{picture}' is one of the pictures, or was written for another one of the same name, and is not overwritten; name another folder with --annotate, and one for each where several have pictures of the same name.")));
        var inside = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "b")).FullName, "a.png");
        File.Copy(Photographs.GraceHopper, inside);
        (code, _, errors) = await Run("classify", inside, picture, "--annotate", _folder);
        Assert.That((code, errors.Count(line => line.Contains("is not overwritten; name another folder", StringComparison.Ordinal))), Is.EqualTo((1, 2)));
        Assert.That(File.ReadAllBytes(picture), Is.EqualTo(File.ReadAllBytes(Photographs.Astronaut)), "as it was");
        var annotated = Path.Combine(_folder, "annotated");
        (code, _, _) = await Run("classify", picture, "--annotate", annotated, "--ros-args", "-p", "privacy:=no_images");
        Assert.That((code, Directory.GetFiles(annotated).Length), Is.EqualTo((0, 0)));

        // As `ros2 param dump /face_attributes` writes it
        var file = Path.Combine(_folder, "node.yaml");
        await File.WriteAllTextAsync(file, "/face_attributes:\n  ros__parameters:\n    privacy: no_images\n");
        (code, _, _) = await Run("classify", picture, "--annotate", annotated, "--ros-args", "--params-file", file);
        Assert.That((code, Directory.GetFiles(annotated).Length), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task A_misspelt_argument_is_named_but_not_what_a_file_of_the_node_has_more()
    {
        var file = Path.Combine(_folder, "node.yaml");
        await File.WriteAllTextAsync(file, "/face_attributes:\n  ros__parameters:\n    input.max_rate: 5.0\n");
        var (code, output, errors) = await Run("classify", Photographs.GraceHopper, "--ros-args", "--params-file", file, "-p", "models.nmaes:=[face]");
        Assert.That((code, output.Length), Is.EqualTo((0, 1)), "it is done all the same");
        Assert.That(errors.Single(line => line.Contains("WARN", StringComparison.Ordinal)), Does.EndWith(
            "There is no parameter 'models.nmaes', which the argument 'models.nmaes:=[face]' sets: is 'models.names' meant?"));
    }

    [TestCase]
    [TestCase("--help")]
    [TestCase("classify", "--help")]
    public async Task Help_tells_how_it_is_used(params string[] arguments)
    {
        var (code, output, errors) = await Run(arguments);
        Assert.That((code, errors.Length), Is.EqualTo((0, 0)));
        Assert.That(output[0], Does.StartWith("Usage: face_attributes classify FILE…"));
    }

    [Test]
    public async Task A_folder_without_pictures_is_named_and_the_others_are_looked_at()
    {
        var empty = Directory.CreateDirectory(Path.Combine(_folder, "empty")).FullName;
        var (code, output, errors) = await Run("classify", empty, Photographs.Astronaut);
        Assert.That((code, output.Length), Is.EqualTo((1, 1)));
        Assert.That(errors, Does.Contain($"face_attributes: The folder '{empty}' has no picture (.jpg, .jpeg, .png, .bmp, .webp, .tif, .tiff)."));
    }

    [TestCase("classify", "No picture is named")]
    [TestCase("classify --loud a.png", "'--loud' is no option")]
    [TestCase("classify a.png --annotate", "--annotate needs a folder")]
    [TestCase("describe a.png", "'describe' is no command")]
    public async Task Wrong_arguments_are_refused_with_a_sentence(string arguments, string sentence)
    {
        var (code, _, errors) = await Run(arguments.Split(' '));
        Assert.That(code, Is.EqualTo(1));
        Assert.That(errors, Has.Length.EqualTo(1));
        Assert.That(errors[0], Does.Contain(sentence));
    }

    private static async Task<(int Code, string[] Output, string[] Errors)> Run(params string[] arguments)
    {
        // The tests are in a folder of the same layout: bin/FaceViewer.Tests/release/.
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        var start = new ProcessStartInfo(Path.Combine(folder.Parent!.Parent!.FullName, "FaceAttributes.Cli", folder.Name, "face_attributes"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["ROS_AUTOMATIC_DISCOVERY_RANGE"] = "LOCALHOST" },
        };
        TestDomain.AddTo(start);
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, Lines(await output), Lines(await errors));

        static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
