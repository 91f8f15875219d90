using Text = std_msgs.msg.String;

namespace rclcs.Tests.Support;

/// <summary>A talker and a listener, each in a context of its own, with the topic <c>chatter</c> between them.</summary>
internal sealed class Conversation : IDisposable
{
    private readonly SpinningNode _talker = new("talker");
    private readonly SpinningNode _listener = new("listener");
    private readonly Mailbox<string> _received = new();

    public Conversation()
    {
        Publisher = _talker.Node.CreatePublisher<Text>("chatter");
        Subscription = _listener.Node.CreateSubscription<Text>("chatter", text => _received.Post(text.Data));
        _listener.Start();
    }

    public IPublisher<Text> Publisher { get; }

    public ISubscription<Text> Subscription { get; }

    /// <summary>Publishes a text as soon as the listener is there, and returns what it gets.</summary>
    public string Say(string text)
    {
        Assert.That(Publisher.WaitForSubscriptions(1, Within.Time), Is.True);
        Publisher.Publish(new Text { Data = text });
        return _received.Take();
    }

    public void Dispose()
    {
        Subscription.Dispose();
        Publisher.Dispose();
        _listener.Dispose();
        _talker.Dispose();
        _received.Dispose();
    }
}
