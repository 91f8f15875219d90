namespace rclcs.Tests.Time;

public sealed class ClockTests
{
    [Test]
    public void Now_is_a_stamp_of_seconds_and_nanoseconds()
    {
        var clock = new Clock(() => 1_700_000_000_000_000_123);

        Assert.That(clock.Now.Sec, Is.EqualTo(1_700_000_000));
        Assert.That(clock.Now.Nanosec, Is.EqualTo(123));
        Assert.That(clock.NowNanoseconds, Is.EqualTo(1_700_000_000_000_000_123));
    }

    [Test]
    public void System_time_counts_from_1970() => Assert.That(
        SystemTime.NowNanoseconds() / 1e9, Is.EqualTo(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1e3).Within(1));
}
