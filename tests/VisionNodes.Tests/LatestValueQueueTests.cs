namespace VisionNodes.Tests;

public class LatestValueQueueTests
{
    [Test]
    public void The_taker_gets_the_newest_item_and_the_others_are_disposed_of_and_counted()
    {
        var queue = new LatestValueQueue<Item>();
        Item[] items = [new(), new(), new()];
        foreach (var item in items)
            queue.Put(item);

        Assert.That(queue.Take(out var taken, out _), Is.True);
        Assert.That(taken, Is.SameAs(items[2]));
        Assert.That(items.Select(item => item.IsDisposed), Is.EqualTo([true, true, false]));
        Assert.That(queue.Dropped, Is.EqualTo(2));
    }

    [Test]
    public void A_waiting_taker_is_woken_by_an_item()
    {
        var queue = new LatestValueQueue<Item>();
        var taking = Task.Run(() => queue.Take(out var taken, out _) ? taken : null);
        var item = new Item();
        queue.Put(item);

        Assert.That(taking.Wait(TimeSpan.FromSeconds(30)), Is.True);
        Assert.That(taking.Result, Is.SameAs(item));
        Assert.That(queue.Dropped, Is.Zero);
    }

    [Test]
    public void A_waiting_taker_can_be_woken_without_one()
    {
        var queue = new LatestValueQueue<Item>();
        var taking = Task.Run(() => (queue.Take(out var taken, out _), taken));
        queue.Wake();

        Assert.That(taking.Wait(TimeSpan.FromSeconds(30)), Is.True);
        Assert.That(taking.Result, Is.EqualTo((true, (Item?)null)));
    }

    [Test]
    public void Closing_wakes_the_taker_and_disposes_of_what_nobody_will_take()
    {
        var queue = new LatestValueQueue<Item>();
        var waiting = new Item();
        queue.Put(waiting);
        queue.Close();
        var late = new Item();
        queue.Put(late);

        Assert.That(queue.Take(out _, out _), Is.False);
        Assert.That(waiting.IsDisposed && late.IsDisposed, Is.True);
        Assert.That(queue.Dropped, Is.Zero, "Ending drops no frame that a newer one replaced");
    }

    [Test]
    public void Every_item_is_either_taken_or_dropped_when_two_threads_race()
    {
        const int count = 100_000;
        var queue = new LatestValueQueue<Item>();
        var items = Enumerable.Range(0, count).Select(_ => new Item()).ToArray();
        var taken = 0;
        var taker = new Thread(() =>
        {
            while (queue.Take(out var item, out _))
            {
                if (item!.IsDisposed)
                    return;
                item.Dispose();
                taken++;
            }
        });
        taker.Start();
        foreach (var item in items)
            queue.Put(item);
        SpinWait.SpinUntil(() => queue.Dropped + Volatile.Read(ref taken) == count, TimeSpan.FromSeconds(30));
        queue.Close();
        taker.Join();

        Assert.That(taken + queue.Dropped, Is.EqualTo(count));
        Assert.That(items.All(item => item.IsDisposed), Is.True);
    }

    private sealed class Item : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }
}
