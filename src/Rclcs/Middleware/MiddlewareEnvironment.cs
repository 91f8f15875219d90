using System.Globalization;
using rclcs.Middleware.CycloneDds;
using rclcs.Middleware.Rcl;

namespace rclcs.Middleware;

/// <summary>What the environment variables say about the middleware and the domain.</summary>
internal static class MiddlewareEnvironment
{
    private const int GidSizeOfHumble = 24;

    /// <summary>Whether nodes describe types: not on Humble, which has no interfaces for it.</summary>
    public static bool HasTypeDescriptions => !IsHumble;

    // Humble's variable. Where it is set, it wins over Iron's two, as in later distributions.
    private static bool IsLocalhostOnly => Read("ROS_LOCALHOST_ONLY") is ['1', ..];

    private static bool IsHumble => Read("ROS_DISTRO") == "humble";

    /// <summary>
    /// Chooses the middleware by <c>RCLCS_MIDDLEWARE</c>, else librcl where a ROS 2 is sourced, else the embedded one,
    /// and loads it.
    /// </summary>
    /// <exception cref="RuntimeError">It is unknown, missing or of the wrong version.</exception>
    public static IMiddleware Create()
    {
        var name = Read("RCLCS_MIDDLEWARE");
        return name switch
        {
            "cyclonedds" => new CycloneMiddleware(),
            "rcl" => RclMiddleware.TryLoad() ?? throw new RuntimeError(
                "RCLCS_MIDDLEWARE is 'rcl', but librcl.so cannot be loaded: source a ROS 2 before the program starts "
                + "('source /opt/ros/<distro>/setup.bash')."),
            null => (Read("AMENT_PREFIX_PATH") is null ? null : RclMiddleware.TryLoad()) ?? (IMiddleware)new CycloneMiddleware(),
            _ => throw new RuntimeError($"RCLCS_MIDDLEWARE is '{name}', but must be 'rcl' or 'cyclonedds'."),
        };
    }

    /// <summary>Reads the rest.</summary>
    /// <param name="enclave">Name of the security enclave.</param>
    /// <param name="domainId">The domain, or null for what the environment says.</param>
    /// <exception cref="RuntimeError">A variable has a value that means nothing.</exception>
    public static MiddlewareOptions ReadOptions(string enclave = "/", int? domainId = null) => new(
        domainId ?? ReadDomainId(),
        ReadDiscoveryRange(),
        ReadStaticPeers(),
        ReadGidSize(),
        !ReadChoice("RCLCS_SERVICES", "off", "on"),
        enclave,
        ReadSecurity(enclave));

    private static int ReadDomainId()
    {
        if (Read("ROS_DOMAIN_ID") is not { } text)
            return 0;

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id <= MiddlewareOptions.MaxDomainId
            ? id
            : throw new RuntimeError($"ROS_DOMAIN_ID is '{text}', but must be a number from 0 to {MiddlewareOptions.MaxDomainId}.");
    }

    private static string[] ReadStaticPeers() => IsLocalhostOnly
        ? []
        : (Read("ROS_STATIC_PEERS") ?? "").Split(
            ';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static DiscoveryRange ReadDiscoveryRange()
    {
        // Humble takes it for the loopback interface, later distributions for the range.
        if (IsLocalhostOnly)
            return IsHumble ? DiscoveryRange.LoopbackOnly : DiscoveryRange.Localhost;

        var text = Read("ROS_AUTOMATIC_DISCOVERY_RANGE");
        return text?.ToUpperInvariant() switch
        {
            null or "SUBNET" => DiscoveryRange.Subnet,
            "LOCALHOST" => DiscoveryRange.Localhost,
            "OFF" => DiscoveryRange.Off,
            "SYSTEM_DEFAULT" => DiscoveryRange.SystemDefault,
            _ => throw new RuntimeError(
                $"ROS_AUTOMATIC_DISCOVERY_RANGE is '{text}', but must be SUBNET, LOCALHOST, OFF or SYSTEM_DEFAULT."),
        };
    }

    private static int ReadGidSize()
    {
        var text = Read("RCLCS_GID_SIZE");
        return text switch
        {
            "16" => Gid.Size,
            "24" => GidSizeOfHumble,
            null => IsHumble ? GidSizeOfHumble : Gid.Size,
            _ => throw new RuntimeError($"RCLCS_GID_SIZE is '{text}', but must be 16, or 24 for peers on ROS 2 Humble."),
        };
    }

    private static SecurityOptions? ReadSecurity(string enclave)
    {
        if (!ReadChoice("ROS_SECURITY_ENABLE", "true", "false"))
            return null;

        var isEnforced = ReadChoice("ROS_SECURITY_STRATEGY", "Enforce", "Permissive");
        var name = Read("ROS_SECURITY_ENCLAVE_OVERRIDE") ?? enclave;
        return new SecurityOptions(
            isEnforced,
            Read("ROS_SECURITY_KEYSTORE") is { } keystore ? Path.GetFullPath(Path.Join(keystore, "enclaves", name)) : "");
    }

    /// <summary>Whether the variable is the one value; if it is not set, it counts as the other.</summary>
    private static bool ReadChoice(string name, string value, string other)
    {
        var text = Read(name);
        if (text is not null && text != value && text != other)
            throw new RuntimeError($"{name} is '{text}', but must be {value} or {other}.");

        return text == value;
    }

    private static string? Read(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
