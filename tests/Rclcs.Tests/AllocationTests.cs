using rclcs.Tests.Support;
using Image = sensor_msgs.msg.Image;

namespace rclcs.Tests;

public sealed class AllocationTests
{
    private const int WarmUp = 100;
    private const int Count = 200;
    private const int Parts = 20;

    [Test]
    public void Publishing_and_borrowing_images_allocates_nothing_once_warm()
    {
        var received = 0;
        AssertNothingAllocated(node => node.CreateSubscription<Image>(
            "image", image => received += image.Data.Length / Pictures.Bytes));

        Assert.That(received, Is.EqualTo(WarmUp + Count));
    }

    [Test]
    public void Publishing_and_owning_images_allocates_nothing_once_warm()
    {
        var received = 0;
        AssertNothingAllocated(node => node.CreateOwnedSubscription<Image>(
            "image",
            image =>
            {
                received += image.Message.Data.Length / Pictures.Bytes;
                image.Dispose();
            }));

        Assert.That(received, Is.EqualTo(WarmUp + Count));
    }

    [Test]
    public void Publishing_and_awaiting_images_allocates_nothing_once_warm()
    {
        var received = 0;
        IAsyncEnumerator<ReceivedMessage<Image>>? images = null;
        AssertNothingAllocated(
            node =>
            {
                var subscription = node.CreateSubscription<Image>("image");
                images = subscription.GetAsyncEnumerator();
                return subscription;
            },
            () =>
            {
                var next = images!.MoveNextAsync();
                if (next.IsCompletedSuccessfully && next.Result)
                    received++;

                images.Current.Dispose();
            });

        Assert.That(received, Is.EqualTo(WarmUp + Count));
    }

    private static void AssertNothingAllocated(Func<INode, IDisposable> subscribe, Action? receive = null)
    {
        using var context = TestDomain.Join();
        using var node = Rclcs.CreateNode("alone", context);
        using var publisher = node.CreatePublisher<Image>("image");
        using var subscription = subscribe(node);
        Assert.That(publisher.WaitForSubscriptions(1, Within.Time), Is.True);
        var image = Pictures.Create(seed: 1);

        Exchange(WarmUp);
        // In parts: the runtime itself allocates on this thread now and then, such as where a lock is first waited for.
        var allocated = Enumerable.Range(0, Parts).Min(_ =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Exchange(Count / Parts);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        });

        Assert.That(allocated, Is.Zero);

        void Exchange(int count)
        {
            for (var i = 0; i < count; i++)
            {
                publisher.Publish(image);
                Rclcs.SpinOnce(node, context, timeoutSeconds: 10);
                receive?.Invoke();
            }
        }
    }
}
