using System.Diagnostics;
using rclcs.Middleware.CycloneDds.Interop;

namespace rclcs.Tests.Support;

/// <summary>Runs tests/interop/build/cyclonedds_peer in the domain of these tests.</summary>
internal sealed class CycloneDdsPeer : IDisposable
{
    private readonly Process _process;

    public CycloneDdsPeer(params string[] arguments)
        : this(configuration: null, arguments)
    {
    }

    private CycloneDdsPeer(string? configuration, string[] arguments)
    {
        var start = new ProcessStartInfo(InteropProgram.Find("cyclonedds_peer"), arguments) { RedirectStandardOutput = true };
        TestDomain.AddTo(start);
        if (configuration is not null)
            start.Environment["CYCLONEDDS_URI"] = configuration;

        _process = Process.Start(start)!;
    }

    /// <summary>Secured by the files in an enclave's folder.</summary>
    public static CycloneDdsPeer StartSecured(string enclave, params string[] arguments)
    {
        var security =
            $"""
            <Security>
              <Authentication>
                {Library("auth", "authentication")}
                <IdentityCA>file:{enclave}/identity_ca.cert.pem</IdentityCA>
                <IdentityCertificate>file:{enclave}/cert.pem</IdentityCertificate>
                <PrivateKey>file:{enclave}/key.pem</PrivateKey>
              </Authentication>
              <AccessControl>
                {Library("ac", "access_control")}
                <PermissionsCA>file:{enclave}/permissions_ca.cert.pem</PermissionsCA>
                <Governance>file:{enclave}/governance.p7s</Governance>
                <Permissions>file:{enclave}/permissions.p7s</Permissions>
              </AccessControl>
              <Cryptographic>{Library("crypto", "crypto")}</Cryptographic>
            </Security>
            """;
        return new CycloneDdsPeer($"{Environment.GetEnvironmentVariable("CYCLONEDDS_URI")},{security}", arguments);
    }

    public async Task<string> ReadLineAsync() =>
        await _process.StandardOutput.ReadLineAsync().WaitAsync(Within.Time) ?? "";

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();

        _process.Dispose();
    }

    private static string Library(string name, string function) =>
        $"<Library path=\"{DdscLibrary.FindPlugIn($"libdds_security_{name}.so")}\" initFunction=\"init_{function}\" "
        + $"finalizeFunction=\"finalize_{function}\"/>";
}
