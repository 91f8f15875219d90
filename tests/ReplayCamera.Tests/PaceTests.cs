namespace ReplayCamera.Tests;

public class PaceTests
{
    [Test]
    public void Images_are_due_at_a_steady_rate_however_late_within_its_period_each_one_is()
    {
        var time = new ManualTime();
        var pace = new Pace(10, time);
        Assert.That(pace.Left, Is.EqualTo(TimeSpan.Zero), "The first is due at once");
        pace.Step();
        foreach (var late in new[] { 0, 30, 99, 1 })
        {
            time.Advance(pace.Left + TimeSpan.FromMilliseconds(late));
            pace.Step();
        }

        Assert.That(pace.Left, Is.EqualTo(TimeSpan.FromMilliseconds(100 - 1)));
        Assert.That(time.Elapsed, Is.EqualTo(TimeSpan.FromMilliseconds(401)));
    }

    [Test]
    public void No_burst_follows_a_time_without_images()
    {
        var time = new ManualTime();
        var pace = new Pace(5, time);
        pace.Step();
        time.Advance(TimeSpan.FromSeconds(18));
        Assert.That(pace.Left, Is.LessThan(TimeSpan.Zero));
        pace.Step();

        Assert.That(pace.Left, Is.EqualTo(TimeSpan.FromMilliseconds(200)));
    }

    [Test]
    public void A_source_that_sets_the_pace_itself_is_never_waited_for()
    {
        var pace = new Pace(0, new ManualTime());
        pace.Step();
        pace.Step();

        Assert.That(pace.Left, Is.LessThanOrEqualTo(TimeSpan.Zero));
    }

    private sealed class ManualTime : TimeProvider
    {
        public TimeSpan Elapsed { get; private set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Elapsed.Ticks;

        public void Advance(TimeSpan time) => Elapsed += time;
    }
}
