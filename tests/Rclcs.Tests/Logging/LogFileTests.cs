using rclcs.Tests.Support;

namespace rclcs.Tests.Logging;

public sealed class LogFileTests
{
    private DirectoryInfo _folder = null!;
    private EnvironmentVariable _variable = null!;

    [SetUp]
    public void ChooseFolder()
    {
        _folder = Directory.CreateTempSubdirectory("rclcs_log_");
        _variable = new EnvironmentVariable("ROS_LOG_DIR", Path.Combine(_folder.FullName, "log"));
    }

    [TearDown]
    public void RemoveFolder()
    {
        _variable.Dispose();
        _folder.Delete(recursive: true);
    }

    [Test]
    public void The_log_is_in_a_file_named_after_program_process_and_time_as_on_the_console()
    {
        using var log = new LogCapture();
        using (var node = new SpinningNode("talker"))
        {
            node.Node.Logger.Info("grüß Gott");
            node.Node.Logger.Debug("unseen");
        }

        var file = FindFile();
        Assert.That(file.Name, Does.Match($@"^{AppDomain.CurrentDomain.FriendlyName}_{Environment.ProcessId}_\d{{13}}\.log$"));
        Assert.That(File.ReadAllLines(file.FullName), Is.EqualTo(log.Lines));
        Assert.That(log.Lines.Single(), Does.EndWith("[talker]: grüß Gott"));
    }

    [Test]
    public void Half_an_emoji_ends_nothing()
    {
        using var log = new LogCapture();
        using (var node = new SpinningNode("talker"))
        {
            node.Node.Logger.Info("😀"[..1]);
            node.Node.Logger.Info("after it");
        }

        var lines = File.ReadAllLines(FindFile().FullName);
        Assert.That(lines[0], Does.EndWith("[talker]: \uFFFD"));
        Assert.That(lines[1], Does.EndWith("[talker]: after it"));
    }

    [Test]
    public void A_line_is_in_the_file_when_the_call_returns()
    {
        using var node = new SpinningNode("talker", "--ros-args", "--disable-stdout-logs", "--log-file-name", "mine");
        node.Node.Logger.Info("at once");
        using var reader = new StreamReader(
            new FileStream(FindFile().FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));

        Assert.That(FindFile().Name, Does.StartWith("mine_"));
        Assert.That(reader.ReadToEnd(), Does.EndWith("[talker]: at once\n"));
    }

    [Test]
    public void The_file_can_be_switched_off()
    {
        using var node = new SpinningNode("talker", "--ros-args", "--disable-external-lib-logs");
        node.Node.Logger.Info("to the console only");

        Assert.That(_folder.EnumerateFileSystemInfos(), Is.Empty);
    }

    [Test]
    public void Without_ROS_LOG_DIR_it_is_in_ROS_HOME()
    {
        using var none = new EnvironmentVariable("ROS_LOG_DIR", null);
        using var home = new EnvironmentVariable("ROS_HOME", Path.Combine(_folder.FullName, "home"));
        using var node = new SpinningNode("talker");

        Assert.That(FindFile().DirectoryName, Is.EqualTo(Path.Combine(_folder.FullName, "home", "log")));
    }

    [Test]
    public void Where_there_can_be_no_file_a_warning_says_so_and_the_node_goes_on()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "log"), "in the way");
        using var log = new LogCapture();
        using var node = new SpinningNode("talker");
        node.Node.Logger.Info("hello");

        Assert.That(log.Lines, Has.Count.EqualTo(2));
        Assert.That(log.Lines[0], Does.Contain("[WARN]").And.Contain("[rclcs]: There is no log file: ").And.Contain("Set ROS_LOG_DIR"));
        Assert.That(log.Lines[1], Does.EndWith("hello"));
    }

    [Test]
    public void A_file_with_settings_is_taken_with_a_warning()
    {
        using var log = new LogCapture();
        using var node = new SpinningNode("talker", "--ros-args", "--log-config-file", "some.yaml");

        Assert.That(log.Lines.Single(), Does.Contain("[WARN]").And.Contain("--log-config-file has no effect"));
    }

    private FileInfo FindFile() => _folder.EnumerateFiles("*.log", SearchOption.AllDirectories).Single();
}
