using face_attributes.msg;
using rclcs;
using rclcs.Tests.Support;
using Image = sensor_msgs.msg.Image;
using Text = std_msgs.msg.String;

namespace Behaviours.Tests;

/// <summary>The nodes of the examples, which recorded messages are sent to.</summary>
public class BehaviourTests
{
    private NodePair _pair = null!;
    private IDisposable? _behaviour;

    [SetUp]
    public void Join() => _pair = new NodePair("behaviour");

    [TearDown]
    public void Leave()
    {
        _behaviour?.Dispose();
        _pair.Dispose();
    }

    [TestCase("greet", "scene", "newcomer", "Hello!")]
    [TestCase("call_for_help", "distress", "distress", "Do you need help?")]
    public void What_is_to_be_said_is_said_as_often_as_the_rule_fires(string behaviour, string recording, string rule, string text)
    {
        var said = new List<string>();
        using var say = _pair.Neighbour.CreateSubscription<Text>("say", message => said.Add(message.Data));
        _behaviour = Behaviour.Table[behaviour](_pair.Node);
        Assert.That(say.WaitForPublishers(1, Within.Time));
        Play(recording, _ => { });
        var expected = Recording.Events.Count(row => row.StartsWith($"{recording},{rule},", StringComparison.Ordinal));
        _pair.SpinUntil(() => said.Count == expected);
        Assert.That(said, Is.EqualTo(Enumerable.Repeat(text, expected)));
    }

    [Test]
    public void A_photograph_is_the_image_at_the_moment_when_all_have_been_happy_for_a_second()
    {
        var taken = new List<double>();
        using var photographs = _pair.Neighbour.CreateSubscription<Image>("photograph", image => taken.Add(image.Header.Stamp.ToNanoseconds() / 1e9));
        using var camera = _pair.Neighbour.CreatePublisher<Image>("image");
        _behaviour = Behaviour.TakePhotograph(_pair.Node);
        Assert.That(photographs.WaitForPublishers(1, Within.Time));
        Assert.That(camera.WaitForSubscriptions(1, Within.Time));
        Play("photographs", message =>
        {
            camera.Publish(new Image { Header = { Stamp = message.Header.Stamp } });
            Thread.Yield();
        });
        var expected = Recording.Events.Where(row => row.StartsWith("photographs,happy_group,", StringComparison.Ordinal))
            .Select(row => double.Parse(row.Split(',')[2], System.Globalization.CultureInfo.InvariantCulture)).ToList();
        _pair.SpinUntil(() => taken.Count == expected.Count);
        Assert.That(taken, Is.EqualTo(expected).Within(0.4), "the image may be one or two older or newer");
    }

    private void Play(string recording, Action<FaceAttributesArray> before)
    {
        using var faces = _pair.Neighbour.CreatePublisher<FaceAttributesArray>("faces", QosProfile.Default with { Depth = 1000 });
        Assert.That(faces.WaitForSubscriptions(1, Within.Time));
        foreach (var message in Recording.Messages(recording))
        {
            before(message);
            faces.Publish(message);
            Rclcs.SpinOnce(_pair.Node, _pair.Context, 0.01);
            Rclcs.SpinOnce(_pair.Node, _pair.Context, 0.01);
        }

        Rclcs.SpinOnce(_pair.Neighbour, _pair.Context, 0.01);
    }
}
