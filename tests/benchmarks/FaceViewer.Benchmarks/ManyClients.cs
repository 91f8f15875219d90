using System.Diagnostics;
using System.Net.Http.Headers;

namespace FaceViewer.Benchmarks;

/// <summary>Clients that send pictures without a pause: what becomes of the node's own rate of images.</summary>
internal static class ManyClients
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(20);

    public static async Task<int> RunAsync(int count)
    {
        using var robot = await Robot.StartAsync("-p", "max_requests:=100000");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/faces") { Headers = { Accept = { new MediaTypeWithQualityHeaderValue("text/event-stream") } } };
        using var stream = await robot.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead); // Keeps the node at work.
        var reading = stream.Content.CopyToAsync(Stream.Null);
        await RateAsync(robot, TimeSpan.FromSeconds(5)); // Until all is warm.
        var alone = await RateAsync(robot, Duration);

        var picture = await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "photographs", "grace_hopper.jpg"));
        using var end = new CancellationTokenSource();
        var times = new List<double>();
        var failed = 0;
        var clients = Enumerable.Range(0, count).Select(_ => Task.Run(async () =>
        {
            while (!end.IsCancellationRequested)
            {
                using var content = new ByteArrayContent(picture) { Headers = { ContentType = new MediaTypeHeaderValue("image/jpeg") } };
                var start = Stopwatch.GetTimestamp();
                using var answer = await robot.Http.PostAsync("/v1/classify", content);
                lock (times)
                {
                    if (answer.IsSuccessStatusCode)
                        times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                    else
                        failed++;
                }
            }
        })).ToArray();
        await RateAsync(robot, TimeSpan.FromSeconds(3));
        lock (times)
            times.Clear();
        var together = await RateAsync(robot, Duration);
        int answered;
        lock (times)
        {
            times.Sort();
            answered = times.Count;
        }

        await end.CancelAsync();
        await Task.WhenAll(clients);
        Console.WriteLine(FormattableString.Invariant(
            $"images a second of the node: {alone:F1} alone, {together:F1} ({100 * together / alone:F0}%) with {count} clients, of which {answered / Duration.TotalSeconds:F1} pictures a second were classified, each after {times[answered / 2]:F0} ms in the median; refused: {failed}"));
        return together >= 0.9 * alone ? 0 : 1;
    }

    private static async Task<double> RateAsync(Robot robot, TimeSpan duration)
    {
        var (before, start) = (await robot.MetricAsync("face_viewer_faces_messages_received_total"), Stopwatch.GetTimestamp());
        await Task.Delay(duration);
        return (await robot.MetricAsync("face_viewer_faces_messages_received_total") - before) / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
