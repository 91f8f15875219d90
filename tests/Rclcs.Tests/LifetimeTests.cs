using rclcs.Tests.Support;
using Text = std_msgs.msg.String;

namespace rclcs.Tests;

public sealed class LifetimeTests
{
    [Test]
    public void Fifty_contexts_leave_no_thread_handle_or_memory_behind()
    {
        for (var i = 0; i < 10; i++)
            UseContext();

        var before = ProcessState.Now();
        for (var i = 0; i < 50; i++)
            UseContext();

        before.AssertNoGrowth(megabytes: 60);
    }

    [Test]
    public void A_context_can_be_shut_down_twice_and_not_be_used_after()
    {
        var context = TestDomain.Join();
        Assert.That(Rclcs.Ok(context), Is.True);
        Rclcs.Shutdown(context);
        Rclcs.Shutdown(context);

        Assert.That(Rclcs.Ok(context), Is.False);
        Assert.That(() => Rclcs.CreateNode("late", context), Throws.InstanceOf<NotInitializedException>());
    }

    [Test]
    public void A_context_is_initialized_once_and_before_use()
    {
        using var context = new Context(TestDomain.Options);
        Assert.That(() => Rclcs.CreateNode("early", context), Throws.InstanceOf<NotInitializedException>());

        Rclcs.Init(context);
        Assert.That(() => Rclcs.Init(context), Throws.InstanceOf<RuntimeError>().With.Message.Contains("initialized already"));
    }

    [Test]
    public void Contexts_of_one_process_can_be_in_different_domains()
    {
        using var watcher = TestDomain.Join();
        using var other = TestDomain.Claim();
        using var elsewhere = new Context(new ContextOptions { DomainId = other.Number });
        Rclcs.Init(elsewhere);
        using var apart = Rclcs.CreateNode("apart", elsewhere);
        using var beside = TestDomain.Join();
        using var neighbor = Rclcs.CreateNode("neighbor", beside);

        using var node = Rclcs.CreateNode("watcher", watcher);
        Assert.That(node.Graph.WaitFor(() => node.Graph.GetNodeNames().Any(other => other.Name == "neighbor"), Within.Time), Is.True);
        Assert.That(node.Graph.GetNodeNames().Select(other => other.Name), Has.None.EqualTo("apart"));
        Assert.That((watcher.DomainId, beside.DomainId), Is.EqualTo((TestDomain.Id, TestDomain.Id)));
    }

    [Test]
    public void Without_option_the_domain_is_that_of_the_environment()
    {
        using var variable = new EnvironmentVariable("ROS_DOMAIN_ID", "17");
        using var context = new Context();
        Rclcs.Init(context);
        Assert.That(context.DomainId, Is.EqualTo(17));
    }

    [TestCase(-1)]
    [TestCase(233)]
    public void A_domain_that_cannot_be_is_refused(int domainId) => Assert.That(
        () => new Context(new ContextOptions { DomainId = domainId }), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public void Shutting_the_context_down_disposes_its_nodes()
    {
        var context = TestDomain.Join();
        var node = Rclcs.CreateNode("node", context);
        var publisher = node.CreatePublisher<Text>("chatter");
        Rclcs.Shutdown(context);

        Assert.That(() => publisher.Publish(new Text()), Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(() => node.CreatePublisher<Text>("other"), Throws.InstanceOf<RuntimeError>());
        node.Dispose();
    }

    [Test]
    public void Callbacks_of_two_threads_may_shut_the_context_down_at_once()
    {
        var context = TestDomain.Join();
        using var both = new Barrier(2);
        var spinning = new[] { "a", "b" }.Select(name =>
        {
            var node = Rclcs.CreateNode(name, context);
            node.CreateWallTimer(TimeSpan.FromMilliseconds(1), () =>
            {
                both.SignalAndWait(Within.Time);
                Rclcs.Shutdown(context);
            });
            return Task.Run(() => Rclcs.Spin(node, context));
        }).ToArray();

        Assert.That(Task.WaitAll(spinning, Within.Time), Is.True);
    }

    [Test]
    public void Publishing_goes_on_without_harm_while_the_publisher_is_disposed()
    {
        using var node = new SpinningNode("node");
        for (var i = 0; i < 30; i++)
        {
            var publisher = node.Node.CreatePublisher<Text>("chatter");
            using var started = new ManualResetEventSlim();
            var publishing = Task.Run(() =>
            {
                try
                {
                    while (true)
                    {
                        publisher.Publish(new Text { Data = "x" });
                        started.Set();
                    }
                }
                catch (ObjectDisposedException)
                {
                    return true;
                }
            });
            started.Wait();
            publisher.Dispose();
            Assert.That(publishing.Wait(Within.Time), Is.True);
        }
    }

    private static void UseContext()
    {
        using var conversation = new Conversation();
        Assert.That(conversation.Say("x"), Is.EqualTo("x"));
    }
}
