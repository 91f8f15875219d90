using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace rclcs.Middleware.Rcl.Interop;

/// <summary><c>rcutils_allocator_t</c>: functions that allocate, and what is passed to each of them.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct RclAllocator
{
    public delegate* unmanaged<nuint, void*, void*> Allocate;
    public delegate* unmanaged<void*, void*, void> Deallocate;
    public delegate* unmanaged<void*, nuint, void*, void*> Reallocate;
    public delegate* unmanaged<nuint, nuint, void*, void*> ZeroAllocate;
    public void* State;
}

/// <summary>
/// Room for the options of a node or an entity, whose size differs from one distribution to the next (144 to 160 bytes).
/// They are returned by value, which with this size means: written where the caller says, so more room does no harm.
/// </summary>
/// <remarks>Those of entities begin with their quality of service on all distributions. The rest stays as it came.</remarks>
[InlineArray(Size)]
internal struct RclOptions
{
    private const int Size = 64;

    // Words, so that the compiler aligns the structure as C does.
    private ulong _first;

    /// <summary>The quality of service of an entity's options.</summary>
    public RmwQosProfile Qos
    {
        set => MemoryMarshal.Cast<ulong, RmwQosProfile>(MemoryMarshal.CreateSpan(ref _first, Size))[0] = value;
    }
}

/// <summary><c>rcutils_string_array_t</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct RclStringArray
{
    public nuint Count;
    public nint* Texts;
    public RclAllocator Allocator;

    /// <summary>A text of the array.</summary>
    public readonly string this[nuint index] => Marshal.PtrToStringUTF8(Texts[index]) ?? "";
}

/// <summary><c>rcl_names_and_types_t</c>: names, and for each of them the types that go by it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct RclNamesAndTypes
{
    public RclStringArray Names;
    public RclStringArray* Types;
}

/// <summary><c>rcl_topic_endpoint_info_array_t</c>. For its elements see <see cref="RclEndpointInfo"/>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct RclEndpointArray
{
    public nuint Count;
    public byte* Endpoints;
}

/// <summary>
/// Reads an <c>rmw_topic_endpoint_info_t</c>, which since Iron has a type hash of 33 bytes in its middle and a shorter gid.
/// </summary>
internal static unsafe class RclEndpointInfo
{
    private const int NodeName = 0;
    private const int NodeNamespace = 8;
    private const int TypeName = 16;
    private const int HashVersion = 24;
    private const int HashValue = 25;
    private const int HashSize = 32;
    private const int SizeOfQos = 88;

    // The function that sets the field is there where the field is.
    private static readonly bool HasHash = RclLibrary.Has("rmw_topic_endpoint_info_set_topic_type_hash");
    private static readonly int EndpointGid = HasHash ? 64 : 28;
    private static readonly int Qos = HasHash ? 80 : 56;

    /// <summary>Reads an element.</summary>
    /// <param name="endpoints">The array.</param>
    /// <param name="index">Which element.</param>
    /// <param name="topic">The topic of all elements.</param>
    /// <param name="isPublisher">What all elements are.</param>
    public static TopicEndpointInfo Read(RclEndpointArray endpoints, nuint index, string topic, bool isPublisher)
    {
        var endpoint = endpoints.Endpoints + (index * (nuint)(Qos + SizeOfQos));
        return new TopicEndpointInfo(
            new NodeNameAndNamespace(Text(endpoint + NodeName), Text(endpoint + NodeNamespace)),
            topic,
            Text(endpoint + TypeName),
            Hash(endpoint),
            isPublisher,
            new Gid(new ReadOnlySpan<byte>(endpoint + EndpointGid, Gid.Size)),
            RclQos.ToProfile(*(RmwQosProfile*)(endpoint + Qos)));
    }

    private static string Text(byte* field) => Marshal.PtrToStringUTF8(*(nint*)field) ?? "";

    private static string Hash(byte* endpoint) => HasHash && endpoint[HashVersion] == 1
        ? $"RIHS01_{Convert.ToHexStringLower(new ReadOnlySpan<byte>(endpoint + HashValue, HashSize))}"
        : "";
}

/// <summary>
/// <c>rcl_wait_set_t</c>, the same on all distributions: arrays of what is waited for and their lengths. A wait sets to null
/// what is not ready.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct RclWaitSetLayout
{
    public nint* Subscriptions;
    public nuint SubscriptionCount;
    public nint* GuardConditions;
    public nuint GuardConditionCount;
    public nint* Timers;
    public nuint TimerCount;
    public nint* Clients;
    public nuint ClientCount;
    public nint* Services;
    public nuint ServiceCount;
    public nint* Events;
    public nuint EventCount;
    public nint Implementation;
}

/// <summary><c>rcutils_error_string_t</c>: a text that ends with a NUL, in 1024 bytes.</summary>
[InlineArray(Size)]
internal struct RclErrorText
{
    private const int Size = 1024;

    private byte _first;

    /// <summary>The text.</summary>
    public override string ToString()
    {
        var bytes = MemoryMarshal.CreateReadOnlySpan(ref _first, Size);
        var end = bytes.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]);
    }
}

/// <summary><c>rmw_time_t</c>: a duration.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct RmwTime
{
    public ulong Seconds;
    public ulong Nanoseconds;
}

/// <summary><c>rmw_qos_profile_t</c>, 88 bytes on all distributions. Enumerations are in the order of our own.</summary>
[StructLayout(LayoutKind.Explicit, Size = 88)]
internal struct RmwQosProfile
{
    [FieldOffset(0)]
    public int History;

    [FieldOffset(8)]
    public nuint Depth;

    [FieldOffset(16)]
    public int Reliability;

    [FieldOffset(20)]
    public int Durability;

    [FieldOffset(24)]
    public RmwTime Deadline;

    [FieldOffset(40)]
    public RmwTime Lifespan;

    [FieldOffset(56)]
    public int Liveliness;

    [FieldOffset(64)]
    public RmwTime LeaseDuration;

    [FieldOffset(80)]
    public byte AvoidRosNamespaceConventions;
}

/// <summary><c>rmw_serialized_message_t</c>: CDR with its header, in memory of its allocator.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SerializedMessage
{
    public byte* Buffer;
    public nuint Length;
    public nuint Capacity;
    public RclAllocator Allocator;

    /// <summary>Our own, behind the library's: bytes allocated at <see cref="Buffer"/>, which the capacity may understate.</summary>
    public nuint Room;
}
