using System.Collections.Concurrent;

namespace rclcs.Tests.Support;

/// <summary>Hands what a callback gets to the test.</summary>
internal sealed class Mailbox<T> : IDisposable
{
    private readonly BlockingCollection<T> _items = [];
    private volatile bool _isClosed;

    /// <summary>Drops what comes after the test's end: an event may be on its way then.</summary>
    public void Post(T item)
    {
        if (!_isClosed)
            _items.Add(item);
    }

    public T Take() => _items.TryTake(out var item, Within.Time)
        ? item
        : throw new AssertionException($"Nothing came within {Within.Time.TotalSeconds} s.");

    /// <summary>Without disposing the collection, which <see cref="Post"/> may be about to use.</summary>
    public void Dispose() => _isClosed = true;
}
