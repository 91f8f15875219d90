namespace rclcs.Tests.Support;

/// <summary>A node in a context of its own, which spins on a thread of its own once told to.</summary>
internal sealed class SpinningNode : IDisposable
{
    private Thread? _thread;

    public SpinningNode(string name, params string[] args)
    {
        Context = TestDomain.Join(args);
        try
        {
            Node = Rclcs.CreateNode(name, Context);
        }
        catch
        {
            Context.Dispose();
            throw;
        }
    }

    public Context Context { get; }

    public INode Node { get; }

    public SpinningNode Start()
    {
        _thread = new Thread(() => Rclcs.Spin(Node, Context)) { Name = $"spin {Node.Name}" };
        _thread.Start();
        return this;
    }

    public void Dispose()
    {
        Rclcs.Shutdown(Context);
        _thread?.Join();
    }
}
