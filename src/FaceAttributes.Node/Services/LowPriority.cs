using System.Runtime.InteropServices;

namespace FaceAttributes.Node.Services;

/// <summary>Work that has time: whoever asks once must not take the processor from the camera's images.</summary>
internal static partial class LowPriority
{
    private const int Steps = 10;

    /// <summary>Runs it on a thread of its own, of lower priority than the others.</summary>
    public static Task<T> Run<T>(Func<T> work)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            // Of this thread alone, on Linux, where .NET's own thread priorities do nothing.
            _ = Nice(Steps);
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

    [LibraryImport("libc", EntryPoint = "nice")]
    private static partial int Nice(int increment);
}
