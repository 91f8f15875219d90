using System.Runtime.InteropServices;

namespace rclcs;

/// <summary>Turns SIGINT (Ctrl-C) and SIGTERM into an orderly end of all contexts.</summary>
internal static class ShutdownSignals
{
    private static readonly Lock ContextsLock = new();
    private static readonly List<Context> Contexts = [];
    private static readonly List<PosixSignalRegistration> Registrations = [];
    private static bool _received;

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

    private static void Handle(PosixSignalContext signal)
    {
        Context[] contexts;
        lock (ContextsLock)
        {
            // A second signal (ros2 launch sends two) must not kill a program that is shutting down,
            // but a program without contexts ends as any other.
            _received |= Contexts.Count > 0;
            signal.Cancel = _received;
            contexts = [.. Contexts];
        }

        foreach (var context in contexts)
            context.RequestShutdown();
    }
}
