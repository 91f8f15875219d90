using System.Diagnostics;
using face_attributes.msg;
using FaceAttributes.Shared;
using FaceListener;
using rclcs;

// Subscribes to the face attributes and shows them readably, once a second; saves annotated images where asked to.
// Ends with a line "faces=… latency_ms_p50=… latency_ms_p99=…" on standard output, and with exit code 1 if no face came.

return Rclcs.Run("face_listener", args, Work, Describe);

static int Work(Context context)
{
    var report = new FaceReport();
    Listen(context, report);
    Console.WriteLine(report.Summary());
    if (report.Faces > 0)
        return 0;
    Console.Error.WriteLine("No message with a face came: is a camera publishing, and does its picture show a face?");
    return 1;
}

static void Listen(Context context, FaceReport report)
{
    using var node = Rclcs.CreateNode("face_listener", context);
    var folder = node.Parameters.Declare("save", "", new ParameterDescriptor
    {
        Description = "Folder for annotated pictures, two a second at most; empty to keep none",
        ReadOnly = true,
    });
    using var saver = folder.Length > 0 ? new PictureSaver(folder) : null;
    using var faces = node.CreateSubscription<FaceAttributesArray>("faces", message => report.Add(message, (node.Clock.NowNanoseconds - message.Header.Stamp.ToNanoseconds()) / 1e6));
    using var annotated = saver is null ? null : node.CreateSubscription<sensor_msgs.msg.Image>("annotated", saver.Save);

    var second = Stopwatch.StartNew();
    using var timer = node.CreateWallTimer(TimeSpan.FromSeconds(1), () =>
    {
        Console.WriteLine(report.TakeSecond(second.Elapsed));
        second.Restart();
    });
    Rclcs.Spin(node, context);
}

static string? Describe(Exception error) =>
    OpenCvLibrary.DescribeMissing(error) ?? (error is IOException or UnauthorizedAccessException ? error.Message : null);
