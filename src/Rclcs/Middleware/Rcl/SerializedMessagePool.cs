using System.Runtime.InteropServices;
using rclcs.Middleware.Rcl.Interop;

namespace rclcs.Middleware.Rcl;

/// <summary>
/// Serialized messages in native memory that are used again and again, so that in the steady state nothing is allocated.
/// Each keeps the largest block that it ever needed.
/// </summary>
/// <remarks>
/// All members may be called from any thread. Messages may be given back after Dispose; they are freed then. rmw asks an
/// allocator for a block of the exact size of every message that it hands out: ours gives the one that is there.
/// </remarks>
internal sealed unsafe class SerializedMessagePool : IMessageOwner, IDisposable
{
    // More that are given back at once are freed.
    private const int MaxFree = 16;

    private readonly Lock _freeLock = new();
    private readonly Stack<nint> _free = new(MaxFree);
    private bool _disposed;

    /// <summary>Gives a message that is to be filled and sent.</summary>
    /// <param name="size">Its bytes.</param>
    /// <param name="name">Topic or service, for the exception.</param>
    /// <exception cref="RuntimeError">There is no memory for it.</exception>
    public OutgoingMessage Allocate(int size, string name)
    {
        try
        {
            var message = Rent(size);
            return new OutgoingMessage((nint)message, (nint)message->Buffer, size);
        }
        catch (OutOfMemoryException exception)
        {
            throw new RuntimeError($"There is no memory for a message of {size} bytes on {name}.", exception);
        }
    }

    /// <summary>Hands a message out that rmw has filled, to come back by <see cref="Release"/>.</summary>
    public IncomingMessage ToIncoming(SerializedMessage* message, MessageInfo info) =>
        new(this, (nint)message, (nint)message->Buffer, checked((int)message->Length), info);

    /// <summary>Gives a message with room for so many bytes.</summary>
    /// <param name="size">How many; the length of the message is set to it.</param>
    /// <exception cref="OutOfMemoryException">There is no memory for it.</exception>
    public SerializedMessage* Rent(int size)
    {
        nint message;
        lock (_freeLock)
            _ = _free.TryPop(out message);

        var rented = message != 0 ? (SerializedMessage*)message : Create();
        if (rented->Room < (nuint)size)
        {
            var buffer = NativeMemory.Alloc((nuint)size);
            NativeMemory.Free(rented->Buffer);
            rented->Buffer = (byte*)buffer;
            rented->Room = (nuint)size;
        }

        rented->Capacity = rented->Room;
        rented->Length = (nuint)size;
        return rented;
    }

    /// <summary>Takes a message back.</summary>
    public void Return(SerializedMessage* message) => Release((nint)message);

    /// <inheritdoc/>
    public void Release(nint handle)
    {
        lock (_freeLock)
        {
            if (!_disposed && _free.Count < MaxFree)
            {
                _free.Push(handle);
                return;
            }
        }

        Free(handle);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_freeLock)
        {
            _disposed = true;
            while (_free.TryPop(out var message))
                Free(message);
        }
    }

    private static SerializedMessage* Create()
    {
        var message = (SerializedMessage*)NativeMemory.AllocZeroed((nuint)sizeof(SerializedMessage));
        message->Allocator = new RclAllocator
        {
            Allocate = &Allocate,
            Deallocate = &Deallocate,
            Reallocate = &Reallocate,
            ZeroAllocate = &ZeroAllocate,
            State = message,
        };
        return message;
    }

    private static void Free(nint message)
    {
        NativeMemory.Free(((SerializedMessage*)message)->Buffer);
        NativeMemory.Free((void*)message);
    }

    [UnmanagedCallersOnly]
    private static void* Allocate(nuint size, void* state) => Resize(null, size, (SerializedMessage*)state);

    [UnmanagedCallersOnly]
    private static void* Reallocate(void* block, nuint size, void* state) =>
        Resize(block, size, (SerializedMessage*)state);

    [UnmanagedCallersOnly]
    private static void* ZeroAllocate(nuint count, nuint size, void* state)
    {
        var block = Resize(null, count * size, (SerializedMessage*)state);
        if (block != null)
            NativeMemory.Clear(block, count * size);

        return block;
    }

    [UnmanagedCallersOnly]
    private static void Deallocate(void* block, void* state)
    {
        NativeMemory.Free(block);
        ((SerializedMessage*)state)->Room = 0;
    }

    // No exception may leave a callback: null says that there is no memory.
    private static void* Resize(void* block, nuint size, SerializedMessage* message)
    {
        if (block != null && size <= message->Room)
            return block;

        try
        {
            block = NativeMemory.Realloc(block, size);
            message->Room = size;
            return block;
        }
        catch (OutOfMemoryException)
        {
            return null;
        }
    }
}
