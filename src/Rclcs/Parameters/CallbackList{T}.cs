namespace rclcs;

/// <summary>Callbacks that come and go. For any thread.</summary>
/// <typeparam name="T">Their type.</typeparam>
internal sealed class CallbackList<T>
    where T : Delegate
{
    private readonly Lock _changeLock = new();
    private volatile T[] _all = [];

    /// <summary>Those of now, the last one added first, as rclcpp calls them.</summary>
    public IReadOnlyList<T> All => _all;

    /// <summary>Adds one.</summary>
    /// <returns>Takes it out again when disposed.</returns>
    public IDisposable Add(T callback)
    {
        lock (_changeLock)
            _all = [callback, .. _all];

        return new Registration(this, callback);
    }

    private sealed class Registration(CallbackList<T> list, T callback) : IDisposable
    {
        private T? _callback = callback;

        public void Dispose()
        {
            lock (list._changeLock)
            {
                var at = Array.IndexOf(list._all, _callback);
                if (at >= 0)
                    list._all = [.. list._all[..at], .. list._all[(at + 1)..]];

                _callback = null;
            }
        }
    }
}
