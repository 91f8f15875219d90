using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace rclcs.Tests.Support;

/// <summary>A folder as <c>ros2 security create_keystore</c> and <c>create_enclave</c> make it.</summary>
internal sealed class Keystore : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _authority;

    public Keystore()
    {
        var request = new CertificateRequest("CN=authority", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _authority = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(PathOf("authority.pem"), _authority.ExportCertificatePem());
        File.WriteAllText(PathOf("authority.key"), _key.ExportECPrivateKeyPem());
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("rclcs keystore ").FullName;

    public string FolderOf(string enclave) => Path.Join(Folder, "enclaves", enclave);

    /// <summary>Makes an enclave that may use all topics but one.</summary>
    public void Add(string enclave, string denied = "none")
    {
        var folder = Directory.CreateDirectory(FolderOf(enclave)).FullName;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest($"CN={enclave}", key, HashAlgorithmName.SHA256).Create(
            _authority, _authority.NotBefore, _authority.NotAfter, Guid.NewGuid().ToByteArray());
        File.WriteAllText(Path.Join(folder, "identity_ca.cert.pem"), _authority.ExportCertificatePem());
        File.WriteAllText(Path.Join(folder, "permissions_ca.cert.pem"), _authority.ExportCertificatePem());
        File.WriteAllText(Path.Join(folder, "cert.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Join(folder, "key.pem"), key.ExportPkcs8PrivateKeyPem());
        Sign(Governance, Path.Join(folder, "governance.p7s"));
        Sign(Permissions(enclave, denied), Path.Join(folder, "permissions.p7s"));
    }

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        _authority.Dispose();
        _key.Dispose();
    }

    // As create_keystore writes it, for the domains that Cyclone DDS takes: everything is encrypted, and nobody may join
    // without a key.
    private const string Governance =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <dds>
          <domain_access_rules>
            <domain_rule>
              <domains><id_range><min>0</min><max>230</max></id_range></domains>
              <allow_unauthenticated_participants>false</allow_unauthenticated_participants>
              <enable_join_access_control>true</enable_join_access_control>
              <discovery_protection_kind>ENCRYPT</discovery_protection_kind>
              <liveliness_protection_kind>ENCRYPT</liveliness_protection_kind>
              <rtps_protection_kind>SIGN</rtps_protection_kind>
              <topic_access_rules>
                <topic_rule>
                  <topic_expression>*</topic_expression>
                  <enable_discovery_protection>true</enable_discovery_protection>
                  <enable_liveliness_protection>true</enable_liveliness_protection>
                  <enable_read_access_control>true</enable_read_access_control>
                  <enable_write_access_control>true</enable_write_access_control>
                  <metadata_protection_kind>ENCRYPT</metadata_protection_kind>
                  <data_protection_kind>ENCRYPT</data_protection_kind>
                </topic_rule>
              </topic_access_rules>
            </domain_rule>
          </domain_access_rules>
        </dds>
        """;

    private static string Permissions(string enclave, string denied) =>
        $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <dds>
          <permissions>
            <grant name="{enclave}">
              <subject_name>CN={enclave}</subject_name>
              <validity>
                <not_before>{DateTime.UtcNow.AddDays(-1):s}</not_before>
                <not_after>{DateTime.UtcNow.AddDays(1):s}</not_after>
              </validity>
              <deny_rule>
                <domains><id_range><min>0</min><max>230</max></id_range></domains>
                <publish><topics><topic>{denied}</topic></topics></publish>
              </deny_rule>
              <allow_rule>
                <domains><id_range><min>0</min><max>230</max></id_range></domains>
                <publish><topics><topic>*</topic></topics></publish>
                <subscribe><topics><topic>*</topic></topics></subscribe>
              </allow_rule>
              <default>DENY</default>
            </grant>
          </permissions>
        </dds>
        """;

    private string PathOf(string name) => Path.Join(Folder, name);

    private void Sign(string document, string signed)
    {
        var plain = PathOf("document.xml");
        File.WriteAllText(plain, document);
        using var openssl = Process.Start(
            new ProcessStartInfo(
                "openssl",
                [
                    "smime", "-sign", "-text", "-in", plain, "-out", signed,
                    "-signer", PathOf("authority.pem"), "-inkey", PathOf("authority.key"),
                ])
            {
                RedirectStandardError = true,
            })!;
        var errors = openssl.StandardError.ReadToEnd();
        openssl.WaitForExit();
        Assert.That(openssl.ExitCode, Is.Zero, errors);
    }
}
