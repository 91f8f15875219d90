using rclcs.Tests.Support;
using ClockMessage = rosgraph_msgs.msg.Clock;
using Stamp = builtin_interfaces.msg.Time;

namespace rclcs.Tests.Time;

/// <summary>A simulator that publishes <c>/clock</c>, and a node that listens to it.</summary>
public sealed class SimulatedTimeTests
{
    private const long Second = 1_000_000_000;

    private SpinningNode _simulator = null!;
    private IPublisher<ClockMessage> _clock = null!;

    [SetUp]
    public void StartSimulator()
    {
        _simulator = new SpinningNode("simulator");
        _clock = _simulator.Node.CreatePublisher<ClockMessage>("/clock");
    }

    [TearDown]
    public void StopSimulator()
    {
        _clock.Dispose();
        _simulator.Dispose();
    }

    [Test]
    public void The_clock_is_at_zero_until_the_first_message_and_follows_from_then_on()
    {
        using var node = new SpinningNode("node", "--ros-args", "-p", "use_sim_time:=true");
        Assert.That(node.Node.Clock.NowNanoseconds, Is.Zero);

        Publish(node, 100 * Second + 7);
        Assert.That(node.Node.Clock.Now.ToNanoseconds(), Is.EqualTo(100 * Second + 7));
        Publish(node, 5 * Second);
        Assert.That(node.Node.Clock.NowNanoseconds, Is.EqualTo(5 * Second));
    }

    [Test]
    public void The_parameter_switches_at_run_time()
    {
        using var node = new SpinningNode("node");
        var clock = node.Node.Clock;
        Assert.That(node.Node.Parameters.Get<bool>("use_sim_time"), Is.False);
        Assert.That(_simulator.Node.Graph.CountSubscribers("/clock"), Is.Zero);

        Assert.That(node.Node.Parameters.Set("use_sim_time", true).Successful, Is.True);
        Publish(node, 7 * Second);
        Assert.That(node.Node.Parameters.Set("use_sim_time", false).Successful, Is.True);
        Assert.That(clock.NowNanoseconds, Is.GreaterThan(1_700_000_000 * Second));
        Assert.That(_simulator.Node.Graph.WaitFor(() => _clock.SubscriptionCount == 0, Within.Time), Is.True);
        Assert.That(node.Node.Parameters.Set("use_sim_time", true).Successful, Is.True);
        Assert.That(clock.NowNanoseconds, Is.EqualTo(7 * Second), "What it was last");
    }

    [Test]
    public void The_topic_can_be_remapped()
    {
        using var node = new SpinningNode("node", "--ros-args", "-p", "use_sim_time:=true", "-r", "/clock:=/world/clock");
        using var clock = _simulator.Node.CreatePublisher<ClockMessage>("/world/clock");

        Assert.That(clock.WaitForSubscriptions(1, Within.Time), Is.True);
        Assert.That(_clock.SubscriptionCount, Is.Zero);
    }

    [Test]
    public void A_wrong_value_from_outside_is_refused() => Assert.That(
        () => new SpinningNode("node", "--ros-args", "-p", "use_sim_time:=1").Dispose(),
        Throws.InstanceOf<ParameterException>().With.Message.Contains("use_sim_time:=1"));

    [Test]
    public void Time_goes_on_while_a_callback_runs()
    {
        using var node = new SpinningNode("node", "--ros-args", "-p", "use_sim_time:=true");
        using var entered = new ManualResetEventSlim();
        using var slept = new Mailbox<bool>();
        using var timer = node.Node.CreateWallTimer(TimeSpan.FromMilliseconds(1), () =>
        {
            if (entered.IsSet)
                return;

            var sleep = node.Node.Clock.SleepUntilAsync(Stamp.FromNanoseconds(50 * Second));
            entered.Set();
            slept.Post(sleep.GetAwaiter().GetResult());
        });
        node.Start();
        entered.Wait();
        Publish(node, 50 * Second);

        Assert.That(slept.Take(), Is.True);
    }

    [Test]
    public void A_timer_follows_the_simulation_and_a_wall_timer_does_not()
    {
        using var node = new SpinningNode("node", "--ros-args", "-p", "use_sim_time:=true");
        Publish(node, 1000 * Second);
        using var ticks = new Mailbox<long>();
        using var wallTicks = new Mailbox<long>();
        using var timer = node.Node.CreateTimer(TimeSpan.FromSeconds(10), () => ticks.Post(node.Node.Clock.NowNanoseconds / Second));
        using var wall = node.Node.CreateWallTimer(TimeSpan.FromMilliseconds(1), () => wallTicks.Post(0));
        node.Start();

        Publish(node, 1009 * Second);
        wallTicks.Take();
        Publish(node, 1010 * Second);
        Assert.That(ticks.Take(), Is.EqualTo(1010));
        Publish(node, 1055 * Second);
        Assert.That(ticks.Take(), Is.EqualTo(1055), "Those of 1020 to 1040 are left out");
        Publish(node, 1060 * Second);
        Assert.That(ticks.Take(), Is.EqualTo(1060));
    }

    [Test]
    public void A_timer_starts_a_new_period_when_time_goes_back()
    {
        using var node = new SpinningNode("node", "--ros-args", "-p", "use_sim_time:=true");
        Publish(node, 1000 * Second);
        using var ticks = new Mailbox<long>();
        using var timer = node.Node.CreateTimer(TimeSpan.FromSeconds(10), () => ticks.Post(node.Node.Clock.NowNanoseconds / Second));
        node.Start();
        Publish(node, 1010 * Second);
        Assert.That(ticks.Take(), Is.EqualTo(1010));

        Publish(node, 3 * Second);
        Publish(node, 12 * Second);
        Publish(node, 13 * Second);
        Assert.That(ticks.Take(), Is.EqualTo(13));
    }

    [Test]
    public void A_timer_keeps_the_rest_of_its_period_when_the_source_changes()
    {
        using var node = new SpinningNode("node", "--ros-args", "-p", "use_sim_time:=true");
        Publish(node, 1000 * Second);
        using var ticks = new Mailbox<bool>();
        using var timer = node.Node.CreateTimer(TimeSpan.FromHours(1), () => ticks.Post(node.Node.Clock.IsRosTimeActive));
        node.Start();
        Publish(node, 4600 * Second - 1_000_000);
        Assert.That(node.Node.Parameters.Set("use_sim_time", false).Successful, Is.True);

        Assert.That(ticks.Take(), Is.False, "A millisecond of real time was left");
    }

    [Test]
    public void Sleep_ends_when_the_context_is_shut_down()
    {
        using var node = new SpinningNode("node", "--ros-args", "-p", "use_sim_time:=true");
        var sleep = node.Node.Clock.SleepForAsync(TimeSpan.FromSeconds(1));
        Rclcs.Shutdown(node.Context);

        Assert.That(() => sleep.WaitAsync(Within.Time), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void A_jump_callback_can_end_the_simulation_or_the_node()
    {
        using var node = new SpinningNode("node", "--ros-args", "-p", "use_sim_time:=true");
        using var ended = new Mailbox<bool>();
        using var jump = node.Node.Clock.AddJumpCallback(
            new JumpThreshold { MinForward = TimeSpan.FromSeconds(1) },
            before: null,
            _ => ended.Post(node.Node.Parameters.Set("use_sim_time", false).Successful));
        Assert.That(_clock.WaitForSubscriptions(1, Within.Time), Is.True);
        _clock.Publish(new ClockMessage { Clock_ = Stamp.FromNanoseconds(9 * Second) });

        Assert.That(ended.Take(), Is.True);
        Assert.That(_simulator.Node.Graph.WaitFor(() => _clock.SubscriptionCount == 0, Within.Time), Is.True);
    }

    [Test]
    public void The_simulation_can_end_while_a_jump_callback_sets_a_parameter()
    {
        using var node = new SpinningNode("node", "--ros-args", "-p", "use_sim_time:=true");
        node.Node.Parameters.Declare("jumps", 0L);
        using var entered = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        using var jump = node.Node.Clock.AddJumpCallback(new JumpThreshold { MinForward = TimeSpan.FromSeconds(1) }, before: null, _ =>
        {
            entered.Set();
            goOn.Wait();
            node.Node.Parameters.Set("jumps", 1L);
        });
        Assert.That(_clock.WaitForSubscriptions(1, Within.Time), Is.True);
        _clock.Publish(new ClockMessage { Clock_ = Stamp.FromNanoseconds(9 * Second) });
        Assert.That(entered.Wait(Within.Time), Is.True);

        // The value is seen once it is set; the end of the simulation then waits for the callback.
        var end = Task.Run(() => node.Node.Parameters.Set("use_sim_time", false));
        Assert.That(() => node.Node.Parameters.Get<bool>("use_sim_time"), Is.False.After((int)Within.Time.TotalMilliseconds, 1));
        goOn.Set();

        Assert.That(end.Wait(Within.Time), Is.True);
        Assert.That(node.Node.Parameters.Get<long>("jumps"), Is.EqualTo(1));
    }

    [Test]
    public void What_a_jump_callback_throws_comes_out_of_spinning_and_time_goes_on()
    {
        using var node = new SpinningNode("node", "--ros-args", "-p", "use_sim_time:=true");
        using (node.Node.Clock.AddJumpCallback(JumpThreshold.Any, before: null, _ => throw new InvalidDataException("a jump")))
        {
            Assert.That(_clock.WaitForSubscriptions(1, Within.Time), Is.True);
            _clock.Publish(new ClockMessage { Clock_ = Stamp.FromNanoseconds(9 * Second) });
            Assert.That(() => Rclcs.SpinOnce(node.Node, node.Context, Within.Time.TotalSeconds), Throws.TypeOf<InvalidDataException>());
        }

        Publish(node, 12 * Second);
        Assert.That(node.Node.Clock.NowNanoseconds, Is.EqualTo(12 * Second));
    }

    /// <summary>Publishes a time as soon as the node is there, and waits until its clock tells it.</summary>
    private void Publish(SpinningNode node, long nanoseconds)
    {
        Assert.That(_clock.WaitForSubscriptions(1, Within.Time), Is.True);
        using var arrived = new ManualResetEventSlim();
        using var jumps = node.Node.Clock.AddJumpCallback(JumpThreshold.Any, before: null, _ => arrived.Set());
        _clock.Publish(new ClockMessage { Clock_ = Stamp.FromNanoseconds(nanoseconds) });
        Assert.That(arrived.Wait(Within.Time), Is.True);
    }
}
