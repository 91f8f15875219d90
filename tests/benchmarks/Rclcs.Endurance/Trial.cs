using System.Runtime.InteropServices;

namespace rclcs.Endurance;

/// <summary>What the trials have in common.</summary>
internal static partial class Trial
{
    /// <summary>For what must come.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromMinutes(2);

    // So long after its last sign of life a process that was killed is forgotten; ten times as long by default.
    private static TimeSpan Lease { get; } = TimeSpan.FromSeconds(1);

    /// <summary>Chooses a domain of its own on the loopback interface, for this process and those that it starts.</summary>
    public static void ChooseDomain()
    {
        Set("ROS_DOMAIN_ID", $"{Random.Shared.Next(1, 102)}");
        Set("ROS_AUTOMATIC_DISCOVERY_RANGE", "LOCALHOST");
        Set(
            "CYCLONEDDS_URI",
            "<General><Interfaces><NetworkInterface address=\"127.0.0.1\"/></Interfaces></General>"
            + $"<Discovery><LeaseDuration>{Lease.TotalSeconds}s</LeaseDuration></Discovery>");
    }

    /// <summary>A camera's image of 640×480 pixels.</summary>
    public static sensor_msgs.msg.Image CreateImage()
    {
        var pixels = new byte[640 * 480 * 3];
        new Random(1).NextBytes(pixels);
        return new sensor_msgs.msg.Image { Height = 480, Width = 640, Step = 640 * 3, Encoding = "bgr8", Data = pixels };
    }

    /// <summary>Ends the trial where something that must be so is not.</summary>
    /// <exception cref="InvalidOperationException">It is not.</exception>
    public static void Require(bool condition, string otherwise)
    {
        if (!condition)
            throw new InvalidOperationException(otherwise);
    }

    // .NET keeps its changes to itself, but librcl looks at the process's own variables.
    private static void Set(string name, string value)
    {
        Environment.SetEnvironmentVariable(name, value);
        _ = SetNative(name, value, overwrite: 1);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetNative(string name, string value, int overwrite);
}
