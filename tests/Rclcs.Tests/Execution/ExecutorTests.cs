using rclcs.Tests.Support;
using Text = std_msgs.msg.String;

namespace rclcs.Tests.Execution;

public sealed class ExecutorTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    [Test]
    public async Task Several_nodes_work_on_one_thread()
    {
        using var context = TestDomain.Join();
        using var first = Rclcs.CreateNode("first", context);
        using var second = Rclcs.CreateNode("second", context);
        using var executor = new Executor(context);
        executor.Add(first);
        using var received = new Mailbox<(string Text, int Thread)>();
        using var timers = new Mailbox<int>();
        using var publisher = first.CreatePublisher<Text>("chatter");
        using var subscription = second.CreateSubscription<Text>(
            "chatter", text => received.Post((text.Data, Environment.CurrentManagedThreadId)));
        using var timer = first.CreateWallTimer(Tick, () => timers.Post(Environment.CurrentManagedThreadId));
        var spinning = executor.SpinAsync();
        executor.Add(second);
        Assert.That(publisher.WaitForSubscriptions(1, Within.Time), Is.True);
        publisher.Publish(new Text { Data = "hello" });

        var (text, thread) = received.Take();
        Assert.That(text, Is.EqualTo("hello"));
        Assert.That(timers.Take(), Is.EqualTo(thread).And.Not.EqualTo(Environment.CurrentManagedThreadId));
        executor.Dispose();
        await spinning.WaitAsync(Within.Time);
    }

    [Test]
    public async Task A_node_can_go_while_the_others_work_on()
    {
        using var context = TestDomain.Join();
        using var stays = Rclcs.CreateNode("stays", context);
        using var goes = Rclcs.CreateNode("goes", context);
        using var executor = new Executor(context);
        executor.Add(stays);
        executor.Add(goes);
        using var ticks = new Mailbox<int>();
        using var entered = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        var finished = false;
        using var blocking = goes.CreateWallTimer(Tick, () =>
        {
            entered.Set();
            go.Wait();
            finished = true;
        });
        var spinning = executor.SpinAsync();
        entered.Wait();
        var disposing = goes.DisposeAsync();
        go.Set();
        await disposing.AsTask().WaitAsync(Within.Time);

        Assert.That(finished, Is.True, "disposing waits for the callback that is running");
        using var ticking = stays.CreateWallTimer(Tick, () => ticks.Post(1));
        ticks.Take();
        Assert.That(spinning.IsCompleted, Is.False);
    }

    [Test]
    public async Task A_node_that_was_removed_can_be_spun_alone()
    {
        using var node = new SpinningNode("node");
        using var ticks = new Mailbox<int>();
        using var executor = new Executor(node.Context);
        executor.Add(node.Node);
        using var timer = node.Node.CreateWallTimer(Tick, () => ticks.Post(1));

        Assert.That(
            () => Rclcs.SpinOnce(node.Node, node.Context, 0),
            Throws.InstanceOf<RuntimeError>().With.Message.Contains("/node"));
        Assert.That(() => executor.Add(node.Node), Throws.InstanceOf<RuntimeError>().With.Message.Contains("/node"));

        executor.Remove(node.Node);
        Assert.That(() => executor.Remove(node.Node), Throws.InstanceOf<RuntimeError>().With.Message.Contains("/node"));
        Assert.That(executor.SpinOnce(TimeSpan.Zero), Is.False);
        var spinning = Rclcs.SpinAsync(node.Node, node.Context);
        ticks.Take();
        Rclcs.Shutdown(node.Context);
        await spinning.WaitAsync(Within.Time);
    }

    [Test]
    public async Task SpinAsync_ends_without_exception_when_the_node_is_disposed_at_once()
    {
        using var context = TestDomain.Join();
        for (var i = 0; i < 20; i++)
        {
            var node = Rclcs.CreateNode($"short_{i}", context);
            var spinning = Rclcs.SpinAsync(node, context);
            node.Dispose();
            await spinning.WaitAsync(Within.Time);
        }
    }

    [Test]
    public async Task SpinAsync_ends_without_exception_when_its_token_is_canceled()
    {
        using var node = new SpinningNode("node");
        using var cancel = new CancellationTokenSource();
        var spinning = Rclcs.SpinAsync(node.Node, node.Context, cancel.Token);
        await cancel.CancelAsync();

        await spinning.WaitAsync(Within.Time);
        Assert.That(Rclcs.Ok(node.Context), Is.True);
    }

    [Test]
    public void SpinAsync_holds_the_exception_of_a_callback()
    {
        using var node = new SpinningNode("node");
        using var timer = node.Node.CreateWallTimer(Tick, () => throw new InvalidOperationException("from the callback"));
        var spinning = Rclcs.SpinAsync(node.Node, node.Context);

        Assert.That(
            async () => await spinning.WaitAsync(Within.Time),
            Throws.InvalidOperationException.With.Message.EqualTo("from the callback"));
    }

    [Test]
    public async Task Disposing_a_context_waits_for_the_callback_that_is_running()
    {
        await using var context = TestDomain.Join();
        var node = Rclcs.CreateNode("node", context);
        using var entered = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        var finished = false;
        node.CreateWallTimer(Tick, () =>
        {
            entered.Set();
            go.Wait();
            finished = true;
        });
        var executor = new Executor(context);
        executor.Add(node);
        var spinning = executor.SpinAsync();
        entered.Wait();
        var disposing = context.DisposeAsync();
        go.Set();
        await disposing.AsTask().WaitAsync(Within.Time);

        Assert.That(finished, Is.True);
        await spinning.WaitAsync(Within.Time);
    }
}
