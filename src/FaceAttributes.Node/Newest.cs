using System.Diagnostics.CodeAnalysis;

namespace FaceAttributes.Node;

/// <summary>
/// A queue of one between a thread that receives and a slower one that works: a new item replaces the one that still
/// waits, which is disposed of and counted.
/// </summary>
/// <typeparam name="T">What is handed over. The queue owns what it holds, the taker what it takes.</typeparam>
internal sealed class Newest<T>
    where T : class, IDisposable
{
    private readonly object _gate = new();
    private T? _item;
    private long _dropped;
    private bool _closed;

    /// <summary>Items that were replaced before anybody took them.</summary>
    public long Dropped
    {
        get
        {
            lock (_gate)
                return _dropped;
        }
    }

    /// <summary>Hands an item over, without waiting. After <see cref="Close"/> it is disposed of at once.</summary>
    public void Put(T item)
    {
        T? unwanted;
        lock (_gate)
        {
            if (_closed)
            {
                unwanted = item;
            }
            else
            {
                unwanted = _item;
                _item = item;
                if (unwanted is not null)
                    _dropped++;
                Monitor.Pulse(_gate);
            }
        }
        unwanted?.Dispose();
    }

    /// <summary>Waits for an item and takes it.</summary>
    /// <returns>False once the queue is closed.</returns>
    public bool Take([NotNullWhen(true)] out T? item)
    {
        lock (_gate)
        {
            while (_item is null && !_closed)
                Monitor.Wait(_gate);
            item = _item;
            _item = null;
        }
        return item is not null;
    }

    /// <summary>Ends the queue: what still waits is disposed of, and <see cref="Take"/> returns false.</summary>
    public void Close()
    {
        T? left;
        lock (_gate)
        {
            left = _item;
            _item = null;
            _closed = true;
            Monitor.PulseAll(_gate);
        }
        left?.Dispose();
    }
}
