using rclcs.Tests.Support;

namespace rclcs.Tests;

public sealed class RunTests
{
    private static readonly string[] NoArguments = [];

    [Test]
    public void The_work_gets_a_context_that_is_ready_and_gives_the_exit_code()
    {
        Context? used = null;
        var code = Rclcs.Run("program", ["--ros-args", "-r", "__node:=renamed", "--", "rest"], context =>
        {
            used = context;
            using var node = Rclcs.CreateNode("node", context);
            Assert.That(node.Name, Is.EqualTo("renamed"));
            Assert.That(context.Arguments, Is.EqualTo(new[] { "rest" }));
            return 7;
        });

        Assert.That(code, Is.EqualTo(7));
        Assert.That(used?.IsOk, Is.False, "The context is shut down");
    }

    [Test]
    public void A_wrong_ROS_argument_gives_one_sentence_and_exit_code_1()
    {
        using var log = new LogCapture();
        var code = Rclcs.Run("program", ["--ros-args", "--no-such-option"], _ => throw new AssertionException("Not reached"));

        Assert.That(code, Is.EqualTo(1));
        Assert.That(log.Lines, Has.Count.EqualTo(1));
        Assert.That(log.Lines[0], Does.StartWith("program: ").And.Contain("--no-such-option").And.Not.Contain("\n"));
    }

    [Test]
    public void What_ROS_refuses_gives_one_sentence_and_exit_code_1()
    {
        Exception[] errors = [new RuntimeError("No."), new ParameterException("No."), new InvalidNameException("No.")];
        using var log = new LogCapture();
        foreach (var error in errors)
            Assert.That(Rclcs.Run("program", NoArguments, _ => throw error, _ => "Not asked."), Is.EqualTo(1));

        Assert.That(log.Lines, Is.EqualTo(new[] { "program: No.", "program: No.", "program: No." }));
    }

    [Test]
    public void A_signal_during_the_start_is_no_error()
    {
        using var log = new LogCapture();
        var code = Rclcs.Run("program", NoArguments, context =>
        {
            context.RequestShutdown(); // As SIGINT and SIGTERM do.
            using var node = Rclcs.CreateNode("node", context);
            return 7;
        });

        Assert.That(code, Is.Zero);
        Assert.That(log.Lines, Is.Empty);
    }

    [Test]
    public void A_wait_of_a_task_that_the_end_cancels_is_no_error()
    {
        using var log = new LogCapture();
        var code = Rclcs.Run("program", NoArguments, context =>
        {
            using var node = Rclcs.CreateNode("node", context);
            using var publisher = node.CreatePublisher<std_msgs.msg.String>("chatter");
            var matched = publisher.WaitForSubscriptionsAsync(1, context.ShutdownToken);
            context.RequestShutdown();
            matched.Wait(); // Throws an AggregateException.
            return 7;
        });

        Assert.That(code, Is.Zero);
        Assert.That(log.Lines, Is.Empty);
    }

    [Test]
    public void A_context_that_is_used_while_it_ends_is_no_error()
    {
        using var log = new LogCapture();
        var seen = false;
        var code = Rclcs.Run("program", NoArguments, context =>
        {
            // Canceled first: until all who wait for it know, ShutdownToken is not.
            using var registration = context.EndToken.Register(() =>
            {
                var error = Assert.Throws<NotInitializedException>(() => Rclcs.CreateNode("node", context).Dispose());
                Assert.That(context.ShutdownToken.IsCancellationRequested, Is.False);
                Assert.That(seen = context.IsEnd(error!), Is.True);
            });
            context.RequestShutdown();
            return 7;
        });

        Assert.That(code, Is.EqualTo(7));
        Assert.That(seen, Is.True);
        Assert.That(log.Lines, Is.Empty);
    }

    [Test]
    public async Task A_signal_that_cancels_what_an_async_program_awaits_is_no_error()
    {
        using var log = new LogCapture();
        var code = await Rclcs.RunAsync("program", NoArguments, async context =>
        {
            using var node = Rclcs.CreateNode("node", context);
            using var publisher = node.CreatePublisher<std_msgs.msg.String>("chatter");
            var matched = publisher.WaitForSubscriptionsAsync(1, context.ShutdownToken);
            context.RequestShutdown(); // As SIGINT and SIGTERM do.
            await matched;
            return 7;
        });

        Assert.That(code, Is.Zero);
        Assert.That(log.Lines, Is.Empty);
    }

    [Test]
    public void Use_of_another_context_that_is_not_initialized_is_an_error()
    {
        using var log = new LogCapture();
        using var other = new Context();

        Assert.That(Rclcs.Run("program", NoArguments, _ => Rclcs.CreateNode("node", other).Name.Length), Is.EqualTo(1));
        Assert.That(log.Lines, Has.One.Contains("call Rclcs.Init first"));
    }

    [Test]
    public void An_exception_of_the_program_gives_its_sentence_or_comes_out()
    {
        using var log = new LogCapture();
        static string? Describe(Exception error) => error is IOException ? "The disk is full." : null;

        Assert.That(Rclcs.Run("program", NoArguments, _ => throw new IOException(), Describe), Is.EqualTo(1));
        Assert.That(log.Lines, Is.EqualTo(new[] { "program: The disk is full." }));
        Assert.That(
            () => Rclcs.Run("program", NoArguments, _ => throw new FormatException(), Describe),
            Throws.InstanceOf<FormatException>());
        Assert.That(() => Rclcs.Run("program", NoArguments, _ => throw new FormatException()), Throws.InstanceOf<FormatException>());
    }
}
