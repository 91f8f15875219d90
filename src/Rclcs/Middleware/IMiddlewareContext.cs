namespace rclcs.Middleware;

/// <summary>A place in a domain, in which nodes live. Dispose after everything that was created from it.</summary>
/// <remarks>All members may be called from any thread.</remarks>
internal interface IMiddlewareContext : IDisposable
{
    /// <summary>What is known about the other nodes and topics of the domain.</summary>
    IGraph Graph { get; }

    /// <summary>What is not as the user asked for, in one sentence for the log; null if all is.</summary>
    string? Warning => null;

    /// <summary>Whether there are services. Without them, creating a service or client fails.</summary>
    bool HasServices => true;

    /// <summary>Makes a node known to the domain.</summary>
    /// <param name="name">Name without namespace.</param>
    /// <param name="nodeNamespace">Namespace with a leading slash.</param>
    IMiddlewareNode CreateNode(string name, string nodeNamespace);

    /// <summary>Creates a switch that ends a wait.</summary>
    IGuardCondition CreateGuardCondition();

    /// <summary>Creates an empty wait set.</summary>
    IWaitSet CreateWaitSet();
}
