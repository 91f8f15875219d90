using rclcs.Middleware.CycloneDds.Interop;

namespace rclcs.Middleware.CycloneDds;

/// <summary>DDS Security of a participant: Cyclone DDS's three plug-ins with the files of an enclave (SROS2).</summary>
internal static class DdsSecurity
{
    private static readonly (string Property, string File)[] Files =
    [
        ("dds.sec.auth.identity_ca", "identity_ca.cert.pem"),
        ("dds.sec.auth.identity_certificate", "cert.pem"),
        ("dds.sec.auth.private_key", "key.pem"),
        ("dds.sec.access.permissions_ca", "permissions_ca.cert.pem"),
        ("dds.sec.access.governance", "governance.p7s"),
        ("dds.sec.access.permissions", "permissions.p7s"),
    ];

    private static readonly (string Property, string Library, string Function)[] PlugIns =
    [
        ("dds.sec.auth.library", "libdds_security_auth.so", "authentication"),
        ("dds.sec.crypto.library", "libdds_security_crypto.so", "crypto"),
        ("dds.sec.access.library", "libdds_security_ac.so", "access_control"),
    ];

    /// <summary>Sets the properties of a participant.</summary>
    /// <param name="qos">The participant's.</param>
    /// <param name="options">Where the files are.</param>
    /// <returns>Null, or one sentence why there is no security, for the log; nothing is set then.</returns>
    /// <exception cref="RuntimeError">There can be no security, but it is enforced.</exception>
    public static string? Configure(DdsQos qos, SecurityOptions options)
    {
        if (FindObstacle(options.Folder) is { } obstacle)
        {
            return options.IsEnforced
                ? throw new RuntimeError($"ROS_SECURITY_STRATEGY=Enforce asks for security, but {obstacle}.")
                : $"Communication is not secured, as {obstacle}.";
        }

        foreach (var (property, file) in Files)
            qos.SetProperty(property, "file:" + Path.Join(options.Folder, file));

        foreach (var (property, library, function) in PlugIns)
        {
            qos.SetProperty(property + ".path", DdscLibrary.FindPlugIn(library)!);
            qos.SetProperty(property + ".init", "init_" + function);
            qos.SetProperty(property + ".finalize", "finalize_" + function);
        }

        var revoked = Path.Join(options.Folder, "crl.pem");
        if (File.Exists(revoked))
            qos.SetProperty("org.eclipse.cyclonedds.sec.auth.crl", "file:" + revoked);

        return null;
    }

    private static string? FindObstacle(string folder)
    {
        if (folder.Length == 0)
            return "ROS_SECURITY_KEYSTORE is not set to the folder that 'ros2 security create_keystore' made";

        var missing = Array.Find(Files, file => !File.Exists(Path.Join(folder, file.File))).File;
        if (missing is not null)
            return $"{Path.Join(folder, missing)} does not exist: make the enclave by 'ros2 security create_enclave'";

        // Without DDS Security in it, the library would ignore all properties.
        if (!DdscLibrary.HasSecurity)
            return "the Cyclone DDS in use was built without DDS Security: install the package libddsc0debian";

        var plugIn = Array.Find(PlugIns, plugIn => DdscLibrary.FindPlugIn(plugIn.Library) is null).Library;
        return plugIn is null
            ? null
            : $"Cyclone DDS's plug-in {plugIn} is not installed with the library: install the package libddsc0debian";
    }
}
