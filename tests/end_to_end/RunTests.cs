using OpenCvSharp;

namespace EndToEnd.Tests;

/// <summary>The README's <c>./run</c>: camera, node and listener as three processes over DDS.</summary>
public class RunTests : FolderFixture
{
    [Test]
    public async Task The_default_scene_shows_faces_ends_in_time_and_counts_every_frame()
    {
        using var run = RunCommand.Start("--seconds", "4");
        var result = await run.Finish();

        Assert.That(result.ExitCode, Is.Zero, result.Output + result.Errors);
        Assert.That(result.Summary.Keys, Is.EqualTo(
            ["frames_published", "frames_processed", "frames_dropped", "faces", "latency_ms_p50", "latency_ms_p99"]));
        var summary = result.Summary;
        Assert.That(summary["frames_published"], Is.InRange(4, 121));
        Assert.That(summary["frames_processed"], Is.GreaterThan(0));
        Assert.That(summary["frames_processed"] + summary["frames_dropped"], Is.LessThanOrEqualTo(summary["frames_published"]));
        Assert.That(summary["faces"], Is.GreaterThan(2 * summary["frames_processed"]), "Four faces are in the scene");
        Assert.That(summary["latency_ms_p50"], Is.GreaterThan(0).And.LessThanOrEqualTo(summary["latency_ms_p99"]));
    }

    [Test]
    public async Task Annotated_pictures_are_kept_only_when_asked_for()
    {
        var pictures = Path.Combine(Folder, "pictures");
        using var run = RunCommand.Start("--seconds", "2", "--save", pictures);
        var result = await run.Finish();

        Assert.That(result.ExitCode, Is.Zero, result.Output + result.Errors);
        var saved = Directory.GetFiles(pictures, "*.jpg");
        Assert.That(saved, Is.Not.Empty);
        using var picture = Cv2.ImRead(saved[0]);
        Assert.That((picture.Width, picture.Height), Is.EqualTo((640, 480)));
    }

    [Test]
    public async Task A_photograph_without_a_face_ends_with_an_error_and_one_sentence()
    {
        var photograph = Path.Combine(Folder, "wall.png");
        using (var wall = new Mat(480, 640, MatType.CV_8UC3, new Scalar(90, 120, 140)))
            Cv2.ImWrite(photograph, wall);
        using var run = RunCommand.Start("--source", photograph, "--seconds", "2");
        var result = await run.Finish();

        Assert.That(result.ExitCode, Is.Not.Zero);
        Assert.That(result.Errors, Does.Contain("No message with a face came"));
        Assert.That(result.Summary["faces"], Is.Zero);
    }

    [Test]
    public async Task A_source_that_is_no_picture_ends_with_an_error_that_names_it()
    {
        var file = Path.Combine(Folder, "notes.txt");
        await File.WriteAllTextAsync(file, "nothing to see");
        using var run = RunCommand.Start("--source", file, "--seconds", "2");
        var result = await run.Finish();

        Assert.That(result.ExitCode, Is.Not.Zero);
        Assert.That(result.Errors, Does.Contain($"'{file}' is neither a picture nor a video"));
    }

    [TestCase("INT", Description = "What Ctrl-C sends")]
    [TestCase("TERM")]
    public async Task A_signal_ends_all_three_processes_cleanly(string signal)
    {
        using var run = RunCommand.Start();
        await run.FacesSeen.WaitAsync(TimeSpan.FromMinutes(2));
        run.Signal(signal);
        var result = await run.Finish();

        Assert.That(result.ExitCode, Is.Zero, result.Output + result.Errors);
        Assert.That(result.Summary["faces"], Is.GreaterThan(0));
        Assert.That(result.Errors, Does.Not.Contain("Unhandled exception").And.Not.Contain("core dumped"));
    }

    [TestCase("--speed 3", "unknown option '--speed'")]
    [TestCase("--seconds", "--seconds needs a value")]
    [TestCase("--seconds soon", "--seconds wants a number, not 'soon'")]
    [TestCase("--source /no/such/place", "no file, folder or device '/no/such/place'")]
    public async Task A_wrong_option_is_refused_with_one_sentence(string arguments, string sentence)
    {
        using var run = RunCommand.Start(arguments.Split(' '));
        var result = await run.Finish();

        Assert.That(result.ExitCode, Is.Not.Zero);
        Assert.That(result.Errors.TrimEnd(), Does.Contain(sentence).And.Not.Contain("\n"));
    }

    [Test]
    public async Task Help_names_every_option()
    {
        using var run = RunCommand.Start("--help");
        var result = await run.Finish();

        Assert.That(result.ExitCode, Is.Zero);
        Assert.That(result.Output, Does.Contain("--source").And.Contain("--seconds").And.Contain("--save"));
    }
}
