using System.Net;
using System.Security.Cryptography;
using rclcs;

namespace FaceViewer;

/// <summary>The viewer's settings.</summary>
internal sealed record ViewerOptions
{
    /// <summary>Where it listens.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>0 for a free one.</summary>
    public int Port { get; init; } = 8080;

    /// <summary>What has to be known to use it; empty where nothing has.</summary>
    public string Token { get; init; } = "";

    /// <summary>Names by which it may be called besides this machine's own.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Name of the node that reads faces.</summary>
    public string Node { get; init; } = "face_attributes";

    /// <summary>Name of the node that says what the camera sees.</summary>
    public string Situations { get; init; } = "situations";

    /// <summary>Bytes that an uploaded picture has at most.</summary>
    public int MaxBytes { get; init; } = 10_000_000;

    /// <summary>Pixels that it has at most.</summary>
    public int MaxPixels { get; init; } = 12_000_000;

    /// <summary>Pictures that one address may upload a second, over some seconds.</summary>
    public int MaxRequests { get; init; } = 20;

    /// <summary>How long a request may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Declares the parameters.</summary>
    /// <exception cref="ParameterException">A value from outside is not allowed.</exception>
    public static ViewerOptions Declare(NodeParameters parameters)
    {
        var defaults = new ViewerOptions();
        var address = Get("address", "127.0.0.1", "IP address it listens at; any but 127.0.0.1 and ::1 asks for a token");
        if (!IPAddress.TryParse(address, out var parsed))
            throw new ParameterException($"The parameter 'address' is '{address}'; it must be an IP address such as 127.0.0.1 or 0.0.0.0.");
        var hosts = Get("hosts", Array.Empty<string>(), "Names by which it may be called besides this machine's own, as by a proxy; with one it asks for a token");
        var token = Get("token", "", "What has to be known to use it; empty for a new one where others reach it");
        var isOwn = IPAddress.IsLoopback(parsed) && hosts.Length == 0;
        return new ViewerOptions
        {
            Address = parsed,
            Port = (int)Get("port", (long)defaults.Port, "Port it listens at; 0 for a free one", 0, 65535),
            Token = token.Length > 0 || isOwn ? token : RandomNumberGenerator.GetHexString(32, lowercase: true),
            Hosts = hosts,
            Node = Get("node", defaults.Node, "Name of the node that reads faces"),
            Situations = Get("situations", defaults.Situations, "Name of the node that says what the camera sees"),
            MaxBytes = (int)Get("max_bytes", (long)defaults.MaxBytes, "Bytes that an uploaded picture has at most", 1000, 100_000_000),
            MaxPixels = (int)Get("max_pixels", (long)defaults.MaxPixels, "Pixels that an uploaded picture has at most", 1, 64_000_000),
            MaxRequests = (int)Get("max_requests", (long)defaults.MaxRequests, "Pictures that one address may upload a second", 1, 100_000),
            Timeout = TimeSpan.FromSeconds(Get("timeout_seconds", (long)defaults.Timeout.TotalSeconds, "Seconds that a request may take", 1, 3600)),
        };

        T Get<T>(string name, T value, string description, long from = long.MinValue, long to = long.MaxValue)
            where T : notnull => parameters.Declare(name, value, new ParameterDescriptor
            {
                Description = description,
                ReadOnly = true,
                IntegerRange = value is long ? new IntegerRange(from, to) : null,
            });
    }
}
