using System.Runtime.InteropServices;
using rclcs.Middleware.CycloneDds.Interop;

namespace rclcs.Middleware.CycloneDds;

/// <summary>Owns a <c>dds_qos_t</c>, and translates it.</summary>
internal sealed unsafe class DdsQos : SafeHandle
{
    /// <summary>Creates one without any policy.</summary>
    public DdsQos()
        : base(0, ownsHandle: true) => SetHandle(Ddsc.dds_create_qos());

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>The <c>dds_qos_t*</c>.</summary>
    public nint Pointer => handle;

    /// <summary>Creates what a reader or writer with this profile has in ROS 2.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="typeHash">Hash of the type, for USER_DATA.</param>
    /// <param name="userData">Further <c>key=value;</c> pairs for USER_DATA.</param>
    public static DdsQos Create(QosProfile profile, string typeHash, string userData = "")
    {
        var qos = new DdsQos();
        var pointer = qos.Pointer;

        // Or else a keep-last instance would vanish with its writer.
        Ddsc.dds_qset_writer_data_lifecycle(pointer, autodispose: 0);

        var keepAll = profile.History == HistoryPolicy.KeepAll;
        var historyKind = keepAll ? DdsConstants.HistoryKeepAll : DdsConstants.HistoryKeepLast;
        var depth = keepAll ? DdsConstants.LengthUnlimited : Math.Max(profile.Depth, 1);
        Ddsc.dds_qset_history(pointer, historyKind, depth);

        if (profile.Reliability == ReliabilityPolicy.BestEffort)
            Ddsc.dds_qset_reliability(pointer, DdsConstants.ReliabilityBestEffort, 0);
        else
            Ddsc.dds_qset_reliability(pointer, DdsConstants.ReliabilityReliable, DdsConstants.Infinity);

        if (profile.Durability == DurabilityPolicy.TransientLocal)
        {
            Ddsc.dds_qset_durability(pointer, DdsConstants.DurabilityTransientLocal);

            // What Cyclone DDS keeps for those who come late is a policy of its own.
            Ddsc.dds_qset_durability_service(
                pointer,
                cleanupDelay: 0,
                historyKind,
                depth,
                DdsConstants.LengthUnlimited,
                DdsConstants.LengthUnlimited,
                DdsConstants.LengthUnlimited);
        }
        else
        {
            Ddsc.dds_qset_durability(pointer, DdsConstants.DurabilityVolatile);
        }

        if (profile.Deadline != QosProfile.Unspecified)
            Ddsc.dds_qset_deadline(pointer, Nanoseconds.Of(profile.Deadline));

        if (profile.Lifespan != QosProfile.Unspecified)
            Ddsc.dds_qset_lifespan(pointer, Nanoseconds.Of(profile.Lifespan));

        var livelinessKind = profile.Liveliness == LivelinessPolicy.ManualByTopic
            ? DdsConstants.LivelinessManualByTopic
            : DdsConstants.LivelinessAutomatic;
        var lease = profile.LeaseDuration == QosProfile.Unspecified
            ? DdsConstants.Infinity
            : Nanoseconds.Of(profile.LeaseDuration);
        Ddsc.dds_qset_liveliness(pointer, livelinessKind, lease);

        qos.SetUserData(UserData.ForEndpoint(typeHash, userData));
        return qos;
    }

    /// <summary>Reads a profile from a <c>dds_qos_t*</c>; what is not set there has its default.</summary>
    public static QosProfile ToProfile(nint qos)
    {
        int history = 0, depth = 1, reliability = 0, durability = 0, liveliness = 0;
        long blocking, deadline = DdsConstants.Infinity, lifespan = DdsConstants.Infinity, lease = DdsConstants.Infinity;
        Ddsc.dds_qget_history(qos, &history, &depth);
        Ddsc.dds_qget_reliability(qos, &reliability, &blocking);
        Ddsc.dds_qget_durability(qos, &durability);
        Ddsc.dds_qget_liveliness(qos, &liveliness, &lease);
        Ddsc.dds_qget_deadline(qos, &deadline);
        Ddsc.dds_qget_lifespan(qos, &lifespan);
        return new QosProfile
        {
            History = history == DdsConstants.HistoryKeepAll ? HistoryPolicy.KeepAll : HistoryPolicy.KeepLast,
            Depth = Math.Max(depth, 0),
            Reliability = reliability == DdsConstants.ReliabilityReliable
                ? ReliabilityPolicy.Reliable
                : ReliabilityPolicy.BestEffort,
            Durability = durability == DdsConstants.DurabilityVolatile
                ? DurabilityPolicy.Volatile
                : DurabilityPolicy.TransientLocal,
            Liveliness = liveliness == DdsConstants.LivelinessManualByTopic
                ? LivelinessPolicy.ManualByTopic
                : LivelinessPolicy.Automatic,
            Deadline = FromNanoseconds(deadline),
            Lifespan = FromNanoseconds(lifespan),
            LeaseDuration = FromNanoseconds(lease),
        };
    }

    /// <summary>Reads USER_DATA from a <c>dds_qos_t*</c>.</summary>
    public static byte[] GetUserData(nint qos)
    {
        byte* value = null;
        nuint size = 0;

        // It may say yes and still give nothing.
        if (Ddsc.dds_qget_userdata(qos, &value, &size) == 0 || value == null)
            return [];

        var bytes = new ReadOnlySpan<byte>(value, (int)size).ToArray();
        Ddsc.dds_free(value);
        return bytes;
    }

    /// <summary>Sets USER_DATA.</summary>
    public void SetUserData(ReadOnlySpan<byte> userData)
    {
        fixed (byte* bytes = userData)
            Ddsc.dds_qset_userdata(Pointer, bytes, (nuint)userData.Length);
    }

    /// <summary>Sets a property.</summary>
    public void SetProperty(string name, string value)
    {
        fixed (byte* nameBytes = DdsText.ToNullTerminated(name), valueBytes = DdsText.ToNullTerminated(value))
            Ddsc.dds_qset_prop(Pointer, nameBytes, valueBytes);
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        Ddsc.dds_delete_qos(handle);
        return true;
    }

    private static TimeSpan FromNanoseconds(long duration) => duration == DdsConstants.Infinity
        ? QosProfile.Unspecified
        : new TimeSpan(duration / TimeSpan.NanosecondsPerTick);
}
