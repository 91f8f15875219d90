using rclcs.Middleware.CycloneDds.Interop;

namespace rclcs.Middleware.CycloneDds;

/// <summary>A domain of this process, shared by its contexts and deleted with the last of them.</summary>
internal sealed unsafe class DdsDomain : IDisposable
{
    private static readonly Dictionary<int, Shared> Domains = [];

    private readonly int _id;
    private bool _disposed;

    private DdsDomain(int id) => _id = id;

    /// <summary>Creates the domain, or joins in using it.</summary>
    /// <param name="id">Its number.</param>
    /// <param name="configuration">XML for it.</param>
    /// <param name="security">
    /// How its participants are secured: Cyclone DDS takes the permissions of the first for those of all.
    /// </param>
    /// <exception cref="RuntimeError">The configuration is wrong, or the process uses the domain with another one.</exception>
    public static DdsDomain Open(int id, string configuration, SecurityOptions? security = null)
    {
        lock (Domains)
        {
            if (!Domains.TryGetValue(id, out var domain))
                Domains.Add(id, domain = new Shared(configuration, security, Create(id, configuration)));
            else if (domain.Configuration != configuration || domain.Security != security)
                throw new RuntimeError($"This process already uses domain {id} with other discovery or security settings.");

            domain.Users++;
            return new DdsDomain(id);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (Domains)
        {
            if (_disposed)
                return;

            _disposed = true;
            var domain = Domains[_id];
            if (--domain.Users > 0)
                return;

            Domains.Remove(_id);
            domain.Entity.Dispose();
        }
    }

    private static DdsEntity Create(int id, string configuration)
    {
        fixed (byte* xml = DdsText.ToNullTerminated(configuration))
        {
            return new DdsEntity(
                Ddsc.dds_create_domain((uint)id, xml),
                $"Domain {id} cannot be joined (check CYCLONEDDS_URI, the network and that fewer than 33 processes use it)");
        }
    }

    private sealed class Shared(string configuration, SecurityOptions? security, DdsEntity entity)
    {
        public string Configuration { get; } = configuration;

        public SecurityOptions? Security { get; } = security;

        public DdsEntity Entity { get; } = entity;

        public int Users { get; set; }
    }
}
