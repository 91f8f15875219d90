using System.Diagnostics;
using System.Runtime.InteropServices;

namespace rclcs;

/// <summary>
/// Turns SIGINT (Ctrl-C) and SIGTERM into an orderly end of all contexts. A signal that finds all of them ending already,
/// or none, ends the process: at once, or as soon as the orderly end has had <see cref="Grace"/>.
/// </summary>
internal static class ShutdownSignals
{
    /// <summary>
    /// For what is under way. Two signals can be one wish: ros2 launch hands on the Ctrl-C that the terminal has sent to its
    /// nodes as well.
    /// </summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private static readonly Lock ContextsLock = new();
    private static readonly HashSet<Context> Contexts = [];
    private static readonly List<PosixSignalRegistration> Registrations = [];
    private static long? _asked;

    /// <summary>Ends this context too from now on.</summary>
    public static void Add(Context context)
    {
        lock (ContextsLock)
        {
            Contexts.Add(context);
            if (Registrations.Count == 0)
            {
                Registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle));
                Registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle));
            }
        }
    }

    /// <summary>The context has ended.</summary>
    public static void Remove(Context context)
    {
        lock (ContextsLock)
            Contexts.Remove(context);
    }

    // The runtime calls it on a thread made for the signal, and ends the process by the signal itself unless it is canceled.
    private static void Handle(PosixSignalContext signal)
    {
        Context[] asked;
        long? since;
        lock (ContextsLock)
        {
            asked = [.. Contexts.Where(context => !context.ShutdownToken.IsCancellationRequested)];
            if (asked.Length > 0)
                _asked = Stopwatch.GetTimestamp();

            since = _asked;
        }

        if (asked.Length > 0)
        {
            signal.Cancel = true;
            foreach (var context in asked)
                context.RequestShutdown();
        }
        else if (since is { } moment && Grace - Stopwatch.GetElapsedTime(moment) is { Ticks: > 0 } left)
        {
            Thread.Sleep(left);
        }
    }
}
