using builtin_interfaces.msg;
using rclcs.Tests.Support;
using Stamp = builtin_interfaces.msg.Time;

namespace rclcs.Tests.Time;

public sealed class ClockTests
{
    private const long Second = 1_000_000_000;

    [Test]
    public void Now_is_a_stamp_of_seconds_and_nanoseconds()
    {
        var clock = new Clock(ClockType.RosTime);
        clock.SetRosTime(1_700_000_000_000_000_123);

        Assert.That(clock.Now.Sec, Is.EqualTo(1_700_000_000));
        Assert.That(clock.Now.Nanosec, Is.EqualTo(123));
        Assert.That(clock.NowNanoseconds, Is.EqualTo(1_700_000_000_000_000_123));
    }

    [TestCase(0, 0, 0u)]
    [TestCase(1_500_000_000, 1, 500_000_000u)]
    [TestCase(-1, -1, 999_999_999u)]
    [TestCase(-2_000_000_000, -2, 0u)]
    public void Times_are_made_of_nanoseconds_and_give_them_back(long nanoseconds, int seconds, uint rest)
    {
        var time = Stamp.FromNanoseconds(nanoseconds);

        Assert.That((time.Sec, time.Nanosec), Is.EqualTo((seconds, rest)));
        Assert.That(time.ToNanoseconds(), Is.EqualTo(nanoseconds));
    }

    [TestCase(1.25, 1, 250_000_000u)]
    [TestCase(-0.5, -1, 500_000_000u)]
    public void Durations_are_made_of_NETs_and_give_them_back(double duration, int seconds, uint rest)
    {
        var made = Duration.FromTimeSpan(TimeSpan.FromSeconds(duration));

        Assert.That((made.Sec, made.Nanosec), Is.EqualTo((seconds, rest)));
        Assert.That(made.ToTimeSpan(), Is.EqualTo(TimeSpan.FromSeconds(duration)));
    }

    [TestCase(ClockType.SystemTime)]
    [TestCase(ClockType.RosTime)]
    public void System_time_counts_from_1970(ClockType type) => Assert.That(
        new Clock(type).NowNanoseconds / 1e9, Is.EqualTo(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1e3).Within(1));

    [Test]
    public void Steady_time_goes_on()
    {
        var clock = new Clock(ClockType.SteadyTime);
        var start = clock.NowNanoseconds;

        Assert.That(SpinWait.SpinUntil(() => clock.NowNanoseconds - start > 1_000_000, Within.Time), Is.True);
    }

    [Test]
    public void Jump_callbacks_see_the_old_and_the_new_time_and_hear_only_of_what_they_asked_for()
    {
        var clock = new Clock(ClockType.RosTime);
        clock.SetRosTime(10 * Second);
        var seen = new List<string>();
        using var all = clock.AddJumpCallback(
            JumpThreshold.Any, _ => seen.Add($"from {clock.NowNanoseconds / Second}"), jump => seen.Add($"to {clock.NowNanoseconds / Second} by {jump.Delta.TotalSeconds}"));
        var far = new List<TimeSpan>();
        using var some = clock.AddJumpCallback(
            new JumpThreshold { MinForward = TimeSpan.FromSeconds(5), MinBackward = TimeSpan.FromSeconds(2) },
            before: null,
            jump => far.Add(jump.Delta));

        foreach (var second in new[] { 14, 19, 18, 16 })
            clock.SetRosTime(second * Second);

        all.Dispose();
        clock.SetRosTime(0);
        Assert.That(seen, Is.EqualTo(new[]
        {
            "from 10", "to 14 by 4", "from 14", "to 19 by 5", "from 19", "to 18 by -1", "from 18", "to 16 by -2",
        }));
        Assert.That(far.Select(delta => delta.TotalSeconds), Is.EqualTo(new[] { 5, -2, -16 }));
    }

    [Test]
    public void A_callback_that_fails_before_a_jump_does_not_stop_the_time()
    {
        var clock = new Clock(ClockType.RosTime);
        using var callback = clock.AddJumpCallback(JumpThreshold.Any, _ => throw new InvalidOperationException("No."), after: null);
        Assert.That(() => clock.SetRosTime(10 * Second), Throws.InvalidOperationException);
        Assert.That(clock.IsRosTimeActive);
        Assert.That(() => clock.SetRosTime(11 * Second), Throws.InvalidOperationException);
        Assert.That(clock.NowNanoseconds, Is.EqualTo(11 * Second));
        Assert.That(clock.ClearRosTime, Throws.InvalidOperationException);
        Assert.That(clock.IsRosTimeActive, Is.False);
    }

    [Test]
    public void Jump_callbacks_hear_of_another_source()
    {
        var clock = new Clock(ClockType.RosTime);
        var changes = new List<ClockChange>();
        using var callback = clock.AddJumpCallback(
            new JumpThreshold { OnClockChange = true }, before: null, jump => changes.Add(jump.Change));
        clock.SetRosTime(Second);
        clock.SetRosTime(2 * Second);
        Assert.That(clock.IsRosTimeActive, Is.True);
        clock.ClearRosTime();

        Assert.That(clock.IsRosTimeActive, Is.False);
        Assert.That(changes, Is.EqualTo(new[] { ClockChange.RosTimeActivated, ClockChange.RosTimeDeactivated }));
    }

    [Test]
    public async Task Sleep_on_simulated_time_ends_when_it_is_time()
    {
        var clock = new Clock(ClockType.RosTime);
        clock.SetRosTime(10 * Second);
        var sleep = clock.SleepForAsync(TimeSpan.FromSeconds(5));
        clock.SetRosTime(14 * Second);
        Assert.That(sleep.IsCompleted, Is.False);
        clock.SetRosTime(15 * Second);

        Assert.That(await sleep.WaitAsync(Within.Time), Is.True);
        Assert.That(await clock.SleepUntilAsync(Stamp.FromNanoseconds(3 * Second)), Is.True, "It is past already");
    }

    [TestCase(ClockType.SteadyTime)]
    [TestCase(ClockType.RosTime)]
    public async Task Sleep_on_real_time_ends_when_it_is_time(ClockType type)
    {
        var clock = new Clock(type);
        var start = clock.NowNanoseconds;

        Assert.That(await clock.SleepForAsync(TimeSpan.FromMilliseconds(20)).WaitAsync(Within.Time), Is.True);
        Assert.That(clock.NowNanoseconds - start, Is.GreaterThanOrEqualTo(20_000_000));
    }

    [Test]
    public async Task Sleep_ends_with_false_when_the_source_of_time_changes()
    {
        var clock = new Clock(ClockType.RosTime);
        var sleep = clock.SleepForAsync(TimeSpan.FromHours(1));
        clock.SetRosTime(Second);

        Assert.That(await sleep.WaitAsync(Within.Time), Is.False);
    }

    [TestCase(ClockType.SteadyTime)]
    [TestCase(ClockType.SystemTime)]
    public void Sleep_ends_when_it_is_canceled(ClockType type)
    {
        using var cancel = new CancellationTokenSource();
        var sleep = new Clock(type).SleepForAsync(TimeSpan.MaxValue, cancel.Token); // for ever
        Assert.That(sleep.IsCompleted, Is.False);
        cancel.Cancel();

        Assert.That(() => sleep.WaitAsync(Within.Time), Throws.InstanceOf<OperationCanceledException>());
    }
}
