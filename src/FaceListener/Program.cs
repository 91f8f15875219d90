using System.Diagnostics;
using face_attributes.msg;
using FaceListener;
using rclcs;

// Subscribes to the face attributes and shows them readably, once a second; saves annotated images where asked to.
// Ends with a line "faces=… latency_ms_p50=… latency_ms_p99=…" on standard output, and with exit code 1 if no face came.

var report = new FaceReport();
try
{
    using var context = new Context();
    Rclcs.Init(context, args);
    using var node = Rclcs.CreateNode("face_listener", context);
    var folder = node.DeclareParameter("save", "", new ParameterDescriptor
    {
        Description = "Folder for annotated pictures, two a second at most; empty to keep none",
        ReadOnly = true,
    });
    var saver = folder.Length > 0 ? new PictureSaver(folder) : null;
    using var faces = node.CreateSubscription<FaceAttributesArray>("faces", message => report.Add(message, Latency(message.Header.Stamp, node.Clock.Now)));
    using var annotated = saver is null ? null : node.CreateSubscription<sensor_msgs.msg.Image>("annotated", saver.Save);

    var second = Stopwatch.StartNew();
    using var timer = node.CreateTimer(TimeSpan.FromSeconds(1), () =>
    {
        Console.WriteLine(report.TakeSecond(second.Elapsed));
        second.Restart();
    });
    Rclcs.Spin(node, context);
}
catch (NotInitializedException)
{
    return 0; // Told to end before the start was over.
}
catch (Exception e) when (e is RuntimeError or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"face_listener: {e.Message}");
    return 1;
}

Console.WriteLine(report.Summary());
if (report.Faces > 0)
    return 0;
Console.Error.WriteLine("No message with a face came: is a camera publishing, and does its picture show a face?");
return 1;

static double Latency(builtin_interfaces.msg.Time sent, builtin_interfaces.msg.Time now) =>
    (now.Sec - sent.Sec) * 1e3 + ((double)now.Nanosec - sent.Nanosec) / 1e6;
