using rclcs.Serialization;

namespace rclcs.Tests.Support;

/// <summary>A node and a neighbour of it in the process's domain, which the test's own thread spins.</summary>
internal sealed class NodePair : IDisposable
{
    public NodePair(string name, params string[] args)
    {
        Environment.SetEnvironmentVariable("ROS_AUTOMATIC_DISCOVERY_RANGE", "LOCALHOST");
        Context = TestDomain.Join(args);
        Node = Rclcs.CreateNode(name, Context);
        Neighbour = Rclcs.CreateNode("neighbour", Context);
    }

    public Context Context { get; }

    public INode Node { get; }

    public INode Neighbour { get; }

    /// <summary>Lets both, or the node alone, do what waits for them, for a moment.</summary>
    public void Spin(bool both = true)
    {
        Rclcs.SpinOnce(Node, Context, 0.01);
        if (both)
            Rclcs.SpinOnce(Neighbour, Context, 0.01);
    }

    /// <summary>Lets both, or the node alone, work until a condition holds.</summary>
    public void SpinUntil(Func<bool> condition, bool both = true)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.That(TimeProvider.System.GetElapsedTime(start), Is.LessThan(Within.Time), "It has not happened.");
            Spin(both);
        }
    }

    /// <summary>Calls a service as soon as it is there, and returns what it answers.</summary>
    public TResponse Call<TRequest, TResponse>(IClient<TRequest, TResponse> client, TRequest request)
        where TRequest : class, IMessage<TRequest>, IServiceRequest<TResponse>, new()
        where TResponse : class, IMessage<TResponse>, new()
    {
        SpinUntil(() => client.IsServiceAvailable);
        var answer = client.CallAsync(request);
        SpinUntil(() => answer.IsCompleted);
        return answer.Result;
    }

    public void Dispose()
    {
        Node.Dispose();
        Neighbour.Dispose();
        Context.Dispose();
    }
}
