using rclcs.Middleware.CycloneDds.Interop;

namespace rclcs.Middleware.CycloneDds;

/// <summary>Reads one of Cyclone DDS's built-in topics, which report what has been discovered.</summary>
internal sealed unsafe class BuiltinReader : ICycloneWaitable, IDisposable
{
    private const int MaxTaken = 32;

    private readonly DdsEntity _entity;

    /// <summary>Creates the reader.</summary>
    /// <param name="context">Where.</param>
    /// <param name="topic">A pseudo handle of <see cref="DdsConstants"/>.</param>
    public BuiltinReader(CycloneContext context, int topic)
    {
        _entity = new DdsEntity(
            Ddsc.dds_create_reader(context.Participant, topic, 0, 0), "The built-in topics cannot be read");
        Condition = DdsError.Check(
            Ddsc.dds_create_readcondition(_entity.Id, DdsConstants.AnyState),
            "The built-in topics cannot be waited for");
    }

    /// <summary>Looks at a sample of the topic's type, of which only the key is set where there is no valid data.</summary>
    public delegate void Visit(void* sample, DdsSampleInfo info);

    /// <inheritdoc/>
    public int Condition { get; }

    /// <inheritdoc/>
    public void AfterWait()
    {
    }

    /// <summary>Takes all that is there.</summary>
    public void Take(Visit visit)
    {
        var samples = stackalloc void*[MaxTaken];
        var infos = stackalloc DdsSampleInfo[MaxTaken];
        int count;
        do
        {
            // A null in front asks for samples of the library's own.
            samples[0] = null;
            count = Ddsc.dds_take(_entity.Id, samples, infos, MaxTaken, MaxTaken);
            for (var i = 0; i < count; i++)
                visit(samples[i], infos[i]);

            if (count > 0)
                _ = Ddsc.dds_return_loan(_entity.Id, samples, count);
        }
        while (count == MaxTaken);
    }

    /// <inheritdoc/>
    public void Dispose() => _entity.Dispose();
}
