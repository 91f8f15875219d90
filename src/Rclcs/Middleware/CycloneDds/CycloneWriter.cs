using rclcs.Middleware.CycloneDds.Interop;

namespace rclcs.Middleware.CycloneDds;

/// <summary>A DDS writer of serialized samples. All members may be called from any thread.</summary>
internal sealed class CycloneWriter : IDisposable
{
    private readonly string _topic;
    private readonly DdsEntity _entity;
    private readonly nint _sertype;

    /// <summary>Creates it; the arguments are those of <see cref="CycloneTopic.CreateWriter"/>.</summary>
    public CycloneWriter(CycloneContext context, string topic, string type, DdsQos qos, nint listener)
    {
        _topic = topic;
        _entity = CycloneTopic.CreateWriter(context, topic, type, qos, listener, out _sertype);
    }

    /// <summary>The entity.</summary>
    public int Id => _entity.Id;

    /// <summary>See <see cref="IMiddlewareSender.Allocate"/>.</summary>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public OutgoingMessage Allocate(int size)
    {
        // The writer keeps the type alive: it must not go while a sample is made and written.
        var counted = false;
        _entity.DangerousAddRef(ref counted);
        try
        {
            var serdata = CdrSerdata.Create(_sertype, size);
            return new OutgoingMessage(serdata, CdrSerdata.Data(serdata), size);
        }
        catch (OutOfMemoryException exception)
        {
            _entity.DangerousRelease();
            throw new RuntimeError($"There is no memory for a message of {size} bytes on {_topic}.", exception);
        }
    }

    /// <summary>See <see cref="IMiddlewarePublisher.Write"/>.</summary>
    public void Write(OutgoingMessage message)
    {
        var result = Ddsc.dds_writecdr(_entity.Id, message.Handle);

        // A sample that got into the library belongs to it, also if writing failed.
        if (DdsError.IsDeleted(result))
            Ddsc.ddsi_serdata_unref(message.Handle);

        _entity.DangerousRelease();
        if (result < 0)
            throw DdsError.Create(result, $"A message on {_topic} cannot be sent");
    }

    /// <summary>See <see cref="IMiddlewareSender.Discard"/>.</summary>
    public void Discard(OutgoingMessage message)
    {
        Ddsc.ddsi_serdata_unref(message.Handle);
        _entity.DangerousRelease();
    }

    /// <summary>Deletes the writer, once no thread is writing.</summary>
    public void Dispose() => _entity.Dispose();
}
