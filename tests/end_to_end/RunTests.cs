using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using OpenCvSharp;

namespace EndToEnd.Tests;

/// <summary>The README's <c>./run</c>: camera, node and listener as three processes over DDS.</summary>
public class RunTests : FolderFixture
{
    private static readonly string GraceHopper = Path.Combine(
        Repository.Root, "src", "ReplayCamera", "scene", "grace_hopper.jpg");

    [Test]
    public async Task The_default_scene_shows_faces_ends_in_time_and_counts_every_frame()
    {
        using var run = RunCommand.Start("--seconds", "10");
        var result = await run.Finish();

        Assert.That(result.ExitCode, Is.Zero, result.Output + result.Errors);
        Assert.That(result.Summary.Keys, Is.EqualTo(
            ["frames_published", "frames_processed", "frames_dropped", "faces", "messages", "latency_ms_p50", "latency_ms_p99"]));
        var summary = result.Summary;
        Assert.That(summary["frames_published"], Is.InRange(4, 301));
        Assert.That(summary["frames_processed"], Is.GreaterThan(0));
        Assert.That(summary["frames_processed"] + summary["frames_dropped"], Is.LessThanOrEqualTo(summary["frames_published"]));
        Assert.That(summary["faces"], Is.GreaterThan(2 * summary["frames_processed"]), "Four faces are in the scene");
        Assert.That(summary["latency_ms_p50"], Is.GreaterThan(0).And.LessThanOrEqualTo(summary["latency_ms_p99"]));
    }

    [Test]
    public async Task Annotated_pictures_are_kept_only_when_asked_for()
    {
        var pictures = Path.Combine(Folder, "pictures");
        using var run = RunCommand.Start("--save", pictures);
        var result = await EndOnceFacesWereSeen(run, pictures);

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

    [Test]
    public async Task It_runs_in_any_locale()
    {
        // Turkish and German as they are on other machines: here they may not be installed.
        foreach (var locale in new[] { "de_DE", "tr_TR" })
        {
            using var localedef = Process.Start("localedef", ["--force", "-f", "UTF-8", "-i", locale, Path.Combine(Folder, $"{locale}.UTF-8")]);
            await localedef.WaitForExitAsync();
        }

        if (!Directory.Exists(Path.Combine(Folder, "tr_TR.UTF-8")))
            Assert.Ignore("The sources of locales are not here; install the package locales.");

        var environment = new Dictionary<string, string>
        {
            ["LOCPATH"] = Folder,
            ["LANG"] = "de_DE.UTF-8",
            ["LC_ALL"] = "tr_TR.UTF-8",
        };
        using (var comma = RunCommand.Start(environment, "bash", "-c", "printf %.1f 1,5"))
            Assert.That((await comma.Finish()).Output, Is.EqualTo("1,5"), "The locale is not in force");
        using var run = RunCommand.Start(environment, RunCommand.Script);
        var result = await EndOnceFacesWereSeen(run);

        Assert.That(result.ExitCode, Is.Zero, result.Output + result.Errors);
        Assert.That(result.Summary["faces"], Is.GreaterThan(0));
    }

    [Test]
    public async Task Any_character_may_be_in_the_names_of_source_and_folder()
    {
        var odd = Directory.CreateDirectory(Path.Combine(Folder, "it's \"odd\", \\ ü # $HOME\nand long")).FullName;
        File.Copy(GraceHopper, Path.Combine(odd, "her 'photograph'.jpg"));
        using var run = RunCommand.Start("--source", odd, "--save", Path.Combine(odd, "kept"));
        var result = await EndOnceFacesWereSeen(run, Path.Combine(odd, "kept"));

        Assert.That(result.ExitCode, Is.Zero, result.Output + result.Errors);
        Assert.That(Directory.GetFiles(Path.Combine(odd, "kept"), "*.jpg"), Is.Not.Empty);
    }

    [Test]
    public async Task A_folder_that_cannot_be_made_ends_all_with_one_sentence()
    {
        using var run = RunCommand.Start("--save", "/proc/x");
        var result = await run.Finish();

        Assert.That(result.ExitCode, Is.Not.Zero);
        Assert.That(result.Errors.Split('\n'), Has.One.Contains("The folder '/proc/x' for pictures cannot be made"));
    }

    [Test]
    public async Task A_number_as_the_source_is_a_webcam()
    {
        using var run = RunCommand.Start("--source", "97");
        var result = await run.Finish();

        Assert.That(result.ExitCode, Is.Not.Zero);
        Assert.That(result.Errors.TrimEnd(), Does.EndWith("no file, folder or device '/dev/video97'."));
    }

    [Test]
    public async Task A_damaged_photograph_in_a_folder_is_warned_of_and_left_out()
    {
        await File.WriteAllBytesAsync(Path.Combine(Folder, "a.jpg"), File.ReadAllBytes(GraceHopper)[..100]);
        File.Copy(GraceHopper, Path.Combine(Folder, "b.jpg"));
        using var run = RunCommand.Start("--source", Folder);
        var result = await EndOnceFacesWereSeen(run);

        Assert.That(result.ExitCode, Is.Zero, result.Output + result.Errors);
        Assert.That(result.Errors.Split('\n'), Has.One.Contains($"'{Folder}/a.jpg' cannot be read and is left out"));
    }

    [Test]
    public async Task A_raw_stream_is_played_again_and_again()
    {
        // Half a second of grey, in which there is no face.
        var path = Path.Combine(Folder, "camera.h264");
        await File.WriteAllBytesAsync(path, H264Stream.Encode(320, 240, [.. Enumerable.Repeat((byte)128, 12)]));
        using var run = RunCommand.Start("--source", path, "--seconds", "3");
        var result = await run.Finish();

        Assert.That(result.Summary["frames_published"], Is.GreaterThan(24), result.Errors);
        Assert.That(result.Errors, Does.Contain("No message with a face came").And.Not.Contain("[ERROR]").And.Not.Contain("plugged"));
    }

    [TestCase("INT", Description = "What Ctrl-C sends")]
    [TestCase("TERM")]
    public async Task A_signal_ends_all_three_processes_cleanly(string signal)
    {
        using var run = RunCommand.Start();
        var result = await EndOnceFacesWereSeen(run, signal: signal);

        Assert.That(result.ExitCode, Is.Zero, result.Output + result.Errors);
        Assert.That(result.Summary["faces"], Is.GreaterThan(0));
        Assert.That(result.Errors, Does.Not.Contain("Unhandled exception").And.Not.Contain("core dumped"));
    }

    [Test]
    public async Task The_viewer_shows_what_camera_node_and_situations_node_say()
    {
        using var run = RunCommand.Start("--port", "0", "--situations");
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var page = await run.ViewerFound.WaitAsync(patience.Token);
        using var browser = new HttpClient();
        Assert.That(await browser.GetStringAsync(page, patience.Token), Does.Contain("<title>"));

        using var live = new ClientWebSocket();
        await live.ConnectAsync(new UriBuilder(page) { Scheme = "ws", Path = "/live" }.Uri, patience.Token);
        var wanted = new HashSet<string> { "faces", "situation" };
        while (wanted.Count > 0)
        {
            var message = await ReceiveText(live, patience.Token);
            if (message?.GetProperty("type").GetString() is { } type)
                wanted.Remove(type);
        }

        run.Signal("INT");
        var result = await run.Finish();
        Assert.That(result.ExitCode, Is.Zero, result.Output + result.Errors);
    }

    [TestCase("--speed 3", "unknown option '--speed'")]
    [TestCase("--port many", "--port wants a number up to 65535, not 'many'")]
    [TestCase("--seconds", "--seconds needs a value")]
    [TestCase("--port 65536", "--port wants a number up to 65535, not '65536'")]
    [TestCase("--seconds soon", "--seconds wants a number above 0, not 'soon'")]
    [TestCase("--seconds 0.0", "--seconds wants a number above 0, not '0.0'")]
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
        Assert.That(result.Output, Does.Contain("--source").And.Contain("--seconds").And.Contain("--save").And.Contain("--view").And.Contain("--port").And.Contain("--situations").And.Contain("--help"));
    }

    /// <summary>The next message of a web socket; null where it is a picture.</summary>
    private static async Task<JsonElement?> ReceiveText(ClientWebSocket socket, CancellationToken cancellationToken)
    {
        using var message = new MemoryStream();
        var buffer = new byte[1 << 16];
        ValueWebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(buffer.AsMemory(), cancellationToken);
            message.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);
        return part.MessageType == WebSocketMessageType.Text ? JsonDocument.Parse(message.ToArray()).RootElement : null;
    }

    /// <summary>Ends a run however slow the machine is: once faces were seen and, where pictures are kept, one is.</summary>
    private static async Task<RunResult> EndOnceFacesWereSeen(RunCommand run, string? pictures = null, string signal = "INT")
    {
        var patience = TimeSpan.FromMinutes(2);
        await run.FacesSeen.WaitAsync(patience);
        if (pictures is not null)
            Assert.That(() => Directory.GetFiles(pictures, "*.jpg"), Is.Not.Empty.After((int)patience.TotalMilliseconds, 50));
        run.Signal(signal);
        return await run.Finish();
    }
}
