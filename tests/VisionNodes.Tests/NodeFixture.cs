using rclcs;
using rclcs.Tests.Support;

namespace VisionNodes.Tests;

/// <summary>A node with a camera, and a neighbour of it.</summary>
public abstract class NodeFixture
{
    private NodePair _pair = null!;

    protected INode Node => _pair.Node;

    protected INode Neighbour => _pair.Neighbour;

    [SetUp]
    public void Join() => _pair = new NodePair("node", "--ros-args", "-r", "image:=/camera/image_raw");

    [TearDown]
    public void Leave() => _pair.Dispose();

    /// <summary>Lets both work, or the node alone, until a condition holds.</summary>
    protected void SpinUntil(Func<bool> condition, bool both = true) => _pair.SpinUntil(condition, both);
}
