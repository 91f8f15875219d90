using rclcs.Tests.Support;
using Text = std_msgs.msg.String;

namespace rclcs.Tests.Execution;

public sealed class SpinTests
{
    [Test]
    public void Spin_returns_when_its_token_is_canceled()
    {
        using var node = new SpinningNode("node");
        using var cancel = new CancellationTokenSource();
        var spinning = Task.Run(() => Rclcs.Spin(node.Node, node.Context, cancel.Token));
        cancel.Cancel();

        Assert.That(spinning.Wait(Within.Time), Is.True);
        Assert.That(Rclcs.Ok(node.Context), Is.True);
    }

    [Test]
    public void Spin_returns_when_the_context_is_shut_down_even_by_a_callback()
    {
        using var node = new SpinningNode("node");
        using var timer = node.Node.CreateWallTimer(TimeSpan.FromMilliseconds(1), () => Rclcs.Shutdown(node.Context));
        var spinning = Task.Run(() => Rclcs.Spin(node.Node, node.Context));

        Assert.That(spinning.Wait(Within.Time), Is.True);
        Assert.That(Rclcs.Ok(node.Context), Is.False);
        Assert.That(node.Context.ShutdownToken.IsCancellationRequested, Is.True);
    }

    [Test]
    public void Disposing_a_node_waits_for_the_callback_that_is_running()
    {
        using var node = new SpinningNode("node");
        using var entered = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        var finished = false;
        using var timer = node.Node.CreateWallTimer(TimeSpan.FromMilliseconds(1), () =>
        {
            entered.Set();
            go.Wait();
            finished = true;
        });
        var spinning = Task.Run(() => Rclcs.Spin(node.Node, node.Context));
        entered.Wait();
        var disposing = Task.Run(node.Node.Dispose);
        go.Set();

        Assert.That(disposing.Wait(Within.Time), Is.True);
        Assert.That(finished, Is.True);
        Assert.That(spinning.Wait(Within.Time), Is.True);
    }

    [Test]
    public void Two_threads_cannot_spin_one_node()
    {
        using var node = new SpinningNode("node");
        using var entered = new ManualResetEventSlim();
        using var timer = node.Node.CreateWallTimer(TimeSpan.FromMilliseconds(1), entered.Set);
        node.Start();
        entered.Wait();

        Assert.That(
            () => Rclcs.SpinOnce(node.Node, node.Context, 0),
            Throws.InstanceOf<RuntimeError>().With.Message.Contains("/node"));
    }

    [Test]
    public void SpinOnce_says_whether_there_was_something_to_do()
    {
        using var node = new SpinningNode("node");
        var texts = new List<string>();
        using var publisher = node.Node.CreatePublisher<Text>("chatter");
        using var subscription = node.Node.CreateSubscription<Text>("chatter", text => texts.Add(text.Data));
        Assert.That(publisher.WaitForSubscriptions(1, Within.Time), Is.True);

        Assert.That(Rclcs.SpinOnce(node.Node, node.Context, 0), Is.False);
        Assert.That(Rclcs.SpinOnce(node.Node, node.Context, 0.001), Is.False);
        publisher.Publish(new Text { Data = "one" });
        publisher.Publish(new Text { Data = "two" });
        Assert.That(Rclcs.SpinOnce(node.Node, node.Context, 10), Is.True);
        Assert.That(texts, Is.EqualTo(new[] { "one" }));
        Assert.That(Rclcs.SpinOnce(node.Node, node.Context, -1), Is.True);
        Assert.That(texts, Is.EqualTo(new[] { "one", "two" }));
    }

    [Test]
    public void An_exception_of_a_callback_comes_out_of_Spin_and_the_node_can_spin_again()
    {
        using var node = new SpinningNode("node");
        using var timer = node.Node.CreateWallTimer(
            TimeSpan.FromMilliseconds(1), () => throw new InvalidOperationException("from the callback"));

        Assert.That(
            () => Rclcs.Spin(node.Node, node.Context),
            Throws.InvalidOperationException.With.Message.EqualTo("from the callback"));
        Assert.That(() => Rclcs.SpinOnce(node.Node, node.Context, 10), Throws.InvalidOperationException);
    }

    [Test]
    public void A_subscription_can_be_made_and_disposed_while_its_node_spins()
    {
        using var node = new SpinningNode("node");
        node.Start();
        using var publisher = node.Node.CreatePublisher<Text>("chatter");
        for (var i = 0; i < 20; i++)
        {
            using var received = new Mailbox<string>();
            using var subscription = node.Node.CreateSubscription<Text>("chatter", text => received.Post(text.Data));
            Assert.That(subscription.WaitForPublishers(1, Within.Time), Is.True);
            publisher.Publish(new Text { Data = $"{i}" });
            Assert.That(received.Take(), Is.EqualTo($"{i}"));
        }
    }

    [Test]
    public void Timers_keep_their_pace_and_stop_when_canceled()
    {
        using var node = new SpinningNode("node");
        using var ticks = new Mailbox<long>();
        var start = System.Diagnostics.Stopwatch.GetTimestamp();
        using var timer = node.Node.CreateWallTimer(
            TimeSpan.FromMilliseconds(5), () => ticks.Post(System.Diagnostics.Stopwatch.GetTimestamp()));
        node.Start();

        for (var i = 0; i < 9; i++)
            ticks.Take();

        // The n-th is never due before n periods have passed.
        var tenth = ticks.Take();
        Assert.That(System.Diagnostics.Stopwatch.GetElapsedTime(start, tenth), Is.GreaterThanOrEqualTo(TimeSpan.FromMilliseconds(50)));

        timer.Cancel();
        Assert.That(timer.IsCanceled, Is.True);
        timer.Reset();
        Assert.That(timer.IsCanceled, Is.False);
        Assert.That(ticks.Take(), Is.GreaterThan(tenth));
    }

    [Test]
    public void A_timer_needs_a_positive_period()
    {
        using var node = new SpinningNode("node");
        Assert.That(
            () => node.Node.CreateWallTimer(TimeSpan.Zero, () => { }), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }
}
