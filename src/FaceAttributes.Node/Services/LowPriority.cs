using System.Runtime.InteropServices;

namespace FaceAttributes.Node.Services;

/// <summary>Work that has time: whoever asks once must not take the processor from the camera's images.</summary>
internal static partial class LowPriority
{
    // Linux counts threads as processes here, and 0 is the calling one.
    private const int OfThread = 0;
    private const int Nice = 10;

    /// <summary>Runs it on a thread of its own, of lower priority than the others.</summary>
    public static Task<T> Run<T>(Func<T> work)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            // .NET's own thread priorities do nothing on Linux. Where this is refused, the work goes on as it is.
            _ = SetPriority(OfThread, 0, Nice);
            try
            {
                result.SetResult(work());
            }
            catch (Exception e)
            {
                result.SetException(e);
            }
        })
        { Name = "pictures", IsBackground = true }.Start();
        return result.Task;
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, uint who, int priority);
}
