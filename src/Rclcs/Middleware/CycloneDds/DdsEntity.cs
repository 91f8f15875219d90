using System.Runtime.InteropServices;
using rclcs.Middleware.CycloneDds.Interop;

namespace rclcs.Middleware.CycloneDds;

/// <summary>Owns an entity of Cyclone DDS and all that was created under it, and deletes them.</summary>
internal sealed class DdsEntity : SafeHandle
{
    /// <summary>Takes an entity over.</summary>
    /// <param name="result">What a <c>dds_create_…</c> returned.</param>
    /// <param name="failure">Begins the sentence if that was an error.</param>
    /// <exception cref="RuntimeError">It was an error.</exception>
    public DdsEntity(int result, string failure)
        : base(0, ownsHandle: true) => SetHandle(DdsError.Check(result, failure));

    /// <inheritdoc/>
    public override bool IsInvalid => handle <= 0;

    /// <summary>The entity's number. Calls with it after Dispose return an error and do nothing else.</summary>
    public int Id => (int)handle;

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        var result = Ddsc.dds_delete(Id);
        return result >= 0 || DdsError.IsDeleted(result);
    }
}
