using System.Globalization;

namespace VisionNodes;

/// <summary>What is made of the next image, for services that ask for it. Asked from any thread, answered by the worker's.</summary>
public sealed class NextResult<T>
{
    private readonly List<TaskCompletionSource<T>> _asked = [];

    /// <summary>Whether somebody waits.</summary>
    public bool IsAsked
    {
        get
        {
            lock (_asked)
                return _asked.Count > 0;
        }
    }

    /// <summary>Waits for the next image.</summary>
    /// <exception cref="TimeoutException">None came in time.</exception>
    /// <exception cref="InvalidOperationException">See <see cref="Refuse"/>.</exception>
    public async Task<T> Ask(TimeSpan patience, CancellationToken cancellationToken)
    {
        var asked = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_asked)
            _asked.Add(asked);
        try
        {
            return await asked.Task.WaitAsync(patience, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException(string.Create(CultureInfo.InvariantCulture, $"No image came within {patience.TotalSeconds:0.#} s."));
        }
        finally
        {
            lock (_asked)
                _asked.Remove(asked);
        }
    }

    /// <summary>Answers all who wait.</summary>
    /// <param name="answer">Makes an answer that belongs to who gets it.</param>
    public void Answer(Func<T> answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        foreach (var asked in TakeAll())
            asked.TrySetResult(answer());
    }

    /// <summary>Lets all who wait fail.</summary>
    /// <param name="reason">For people.</param>
    public void Refuse(string reason)
    {
        foreach (var asked in TakeAll())
            asked.TrySetException(new InvalidOperationException(reason));
    }

    private TaskCompletionSource<T>[] TakeAll()
    {
        lock (_asked)
        {
            TaskCompletionSource<T>[] all = [.. _asked];
            _asked.Clear();
            return all;
        }
    }
}
