using rclcs.Serialization;

namespace rclcs.Middleware.CycloneDds;

/// <summary>Sends <see cref="DiscoveryInfo"/>; who comes late gets the last one.</summary>
internal sealed class DiscoveryPublisher(CycloneContext context) : IDisposable
{
    private readonly CycloneWriter _writer = CreateWriter(context);

    /// <summary>Reliable, transient local, the last message alone.</summary>
    public static QosProfile Qos { get; } = QosProfile.Latched;

    /// <summary>Sends the state of all nodes.</summary>
    public void Publish(DiscoveryInfo info)
    {
        var message = _writer.Allocate(CdrWriter.Measure(info));
        var writer = new CdrWriter(message.Bytes);
        info.Serialize(ref writer);
        _writer.Write(message);
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    private static CycloneWriter CreateWriter(CycloneContext context)
    {
        using var qos = DdsQos.Create(Qos, DiscoveryInfo.TypeHash);
        return new CycloneWriter(context, DiscoveryInfo.TopicName, DiscoveryInfo.TypeName, qos, listener: 0);
    }
}
