using rclcs.Tests.Support;

namespace rclcs.Tests.Logging;

public sealed class LoggerTests
{
    [Test]
    public void Lines_look_as_those_of_other_ROS_nodes()
    {
        using var log = new LogCapture();
        Create().GetChild("robot").GetChild("camera").Info("hello");

        Assert.That(log.Lines.Single(), Does.Match(@"^\[INFO\] \[\d{10}\.\d{9}\] \[robot\.camera\]: hello$"));
    }

    [Test]
    public void Only_the_level_and_above_is_written()
    {
        using var log = new LogCapture();
        var logger = Create("--log-level", "warn");
        logger.Debug("d");
        logger.Info("i");
        logger.Warn("w");
        logger.Error("e");
        logger.Fatal("f");

        Assert.That(log.Lines.Select(line => line[^1]), Is.EqualTo("wef"));
    }

    [Test]
    public void Each_logger_has_the_level_of_the_nearest_one_above_that_has_its_own()
    {
        var root = Create("--log-level", "error", "--log-level", "robot:=debug", "--log-level", "robot.camera.lens:=fatal");
        var robot = root.GetChild("robot");
        var camera = robot.GetChild("camera");
        var lens = camera.GetChild("lens");
        Assert.That(
            new[] { root.Level, root.GetChild("other").Level, robot.Level, camera.Level, lens.Level },
            Is.EqualTo(new[] { LogLevel.Error, LogLevel.Error, LogLevel.Debug, LogLevel.Debug, LogLevel.Fatal }));

        robot.Level = LogLevel.Warn;
        Assert.That(camera.Level, Is.EqualTo(LogLevel.Warn));
        camera.Level = LogLevel.Info;
        Assert.That(camera.Level, Is.EqualTo(LogLevel.Info));
        Assert.That(robot.GetChild("camera"), Is.SameAs(camera));
        Assert.That(root.GetChild("robot.camera"), Is.SameAs(camera), "a level is handed down part by part");
        Assert.That(lens.Name, Is.EqualTo("robot.camera.lens"));
    }

    [Test]
    public void Without_a_word_about_levels_information_is_written_and_debugging_is_not()
    {
        Assert.That(Create().IsEnabled(LogLevel.Info), Is.True);
        Assert.That(Create().IsEnabled(LogLevel.Debug), Is.False);
    }

    [Test]
    public void A_throttled_line_is_written_once_a_period_for_each_key()
    {
        using var log = new LogCapture();
        var logger = Create();
        for (var i = 0; i < 5; i++)
        {
            logger.WarnThrottle(TimeSpan.FromHours(1), "same");
            logger.WarnThrottle(TimeSpan.Zero, "always");
            logger.InfoThrottle(TimeSpan.MaxValue, $"key {i % 2}", $"{i % 2}");
        }

        Assert.That(log.Lines, Has.Exactly(1).Contains("same"));
        Assert.That(log.Lines, Has.Exactly(5).Contains("always"));
        Assert.That(log.Lines, Has.Exactly(1).Contains("key 0"));
        Assert.That(log.Lines, Has.Exactly(1).Contains("key 1"));
    }

    [Test]
    public void The_console_can_be_switched_off()
    {
        using var log = new LogCapture();
        Create("--disable-stdout-logs").Fatal("unseen");

        Assert.That(log.Lines, Is.Empty);
    }

    [Test]
    public void The_format_can_be_changed()
    {
        var record = new LogRecord(LogLevel.Error, "n", "{name}", 1_000_000_002, "a.cs", "F", 7);

        Assert.That(
            LogFormat.Apply(
                "{severity}|{name}|{time}|{time_as_nanoseconds}|{message}|{file_name}|{function_name}|{line_number}|{other}",
                record),
            Is.EqualTo("ERROR|n|1.000000002|1000000002|{name}|a.cs|F|7|{other}"));
        Assert.That(
            LogFormat.Apply("{date_time_with_ms}", record),
            Is.EqualTo($"{DateTime.UnixEpoch.AddSeconds(1).ToLocalTime():yyyy-MM-dd HH:mm:ss}.000"));
    }

    private static Logger Create(params string[] args) =>
        new(new LogOutputs(RosArguments.Parse(["--ros-args", .. args]), file: null));
}
