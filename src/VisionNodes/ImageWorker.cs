using System.Collections.Concurrent;
using rclcs;
using std_msgs.msg;
using Vision.Imaging;

namespace VisionNodes;

/// <summary>
/// A thread that works on the newest image, so that the thread that receives never waits. What one image does to it,
/// the next one does not feel.
/// </summary>
public sealed class ImageWorker : IDisposable
{
    private static readonly TimeSpan WarningPause = TimeSpan.FromSeconds(10);

    private readonly Logger _logger;
    private readonly string _name;
    private readonly Func<bool> _isWanted;
    private readonly Action<ImageFrame, Header> _process;
    private readonly Func<int> _enoughPixels;
    private readonly LatestValueQueue<CameraImage> _queue = new();
    private readonly ConcurrentQueue<Action> _changes = new();
    private Thread? _thread;
    private long _processed;
    private long _skipped;
    private long _unwatched;

    /// <summary>Does nothing yet, see <see cref="Start"/>.</summary>
    /// <param name="logger">Gets what is wrong with images.</param>
    /// <param name="name">Of the thread.</param>
    /// <param name="isWanted">Whether anybody listens to what comes out: else images are only counted.</param>
    /// <param name="process">Works on an image, on the worker's thread; frame and header are lent.</param>
    /// <param name="enoughPixels">Pixels that are enough of an image's longer side, see <see cref="ImageFrame.SetCompressed"/>; all, where it is left out.</param>
    public ImageWorker(Logger logger, string name, Func<bool> isWanted, Action<ImageFrame, Header> process, Func<int>? enoughPixels = null) =>
        (_logger, _name, _isWanted, _process, _enoughPixels) = (logger, name, isWanted, process, enoughPixels ?? (() => ImageFrame.MaxSide));

    /// <summary>Images that were worked on.</summary>
    public long Processed => Interlocked.Read(ref _processed);

    /// <summary>Images that could not be read or worked on.</summary>
    public long Skipped => Interlocked.Read(ref _skipped);

    /// <summary>Images for which a newer one came before their turn.</summary>
    public long Dropped => _queue.Dropped;

    /// <summary>Images that nobody wanted to know anything of.</summary>
    public long Unwatched => Interlocked.Read(ref _unwatched);

    /// <summary>Starts the thread. Call it when all else that can fail has succeeded.</summary>
    public void Start()
    {
        if (_thread is not null)
            return;
        _queue.Open();
        _thread = new Thread(Work) { Name = _name, IsBackground = true };
        _thread.Start();
    }

    /// <summary>Ends the thread after the image that it works on. May be called twice, and followed by <see cref="Start"/>.</summary>
    public void Stop()
    {
        _queue.Close();
        _thread?.Join();
        _thread = null;
        Change();
    }

    /// <summary>Hands an image over, without waiting; it is the worker's from now on.</summary>
    public void Put(CameraImage image) => _queue.Put(image);

    /// <summary>Hands an image over when the one before it has been begun: none is dropped. Waits for that.</summary>
    public void PutInOrder(CameraImage image) => _queue.PutInOrder(image);

    /// <summary>Lets the worker change something before its next image; it doesn't wait for one. At once while it is stopped.</summary>
    /// <param name="change">Must not fail.</param>
    public void BeforeNext(Action change)
    {
        _changes.Enqueue(change);
        if (_thread is null)
            Change();
        else
            _queue.Wake();
    }

    /// <inheritdoc/>
    public void Dispose() => Stop();

    private void Change()
    {
        while (_changes.TryDequeue(out var change))
            change();
    }

    private void Work()
    {
        OpenCv.Silence();
        using var frame = new ImageFrame();
        while (_queue.Take(out var image, out var hasImage))
        {
            Change();
            if (!hasImage)
                continue;
            using (image)
            {
                if (_isWanted())
                    Process(image, frame);
                else
                    Interlocked.Increment(ref _unwatched);
            }
        }
    }

    private void Process(CameraImage image, ImageFrame frame)
    {
        try
        {
            image.Read(frame, _enoughPixels());
            _process(frame, image.Header);
            Interlocked.Increment(ref _processed);
        }
        catch (ImageException e)
        {
            Interlocked.Increment(ref _skipped);
            _logger.WarnThrottle(WarningPause, $"An image is skipped: {e.Message}", e.Cause);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Whatever one image does to OpenCV, to a network or to us, the next one may be fine.
            Interlocked.Increment(ref _skipped);
            _logger.ErrorThrottle(WarningPause, $"An image is skipped: {VisionProgram.Describe(e) ?? e.ToString()}", e.GetType().Name);
        }
        finally
        {
            frame.Clear();
        }
    }
}
