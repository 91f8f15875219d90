using System.Collections.Concurrent;

namespace rclcs.Tests.Support;

/// <summary>Hands what a callback gets to the test.</summary>
internal sealed class Mailbox<T> : IDisposable
{
    private readonly BlockingCollection<T> _items = [];

    public void Post(T item) => _items.Add(item);

    public T Take() => _items.TryTake(out var item, Within.Time)
        ? item
        : throw new AssertionException($"Nothing came within {Within.Time.TotalSeconds} s.");

    public void Dispose() => _items.Dispose();
}
