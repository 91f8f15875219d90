namespace rclcs.Tests.Support;

/// <summary>A domain of its own for each run: tests that run side by side don't meet.</summary>
internal static class TestDomain
{
    /// <summary>At most 101: above, the ports of a domain are those that Linux gives to clients.</summary>
    public static int Id { get; } = Random.Shared.Next(1, 102);

    /// <summary>For contexts of this process.</summary>
    public static ContextOptions Options { get; } = new() { DomainId = Id };

    /// <summary>An initialized context in the domain.</summary>
    public static Context Join(params string[] args)
    {
        var context = new Context(Options);
        Rclcs.Init(context, args);
        return context;
    }

    /// <summary>Lets a process that is about to start join the domain too.</summary>
    public static void AddTo(System.Diagnostics.ProcessStartInfo start) => start.Environment["ROS_DOMAIN_ID"] = $"{Id}";
}
