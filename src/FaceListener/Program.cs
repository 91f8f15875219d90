using System.Diagnostics;
using face_attributes.msg;
using FaceListener;
using rclcs;
using VisionNodes;

// Subscribes to the face attributes and shows them readably, once a second; saves annotated images where asked to.
// Ends with a line "faces=… messages=… latency_ms_p50=… latency_ms_p99=…" on standard output.

const string Name = "face_listener";
const string Help =
    $"""
    Usage: {Name} [--ros-args -r faces:=TOPIC -r annotated:=TOPIC -p save:=FOLDER]

    Shows once a second what the face_attributes node says on faces (face_attributes/FaceAttributesArray). With 'save', keeps
    pictures of annotated (sensor_msgs/Image) in that folder, two a second at most.

    Ctrl-C or SIGTERM ends it.
    """;
return VisionProgram.Run(Name, Help, args, Work);

static int Work(Context context)
{
    var report = new FaceReport();
    Listen(context, report);
    Console.WriteLine(report.Summary());
    return 0;
}

static void Listen(Context context, FaceReport report)
{
    using var node = Rclcs.CreateNode("face_listener", context);
    var folder = node.Parameters.Declare("save", "", new ParameterDescriptor
    {
        Description = "Folder for annotated pictures, two a second at most; empty to keep none",
        ReadOnly = true,
    });
    using var saver = folder.Length > 0 ? new PictureSaver(folder, node) : null;
    using var faces = node.CreateSubscription<FaceAttributesArray>("faces", message => report.Add(message, node.Clock.NowNanoseconds));
    using var annotated = saver is null ? null : node.CreateSubscription<sensor_msgs.msg.Image>("annotated", saver.Save);

    var second = Stopwatch.StartNew();
    using var timer = node.CreateWallTimer(TimeSpan.FromSeconds(1), () =>
    {
        Console.WriteLine(report.TakeSecond(second.Elapsed));
        second.Restart();
    });
    Rclcs.Spin(node, context);
}
