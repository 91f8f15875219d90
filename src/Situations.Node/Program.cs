using rclcs;
using Situations.Node;
using VisionNodes;

// The situations node. Ends with a line "situations=… frames=…" on standard output.

const string Name = "situations_node";
const string Help =
    $"""
    Usage: {Name} [--ros-args -r image:=TOPIC --params-file FILE -p NAME:=VALUE …]

    Puts what a camera sees into a sentence, estimates whether it is dangerous, and publishes both.

      image            in: sensor_msgs/Image, or sensor_msgs/CompressedImage on image/compressed
      ~/situation      out: face_attributes/Situation, latched; for each image that was looked at
      ~/annotated      out: sensor_msgs/Image, with the sentence under it
      /diagnostics     out: diagnostic_msgs/DiagnosticArray
      ~/describe       service: face_attributes/Describe, what the camera or a given image shows
      ~/enable         service: std_srvs/SetBool, false until true no image is looked at
      ~/anything_new   service: std_srvs/Trigger, whether the situation is another than when last asked

    config/situations.yaml has all parameters with their defaults; while the node runs, 'ros2 param describe' explains them.
    Ctrl-C or SIGTERM ends it. The estimate of danger is no safety device.
    """;
return VisionProgram.Run(Name, Help, args, Work);

static int Work(Context context)
{
    using var node = Rclcs.CreateNode("situations", context);
    using var situations = new SituationsNode(node);
    if (situations.Autostart && !situations.Start())
        return 1; // The log says why.
    Rclcs.Spin(node, context);
    Console.WriteLine($"situations={situations.Looks} frames={situations.Worker.Processed}");
    return 0;
}
