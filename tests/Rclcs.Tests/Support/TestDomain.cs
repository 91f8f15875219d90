using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace rclcs.Tests.Support;

/// <summary>
/// A DDS domain that no other test of this machine is in until it is disposed of or its process ends: tests that run side by side don't meet.
/// A number drawn by chance is not enough: with a dozen test processes at once the same one is drawn twice every few runs.
/// </summary>
internal sealed class TestDomain : IDisposable
{
    /// <summary>Above, the ports of a domain are those that Linux gives to clients.</summary>
    private const int Largest = 101;

    private static readonly TestDomain Own = Claim();

    private readonly TcpListener _claim;

    private TestDomain(int number, TcpListener claim) => (Number, _claim) = (number, claim);

    /// <summary>The domain that all tests of this process share.</summary>
    public static int Id => Own.Number;

    /// <summary>For contexts of this process.</summary>
    public static ContextOptions Options { get; } = new() { DomainId = Id };

    public int Number { get; }

    /// <summary>Claims a domain by listening at its first port, which DDS itself uses for UDP only.</summary>
    public static TestDomain Claim()
    {
        var first = Random.Shared.Next(Largest);
        for (var i = 0; i < Largest; i++)
        {
            var number = 1 + (first + i) % Largest;
            var claim = new TcpListener(IPAddress.Loopback, 7400 + 250 * number);
            try
            {
                claim.Start();
                return new TestDomain(number, claim);
            }
            catch (SocketException)
            {
                claim.Dispose();
            }
        }
        throw new InvalidOperationException($"All domains from 1 to {Largest} are in use; end what listens at their TCP ports (7650, 7900, ...).");
    }

    /// <summary>An initialized context in the process's domain.</summary>
    public static Context Join(params string[] args)
    {
        var context = new Context(Options);
        Rclcs.Init(context, args);
        return context;
    }

    /// <summary>Lets a process that is about to start join the process's domain too.</summary>
    public static void AddTo(ProcessStartInfo start) => Own.AddItselfTo(start);

    /// <summary>Lets a process that is about to start join this domain.</summary>
    public void AddItselfTo(ProcessStartInfo start) => start.Environment["ROS_DOMAIN_ID"] = Number.ToString(CultureInfo.InvariantCulture);

    public void Dispose() => _claim.Dispose();
}
