namespace rclcs.Middleware;

/// <summary>A node, as others see it. Dispose after its publishers and subscriptions.</summary>
internal interface IMiddlewareNode : IDisposable
{
    /// <summary>Creates a publisher.</summary>
    /// <param name="topic">Complete name.</param>
    /// <param name="type">What is published.</param>
    /// <param name="qos">How.</param>
    /// <exception cref="RuntimeError">The middleware refuses, with the reason.</exception>
    IMiddlewarePublisher CreatePublisher(string topic, MessageType type, QosProfile qos);

    /// <summary>Creates a subscription.</summary>
    /// <param name="topic">Complete name.</param>
    /// <param name="type">What is expected.</param>
    /// <param name="qos">How.</param>
    /// <exception cref="RuntimeError">The middleware refuses, with the reason.</exception>
    IMiddlewareSubscription CreateSubscription(string topic, MessageType type, QosProfile qos);

    /// <summary>Creates the serving end of a service.</summary>
    /// <param name="name">Complete name.</param>
    /// <param name="type">What is served.</param>
    /// <param name="qos">How requests and responses travel.</param>
    /// <exception cref="RuntimeError">The middleware refuses, with the reason.</exception>
    IMiddlewareService CreateService(string name, ServiceType type, QosProfile qos);

    /// <summary>Creates the calling end of a service.</summary>
    /// <param name="name">Complete name.</param>
    /// <param name="type">What is called.</param>
    /// <param name="qos">How requests and responses travel.</param>
    /// <exception cref="RuntimeError">The middleware refuses, with the reason.</exception>
    IMiddlewareClient CreateClient(string name, ServiceType type, QosProfile qos);
}
