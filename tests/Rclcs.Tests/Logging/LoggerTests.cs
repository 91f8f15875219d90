using rclcs.Tests.Support;

namespace rclcs.Tests.Logging;

public sealed class LoggerTests
{
    [Test]
    public void Lines_look_as_those_of_other_ROS_nodes()
    {
        using var log = new LogCapture();
        var logger = new Logger("robot.camera", LogLevel.Info, toConsole: true);
        logger.Info("hello");

        Assert.That(log.Lines.Single(), Does.Match(@"^\[INFO\] \[\d{10}\.\d{9}\] \[robot\.camera\]: hello$"));
    }

    [Test]
    public void Only_the_level_and_above_is_written()
    {
        using var log = new LogCapture();
        var logger = new Logger("node", LogLevel.Warn, toConsole: true);
        logger.Debug("d");
        logger.Info("i");
        logger.Warn("w");
        logger.Error("e");
        logger.Fatal("f");

        Assert.That(log.Lines.Select(line => line[^1]), Is.EqualTo("wef"));
    }

    [Test]
    public void A_throttled_line_is_written_once_a_period_for_each_key()
    {
        using var log = new LogCapture();
        var logger = new Logger("node", LogLevel.Info, toConsole: true);
        for (var i = 0; i < 5; i++)
        {
            logger.WarnThrottle(TimeSpan.FromHours(1), "same");
            logger.WarnThrottle(TimeSpan.Zero, "always");
            logger.WarnThrottle(TimeSpan.FromHours(1), $"key {i % 2}", $"{i % 2}");
        }

        Assert.That(log.Lines, Has.Exactly(1).Contains("same"));
        Assert.That(log.Lines, Has.Exactly(5).Contains("always"));
        Assert.That(log.Lines, Has.Exactly(1).Contains("key 0"));
        Assert.That(log.Lines, Has.Exactly(1).Contains("key 1"));
    }

    [Test]
    public void The_format_can_be_changed() => Assert.That(
        LogConsole.Format("{severity}|{name}|{time}|{time_as_nanoseconds}|{message}", LogLevel.Error, "n", "m", 1_000_000_002),
        Is.EqualTo("ERROR|n|1.000000002|1000000002|m"));
}
