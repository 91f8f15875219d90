using rclcs.Middleware.CycloneDds.Interop;

namespace rclcs.Middleware.CycloneDds;

/// <summary>A DDS guard condition: the only thing that ends a wait reliably from another thread.</summary>
internal sealed class CycloneGuardCondition(CycloneContext context) : IGuardCondition, ICycloneWaitable
{
    private readonly DdsEntity _entity = new(
        Ddsc.dds_create_guardcondition(context.Participant), "A guard condition cannot be created");

    /// <inheritdoc/>
    public int Condition => _entity.Id;

    /// <inheritdoc/>
    public void Trigger() => Set(1);

    /// <inheritdoc/>
    public void AfterWait() => Set(0);

    /// <inheritdoc/>
    public void Dispose() => _entity.Dispose();

    private void Set(byte triggered)
    {
        var result = Ddsc.dds_set_guardcondition(_entity.Id, triggered);
        if (!DdsError.IsDeleted(result))
            DdsError.Check(result, "A guard condition cannot be set");
    }
}
