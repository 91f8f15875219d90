using face_attributes.msg;
using rclcs;
using rclcs.Tests.Support;
using Image = sensor_msgs.msg.Image;
using Text = std_msgs.msg.String;

namespace Behaviours.Tests;

/// <summary>The nodes of the examples, which recorded messages are sent to.</summary>
public class BehaviourTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private Context _context = null!;
    private INode _node = null!;
    private INode _neighbour = null!;
    private IDisposable? _behaviour;

    [SetUp]
    public void Join()
    {
        Environment.SetEnvironmentVariable("ROS_AUTOMATIC_DISCOVERY_RANGE", "LOCALHOST");
        _context = TestDomain.Join([]);
        _node = Rclcs.CreateNode("behaviour", _context);
        _neighbour = Rclcs.CreateNode("neighbour", _context);
    }

    [TearDown]
    public void Leave()
    {
        _behaviour?.Dispose();
        _node.Dispose();
        _neighbour.Dispose();
        _context.Dispose();
    }

    [TestCase("greet", "scene", "newcomer", "Hello!")]
    [TestCase("call_for_help", "distress", "distress", "Do you need help?")]
    public void What_is_to_be_said_is_said_as_often_as_the_rule_fires(string behaviour, string recording, string rule, string text)
    {
        var said = new List<string>();
        using var say = _neighbour.CreateSubscription<Text>("say", message => said.Add(message.Data));
        _behaviour = Behaviour.Table[behaviour](_node);
        Assert.That(say.WaitForPublishers(1, Patience));
        Play(recording, _ => { });
        var expected = Recording.Events.Count(row => row.StartsWith($"{recording},{rule},", StringComparison.Ordinal));
        SpinUntil(() => said.Count == expected);
        Assert.That(said, Is.EqualTo(Enumerable.Repeat(text, expected)));
    }

    [Test]
    public void A_photograph_is_the_image_at_the_moment_when_all_have_been_happy_for_a_second()
    {
        var taken = new List<double>();
        using var photographs = _neighbour.CreateSubscription<Image>("photograph", image => taken.Add(image.Header.Stamp.ToNanoseconds() / 1e9));
        using var camera = _neighbour.CreatePublisher<Image>("image");
        _behaviour = Behaviour.TakePhotograph(_node);
        Assert.That(photographs.WaitForPublishers(1, Patience));
        Assert.That(camera.WaitForSubscriptions(1, Patience));
        Play("photographs", message =>
        {
            camera.Publish(new Image { Header = { Stamp = message.Header.Stamp } });
            Thread.Yield();
        });
        var expected = Recording.Events.Where(row => row.StartsWith("photographs,happy_group,", StringComparison.Ordinal))
            .Select(row => double.Parse(row.Split(',')[2], System.Globalization.CultureInfo.InvariantCulture)).ToList();
        SpinUntil(() => taken.Count == expected.Count);
        Assert.That(taken, Is.EqualTo(expected).Within(0.4), "the image may be one or two older or newer");
    }

    private void Play(string recording, Action<FaceAttributesArray> before)
    {
        using var faces = _neighbour.CreatePublisher<FaceAttributesArray>("faces", QosProfile.Default with { Depth = 1000 });
        Assert.That(faces.WaitForSubscriptions(1, Patience));
        foreach (var message in Recording.Messages(recording))
        {
            before(message);
            faces.Publish(message);
            Rclcs.SpinOnce(_node, _context, 0.01);
            Rclcs.SpinOnce(_node, _context, 0.01);
        }

        Rclcs.SpinOnce(_neighbour, _context, 0.01);
    }

    private void SpinUntil(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!condition())
        {
            limit.Token.ThrowIfCancellationRequested();
            Rclcs.SpinOnce(_node, _context, 0.01);
            Rclcs.SpinOnce(_neighbour, _context, 0.01);
        }
    }
}
