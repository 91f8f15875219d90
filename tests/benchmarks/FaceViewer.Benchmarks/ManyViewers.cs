using System.Diagnostics;
using System.Net.WebSockets;

namespace FaceViewer.Benchmarks;

/// <summary>
/// Pages that are open at once: one in Chromium, which measures the delay from the arrival of a picture's topic to the screen, and
/// the others as their connections alone, since so many browsers would measure themselves.
/// </summary>
internal static class ManyViewers
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(20);

    public static async Task<int> RunAsync(int count)
    {
        using var robot = await Robot.StartAsync();
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync(robot.Address!, 1280, 900);
        using var end = new CancellationTokenSource();
        var pictures = new int[count];
        var connections = Enumerable.Range(1, count - 1).Select(i => Task.Run(() => WatchAsync(robot, () => pictures[i]++, end.Token))).ToArray();
        await page.EvaluateAsync(
            "window.delays = []; document.getElementById('picture').addEventListener('shown', event => requestAnimationFrame(() => window.delays.push(event.detail.delay)))");
        await Task.Delay(TimeSpan.FromSeconds(5));
        Array.Clear(pictures);
        await page.EvaluateAsync("window.delays = []");
        var (time, start) = (robot.ViewerTime(), Stopwatch.GetTimestamp());
        var before = await robot.MetricAsync("face_viewer_pictures_received_total");
        await Task.Delay(Duration);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var share = (robot.ViewerTime() - time).TotalSeconds / seconds;
        var delays = await page.EvaluateAsync<double[]>("window.delays");
        pictures[0] = delays.Length;
        var received = await robot.MetricAsync("face_viewer_pictures_received_total") - before;
        await end.CancelAsync();
        await Task.WhenAll(connections);
        Array.Sort(delays);
        Console.WriteLine(FormattableString.Invariant(
            $"{count} viewers: the server takes {100 * share:F0}% of a core and {robot.ViewerMegabytes} MB; of {received / seconds:F1} pictures a second Chromium shows {delays.Length / seconds:F1}, the others get {pictures.Skip(1).DefaultIfEmpty().Min() / seconds:F1} or more; from the topic to the screen {delays[delays.Length / 2]:F0} ms in the median, {delays[delays.Length * 95 / 100]:F0} ms for 95%"));
        return 0;
    }

    private static async Task WatchAsync(Robot robot, Action count, CancellationToken cancellationToken)
    {
        using var socket = new ClientWebSocket();
        var buffer = new byte[1 << 20];
        var done = new byte[1];
        try
        {
            await socket.ConnectAsync(new UriBuilder(robot.Address!) { Scheme = "ws", Path = "/live" }.Uri, cancellationToken);
            while (true)
            {
                var received = await socket.ReceiveAsync(buffer.AsMemory(), cancellationToken);
                if (received is not { MessageType: WebSocketMessageType.Binary, EndOfMessage: true })
                    continue;
                count();
                await socket.SendAsync(done, WebSocketMessageType.Binary, endOfMessage: true, cancellationToken);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            // The time is up.
        }
    }
}
