using rclcs;
using rclcs.Tests.Support;

namespace VisionNodes.Tests;

/// <summary>A node and a neighbour of it in a domain of their own, spun by the test.</summary>
public abstract class NodeFixture
{
    /// <summary>For what should come soon on any machine.</summary>
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private TestDomain _domain = null!;
    private Context _context = null!;

    protected INode Node { get; private set; } = null!;

    protected INode Neighbour { get; private set; } = null!;

    [SetUp]
    public void Join()
    {
        Environment.SetEnvironmentVariable("ROS_AUTOMATIC_DISCOVERY_RANGE", "LOCALHOST");
        _domain = TestDomain.Claim();
        _context = new Context(new ContextOptions { DomainId = _domain.Number });
        Rclcs.Init(_context, ["--ros-args", "-r", "image:=/camera/image_raw"]);
        Node = Rclcs.CreateNode("node", _context);
        Neighbour = Rclcs.CreateNode("neighbour", _context);
    }

    [TearDown]
    public void Leave()
    {
        Node.Dispose();
        Neighbour.Dispose();
        _context.Dispose();
        _domain.Dispose();
    }

    /// <summary>Lets both work, or the node alone, until a condition holds.</summary>
    protected void SpinUntil(Func<bool> condition, bool both = true)
    {
        var deadline = DateTime.UtcNow + Patience;
        while (!condition())
        {
            Assert.That(DateTime.UtcNow, Is.LessThan(deadline), "It has not happened");
            Rclcs.SpinOnce(Node, _context, 0.01);
            if (both)
                Rclcs.SpinOnce(Neighbour, _context, 0.01);
        }
    }
}
