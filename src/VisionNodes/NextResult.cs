using System.Collections.Concurrent;
using System.Globalization;

namespace VisionNodes;

/// <summary>What is made of the next image, for services that ask for it. Asked from any thread, answered by the worker's.</summary>
public sealed class NextResult<T>
{
    private readonly ConcurrentQueue<TaskCompletionSource<T>> _asked = new();

    /// <summary>Whether somebody waits.</summary>
    public bool IsAsked
    {
        get
        {
            while (_asked.TryPeek(out var first) && first.Task.IsCompleted)
                _asked.TryDequeue(out _); // Who asked has given up.
            return !_asked.IsEmpty;
        }
    }

    /// <summary>Waits for the next image.</summary>
    /// <exception cref="TimeoutException">None came in time.</exception>
    /// <exception cref="InvalidOperationException">See <see cref="Refuse"/>.</exception>
    public async Task<T> Ask(TimeSpan patience, CancellationToken cancellationToken)
    {
        var asked = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _asked.Enqueue(asked);
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
            asked.TrySetCanceled(CancellationToken.None);
        }
    }

    /// <summary>Answers all who wait.</summary>
    /// <param name="answer">Makes an answer that belongs to who gets it.</param>
    public void Answer(Func<T> answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        while (_asked.TryDequeue(out var asked))
            asked.TrySetResult(answer());
    }

    /// <summary>Lets all who wait fail.</summary>
    /// <param name="reason">For people.</param>
    public void Refuse(string reason)
    {
        while (_asked.TryDequeue(out var asked))
            asked.TrySetException(new InvalidOperationException(reason));
    }
}
