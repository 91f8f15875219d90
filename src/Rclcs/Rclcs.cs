namespace rclcs;

/// <summary>Where a program begins: initializes contexts, creates nodes and lets them work.</summary>
/// <example>
/// <code>
/// using var context = new Context();
/// Rclcs.Init(context, args);
/// using var node = Rclcs.CreateNode("listener", context);
/// using var subscription = node.CreateSubscription&lt;std_msgs.msg.String&gt;("chatter", message => Console.WriteLine(message.Data));
/// Rclcs.Spin(node, context);
/// </code>
/// </example>
public static class Rclcs
{
    /// <summary>
    /// Initializes a context: reads the command line and the environment, joins the domain, and from now on lets
    /// SIGINT and SIGTERM end spinning instead of the process.
    /// </summary>
    /// <param name="context">A new context.</param>
    /// <param name="args">The command line without the program's name.</param>
    /// <exception cref="RosArgumentsException">An argument for ROS is wrong.</exception>
    /// <exception cref="RuntimeError">
    /// The middleware is missing or refuses, an environment variable is wrong, or the context is initialized already.
    /// </exception>
    public static void Init(Context context, IEnumerable<string>? args = null) => context.Initialize(args ?? []);

    /// <summary>
    /// The whole of a program: initializes a context, does the work, shuts the context down, and says in one sentence on
    /// standard error what stood in the way.
    /// </summary>
    /// <param name="program">Its name, which the sentence begins with.</param>
    /// <param name="args">The command line without the program's name.</param>
    /// <param name="work">Gets the initialized context and returns the exit code.</param>
    /// <param name="describe">
    /// The sentence for an exception other than <see cref="RuntimeError"/>; null for one that is to come out of here.
    /// </param>
    /// <returns>
    /// The program's exit code: what the work returned, 1 after a sentence, and 0 if SIGINT or SIGTERM came before the
    /// work was ready for it.
    /// </returns>
    /// <example>
    /// <code>
    /// return Rclcs.Run("talker", args, context =>
    /// {
    ///     using var node = Rclcs.CreateNode("talker", context);
    ///     Rclcs.Spin(node, context);
    ///     return 0;
    /// });
    /// </code>
    /// </example>
    public static int Run(
        string program, IEnumerable<string> args, Func<Context, int> work, Func<Exception, string?>? describe = null) =>
        RunAsync(program, args, context => Task.FromResult(work(context)), describe).GetAwaiter().GetResult();

    /// <summary>Like <see cref="Run"/>, for an <c>async</c> program.</summary>
    /// <param name="program">Its name, which the sentence begins with.</param>
    /// <param name="args">The command line without the program's name.</param>
    /// <param name="work">
    /// Gets the initialized context and returns the exit code. It may let <see cref="Context.ShutdownToken"/> end what it
    /// awaits.
    /// </param>
    /// <param name="describe">
    /// The sentence for an exception other than <see cref="RuntimeError"/>; null for one that is to come out of here.
    /// </param>
    /// <returns>
    /// The program's exit code: what the work returned, 1 after a sentence, and 0 if SIGINT or SIGTERM canceled the work, or
    /// came before it was ready for it.
    /// </returns>
    /// <example>
    /// <code>
    /// return await Rclcs.RunAsync("listener", args, async context =>
    /// {
    ///     using var node = Rclcs.CreateNode("listener", context);
    ///     using var texts = node.CreateSubscription&lt;std_msgs.msg.String&gt;("chatter");
    ///     var spinning = Rclcs.SpinAsync(node, context);
    ///     await foreach (var text in texts)
    ///     {
    ///         using (text)
    ///             Console.WriteLine(text.Message.Data);
    ///     }
    ///
    ///     await spinning;
    ///     return 0;
    /// });
    /// </code>
    /// </example>
    public static async Task<int> RunAsync(
        string program, IEnumerable<string> args, Func<Context, Task<int>> work, Func<Exception, string?>? describe = null)
    {
        using var context = new Context();
        try
        {
            Init(context, args);
            return await work(context).ConfigureAwait(false);
        }
        catch (Exception error) when (context.IsEnd(error))
        {
            return 0;
        }
        catch (Exception error) when ((error is RuntimeError ? error.Message : describe?.Invoke(error)) is { } sentence)
        {
            Console.Error.WriteLine($"{program}: {sentence}");
            return 1;
        }
    }

    /// <summary>Whether the context is initialized and not shut down.</summary>
    public static bool Ok(Context context) => context.IsOk;

    /// <summary>Ends all spinning, disposes the context's nodes and leaves the domain. May be called twice.</summary>
    /// <param name="context">The context.</param>
    public static void Shutdown(Context context) => context.Dispose();

    /// <summary>Creates a node.</summary>
    /// <param name="name">Its name, which <c>-r __node:=</c> can change.</param>
    /// <param name="context">An initialized context.</param>
    /// <param name="nodeNamespace">Its namespace, which <c>-r __ns:=</c> can change; empty for the root.</param>
    /// <param name="options">What it does beside that; null for the defaults.</param>
    /// <returns>The node, which the caller disposes, or else the context does.</returns>
    /// <exception cref="InvalidNameException">The name or namespace breaks a rule.</exception>
    /// <exception cref="NotInitializedException">The context is not initialized, or is shut down.</exception>
    public static INode CreateNode(
        string name, Context context, string nodeNamespace = "", NodeOptions? options = null) =>
        new Node(name, nodeNamespace, context, options ?? new NodeOptions());

    /// <summary>
    /// Calls the node's callbacks, on this thread and one after the other, until the context is shut down.
    /// An exception of a callback comes out of here.
    /// </summary>
    /// <param name="node">
    /// The node. One thread at a time may spin it. Several nodes can spin on threads of their own, or on one thread by an
    /// <see cref="Executor"/>.
    /// </param>
    /// <param name="context">The node's context.</param>
    /// <exception cref="RuntimeError">Another thread or executor spins the node.</exception>
    public static void Spin(INode node, Context context) => Spin(node, context, CancellationToken.None);

    /// <summary>Like <see cref="Spin(INode, Context)"/>, and ends also when the token is canceled.</summary>
    /// <param name="node">The node.</param>
    /// <param name="context">The node's context.</param>
    /// <param name="cancellationToken">Ends spinning; no exception is thrown for it.</param>
    /// <exception cref="RuntimeError">Another thread spins the node.</exception>
    public static void Spin(INode node, Context context, CancellationToken cancellationToken) =>
        GetExecutor(node, context).Spin(cancellationToken);

    /// <summary>Like <see cref="Spin(INode, Context, CancellationToken)"/>, on a thread of its own.</summary>
    /// <param name="node">The node.</param>
    /// <param name="context">The node's context.</param>
    /// <param name="cancellationToken">Ends spinning; the task then completes, it is not canceled.</param>
    /// <returns>
    /// Completes when spinning has ended; holds the exception of a callback. Await it, or that exception is lost.
    /// </returns>
    /// <exception cref="RuntimeError">Another executor serves the node.</exception>
    public static Task SpinAsync(INode node, Context context, CancellationToken cancellationToken = default) =>
        GetExecutor(node, context).SpinAsync(cancellationToken);

    /// <summary>Waits until something is to do for the node, and calls the callbacks that are due: at most one message each.</summary>
    /// <param name="node">The node.</param>
    /// <param name="context">The node's context.</param>
    /// <param name="timeoutSeconds">How long to wait in seconds; 0 not to wait, negative for ever.</param>
    /// <returns>Whether a callback was called.</returns>
    /// <exception cref="RuntimeError">Another thread spins the node.</exception>
    public static bool SpinOnce(INode node, Context context, double timeoutSeconds) => GetExecutor(node, context).SpinOnce(
        timeoutSeconds < 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(timeoutSeconds));

    /// <summary>The arguments that are not for ROS: those outside of <c>--ros-args … --</c>.</summary>
    /// <param name="args">The command line without the program's name.</param>
    /// <exception cref="RosArgumentsException">An argument for ROS is wrong.</exception>
    public static string[] RemoveRosArguments(IEnumerable<string> args) => [.. RosArguments.Parse(args).Others];

    private static Executor GetExecutor(INode node, Context context) => NodeExecutor.Of(node, context).GetOwn();
}
