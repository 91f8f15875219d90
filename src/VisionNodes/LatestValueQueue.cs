namespace VisionNodes;

/// <summary>
/// A queue of one between a thread that receives and a slower one that works: a new item replaces the one that still
/// waits, which is disposed of and counted.
/// </summary>
/// <typeparam name="T">What is handed over. The queue owns what it holds, the taker what it takes.</typeparam>
public sealed class LatestValueQueue<T>
    where T : IDisposable
{
    private readonly object _gate = new();
    private T? _item;
    private bool _hasItem;
    private bool _isOpen = true;
    private bool _isWoken;
    private long _dropped;

    /// <summary>Items that were replaced before anybody took them.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Hands an item over, without waiting. While the queue is closed it is disposed of at once.</summary>
    public void Put(T item)
    {
        T? replaced;
        bool hasReplaced;
        lock (_gate)
        {
            (replaced, hasReplaced) = _isOpen ? (_item, _hasItem) : (item, true);
            if (_isOpen)
            {
                (_item, _hasItem) = (item, true);
                if (hasReplaced)
                    Interlocked.Increment(ref _dropped);
                Monitor.PulseAll(_gate);
            }
        }
        if (hasReplaced)
            replaced!.Dispose();
    }

    /// <summary>Hands an item over when the one before it has been taken: none is replaced. Waits for that while the queue is open.</summary>
    public void PutInOrder(T item)
    {
        lock (_gate)
        {
            while (_hasItem && _isOpen)
                Monitor.Wait(_gate);
            if (_isOpen)
            {
                (_item, _hasItem) = (item, true);
                Monitor.PulseAll(_gate);
                return;
            }
        }

        item.Dispose();
    }

    /// <summary>Waits for an item and takes it.</summary>
    /// <param name="item">The item.</param>
    /// <param name="hasItem">False where <see cref="Wake"/> ended the wait instead.</param>
    /// <returns>False once the queue is closed.</returns>
    public bool Take(out T? item, out bool hasItem)
    {
        lock (_gate)
        {
            while (!_hasItem && !_isWoken && _isOpen)
                Monitor.Wait(_gate);
            (item, hasItem) = (_item, _hasItem);
            (_item, _hasItem, _isWoken) = (default, false, false);
            Monitor.PulseAll(_gate);
            return _isOpen;
        }
    }

    /// <summary>Ends the wait for an item, or the next one.</summary>
    public void Wake()
    {
        lock (_gate)
        {
            _isWoken = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Opens the queue again after <see cref="Close"/>; a new one is open.</summary>
    public void Open()
    {
        lock (_gate)
            _isOpen = true;
    }

    /// <summary>Closes the queue: what still waits is disposed of, and <see cref="Take"/> returns false.</summary>
    public void Close()
    {
        T? left;
        bool hasLeft;
        lock (_gate)
        {
            (left, hasLeft) = (_item, _hasItem);
            (_item, _hasItem, _isOpen) = (default, false, false);
            Monitor.PulseAll(_gate);
        }
        if (hasLeft)
            left!.Dispose();
    }
}
