using System.Runtime.InteropServices;

namespace rclcs.Middleware.Rcl;

/// <summary>
/// Owns a structure of rcl: a node, a publisher, a wait set. Keeps what it was created from (a publisher its node, a node
/// its context) until it is finalized itself, which happens after Dispose when no thread uses it any more.
/// </summary>
/// <remarks>
/// The structure is zeroed memory with more room than any distribution needs: rcl's own zero-initialized values are
/// zeroes, and its fields are rcl's business.
/// </remarks>
internal sealed unsafe class RclHandle : SafeHandle
{
    // The largest, rcl_wait_set_t, has 104 bytes.
    private const int Room = 256;

    private readonly RclHandle? _parent;
    private readonly Action<nint, nint>? _finalize;
    private volatile bool _disposed;

    /// <summary>Creates the structure and initializes it.</summary>
    /// <param name="parent">What it is created from.</param>
    /// <param name="initialize">Calls rcl's function for it, with the structure and the parent's.</param>
    /// <param name="finalize">Calls rcl's function for its end, with the same two.</param>
    /// <param name="failure">Begins the sentence if rcl refuses.</param>
    /// <exception cref="RuntimeError">rcl refuses, with the reason.</exception>
    /// <exception cref="ObjectDisposedException">The parent is disposed.</exception>
    public RclHandle(RclHandle? parent, Func<nint, nint, int> initialize, Action<nint, nint> finalize, string failure)
        : base(0, ownsHandle: true)
    {
        _parent = Keep(parent);
        var structure = (nint)NativeMemory.AllocZeroed(Room);
        var result = initialize(structure, Parent);
        if (result != RclError.Ok)
        {
            NativeMemory.Free((void*)structure);
            _parent?.DangerousRelease();
            throw RclError.Create(result, failure);
        }

        _finalize = finalize;
        SetHandle(structure);
    }

    /// <summary>Refers to a structure that belongs to its parent.</summary>
    public RclHandle(RclHandle parent, nint structure)
        : base(0, ownsHandle: true)
    {
        _parent = Keep(parent);
        SetHandle(structure);
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>The structure, for comparison, and for use between <see cref="TryAddRef"/> and its release.</summary>
    public nint Pointer => handle;

    /// <summary>Whether it is disposed, even if a thread that uses it keeps it from being finalized.</summary>
    public bool IsDisposed => _disposed;

    private nint Parent => _parent is null ? 0 : _parent.handle;

    /// <summary>Keeps it from being finalized until <see cref="SafeHandle.DangerousRelease"/>.</summary>
    /// <returns>Whether it is not disposed.</returns>
    public bool TryAddRef()
    {
        if (_disposed)
            return false;

        try
        {
            var kept = false;
            DangerousAddRef(ref kept);
            return kept;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _disposed = true;
        base.Dispose(disposing);
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        if (_finalize is not null)
        {
            _finalize(handle, Parent);
            NativeMemory.Free((void*)handle);
        }

        _parent?.DangerousRelease();
        return true;
    }

    private static RclHandle? Keep(RclHandle? parent)
    {
        ObjectDisposedException.ThrowIf(parent is not null && !parent.TryAddRef(), typeof(RclHandle));
        return parent;
    }
}
