using rclcs.Middleware.CycloneDds.Interop;

namespace rclcs.Middleware.CycloneDds;

/// <summary>Creates readers and writers of topics whose type is known by name only.</summary>
internal static unsafe class CycloneTopic
{
    /// <summary>Creates a writer.</summary>
    /// <param name="context">Where.</param>
    /// <param name="topic">Name in DDS.</param>
    /// <param name="type">Name in DDS.</param>
    /// <param name="qos">Its policies.</param>
    /// <param name="listener">A <c>dds_listener_t*</c> or 0.</param>
    /// <param name="sertype">The type of its samples, valid as long as the writer exists.</param>
    public static DdsEntity CreateWriter(
        CycloneContext context, string topic, string type, DdsQos qos, nint listener, out nint sertype)
    {
        using var entity = Create(context, topic, type, out sertype);
        return new DdsEntity(
            Ddsc.dds_create_writer(context.Publisher, entity.Id, qos.Pointer, listener),
            $"A publisher of {topic} cannot be created");
    }

    /// <summary>Creates a reader; the arguments are those of <see cref="CreateWriter"/>.</summary>
    public static DdsEntity CreateReader(
        CycloneContext context, string topic, string type, DdsQos qos, nint listener)
    {
        using var entity = Create(context, topic, type, out _);
        return new DdsEntity(
            Ddsc.dds_create_reader(context.Subscriber, entity.Id, qos.Pointer, listener),
            $"A subscription of {topic} cannot be created");
    }

    private static DdsEntity Create(CycloneContext context, string topic, string type, out nint sertype)
    {
        var created = CdrSertype.Create(type);
        int result;
        fixed (byte* name = DdsText.ToNullTerminated(topic))
            result = Ddsc.dds_create_topic_sertype(context.Participant, name, &created, 0, 0, 0);

        // The reference is ours still where it failed.
        if (result < 0)
            Ddsc.ddsi_sertype_unref(created);

        sertype = created;
        return new DdsEntity(result, $"The topic {topic} of type {type} cannot be created");
    }
}
