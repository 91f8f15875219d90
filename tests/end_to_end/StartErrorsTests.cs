using System.Diagnostics;
using rclcs.Tests.Support;

namespace EndToEnd.Tests;

/// <summary>
/// What a user can get wrong at the start of each program ends it with code 1 and one sentence. The table of exceptions in
/// src/VisionNodes/README.md says who says it.
/// </summary>
public class StartErrorsTests : FolderFixture
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string LongName = "/" + new string('a', 251);

    [TestCase("face_listener", "-p save:=/proc/x", "the argument of no program", "'-p' is no argument of this program")]
    [TestCase("face_listener", "--ros-args -p save", "an argument that is cut short", "'save'")]
    [TestCase("face_listener", "--ros-args --log-level loud", "an unknown word", "The log level 'loud' is unknown")]
    [TestCase("face_attributes_node", "--ros-args --params-file /nowhere.yaml", "no parameter file", "/nowhere.yaml cannot be read")]
    [TestCase("face_attributes_node", "--ros-args --params-file /etc/passwd", "another file", "/etc/passwd, line 1, stands outside of any node's")]
    [TestCase("replay_camera", "--ros-args -p rate:=fast", "a value of another type", "'rate' of /replay_camera is a double")]
    [TestCase("replay_camera", "--ros-args -p width:=100000", "a value out of range", "16 to 8192")]
    [TestCase("face_attributes_node", "--ros-args -p haar.min_size:=0.9 -p haar.max_size:=0.1", "values that contradict", "'haar.min_size' is 0.9")]
    [TestCase("replay_camera", "--ros-args -r __node:=bad-name", "no node's name", "The node name 'bad-name' is invalid")]
    [TestCase("face_attributes_node", "--ros-args -r image:=LONG", "a name that is too long", "The topic name '/aaa")]
    [TestCase("replay_camera", "--ros-args -r image_raw:=LONG", "a name that is too long", "The topic name '/aaa")]
    [TestCase("face_listener", "--ros-args -p save:=/proc/x", "no folder", "The folder '/proc/x' for pictures cannot be made")]
    [TestCase("face_attributes_node", "--ros-args -p models.names:=[nobody]", "no model", "nobody.yaml cannot be read")]
    [TestCase("face_attributes_node", "--ros-args -p models.directory:=FOLDER -p models.names:=[oops]", "a wrong manifest", "oops.yaml")]
    [TestCase("face_attributes_node", "--ros-args -p detector:=haar -p haar.path:=/nowhere.xml", "no cascade", "Cascade /nowhere.xml does not exist")]
    [TestCase("face_attributes_node", "--ros-args -p detector:=haar -p haar.path:=/etc/passwd", "another file", "/etc/passwd is not a cascade")]
    [TestCase("replay_camera", "--ros-args -p source:=/nowhere", "no source", "no file, folder or video device '/nowhere'")]
    [TestCase("replay_camera", "--ros-args -p source:=/etc/passwd", "another file", "'/etc/passwd' is neither a picture nor a video")]
    [TestCase("replay_camera", "--ros-args -p source:=/dev/video97", "no webcam", "'/dev/video97' cannot be opened")]
    [TestCase("replay_camera", "--ros-args -p source:=FOLDER", "a scene that is none", "scene.yaml")]
    public async Task A_wrong_argument_is_refused(string program, string arguments, string what, string sentence)
    {
        await File.WriteAllTextAsync(Path.Combine(Folder, "oops.yaml"), "name: [");
        await File.WriteAllTextAsync(Path.Combine(Folder, "scene.yaml"), "background:\npeople:\n");
        var given = arguments.Replace("LONG", LongName, StringComparison.Ordinal).Replace("FOLDER", Folder, StringComparison.Ordinal);
        await AssertRefused(Programs.Start(program, given.Split(' ')), sentence, what);
    }

    [TestCase("ROS_DOMAIN_ID", "999", "ROS_DOMAIN_ID is '999'")]
    [TestCase("ROS_AUTOMATIC_DISCOVERY_RANGE", "MOON", "ROS_AUTOMATIC_DISCOVERY_RANGE is 'MOON'")]
    [TestCase("RCLCS_MIDDLEWARE", "none", "RCLCS_MIDDLEWARE is 'none'")]
    [TestCase("RCLCS_DDSC_LIBRARY", "/nowhere.so", "Cyclone DDS cannot be loaded (tried /nowhere.so)")]
    [TestCase("RCLCS_DDSC_LIBRARY", "libm.so.6", "The library libm.so.6 of RCLCS_DDSC_LIBRARY is not Cyclone DDS")]
    [TestCase("ROS_SECURITY_ENABLE", "maybe", "ROS_SECURITY_ENABLE is 'maybe'")]
    public async Task A_wrong_variable_is_refused(string name, string value, string sentence)
    {
        var start = Programs.Start("face_attributes_node", []);
        start.Environment[name] = value;
        await AssertRefused(start, sentence, name);
    }

    [TestCase("face_attributes_node", "libOpenCvSharpExtern.so", "While configuring: A native library of OpenCV is missing")]
    [TestCase("face_attributes_node", "libonnxruntime.so", "While configuring: The native library of ONNX Runtime is missing")]
    [TestCase("replay_camera", "libOpenCvSharpExtern.so", "A native library of OpenCV is missing")]
    public async Task A_native_library_that_is_missing_is_named(string program, string library, string sentence)
    {
        var copy = Path.Combine(Folder, "program");
        using (var cp = Process.Start("cp", ["-r", "--symbolic-link", Path.GetDirectoryName(Programs.PathOf(program))!, copy]))
            await cp.WaitForExitAsync();
        foreach (var file in Directory.GetFiles(copy, library, SearchOption.AllDirectories))
            File.Delete(file);

        // Not links: .NET looks for a program's files beside where they lead.
        foreach (var file in Directory.GetFiles(copy))
        {
            var target = new FileInfo(file).ResolveLinkTarget(returnFinalTarget: true)!.FullName;
            File.Delete(file);
            File.Copy(target, file);
        }

        await AssertRefused(Programs.Start(Path.Combine(copy, program), []), sentence, library);
    }

    [Test]
    public async Task A_full_console_ends_no_program_that_only_logs()
    {
        using var process = Process.Start(Programs.Start(
            "bash", ["-c", "\"$0\" --ros-args -p source:=/nowhere 2> /dev/full", Programs.PathOf("replay_camera")]))!;
        await process.WaitForExitAsync().WaitAsync(Patience);

        Assert.That(process.ExitCode, Is.EqualTo(1));
    }

    private async Task AssertRefused(ProcessStartInfo start, string sentence, string what)
    {
        using var domain = TestDomain.Claim();
        if (!start.Environment.ContainsKey("ROS_DOMAIN_ID"))
            domain.AddItselfTo(start);
        start.Environment.TryAdd("RCLCS_MIDDLEWARE", "cyclonedds");
        start.Environment["ROS_LOG_DIR"] = Path.Combine(Folder, "log");
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            process.Kill();
            Assert.Fail($"It did not end: {await errors}");
        }

        var said = (await errors).TrimEnd();
        Assert.That(process.ExitCode, Is.EqualTo(1), said);
        Assert.That(said, Does.Contain(sentence).And.Not.Contain("\n").And.Not.Contain("Exception"), what);
        Assert.That(await output, Is.Empty);
    }
}
