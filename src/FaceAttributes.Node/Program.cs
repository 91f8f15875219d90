using FaceAttributes.Node;
using rclcs;
using VisionNodes;

// The face_attributes node. Ends with a line "frames_processed=… frames_dropped=…" on standard output.

const string Name = "face_attributes_node";
const string Help =
    $"""
    Usage: {Name} [--ros-args -r image:=TOPIC --params-file FILE -p NAME:=VALUE …]

    Finds faces in the images of a camera, follows them, estimates emotion, gender and age of each, and publishes them.

      image            in: sensor_msgs/Image, or sensor_msgs/CompressedImage on image/compressed
      ~/faces          out: face_attributes/FaceAttributesArray, one for each image
      ~/annotated      out: sensor_msgs/Image, with the faces drawn in; as JPEG on ~/annotated/compressed
      ~/explanation    out: sensor_msgs/Image, what in a face speaks for an answer
      ~/detections     out: vision_msgs/Detection2DArray, with detections.enabled
      /humans/faces/…  out: REP-155's topics, with hri.enabled
      ~/enable         service std_srvs/SetBool: false until true no image is looked at
      ~/classify       service face_attributes/Classify: the faces of one image
      ~/explain        service face_attributes/Explain: what in one image speaks for an answer
      /diagnostics     out: diagnostic_msgs/DiagnosticArray

    docs/topics.md describes them all. config/face_attributes.yaml has all parameters with their defaults; while the node runs, 'ros2 param describe' explains them.
    Ctrl-C or SIGTERM ends it.
    """;
return VisionProgram.Run(Name, Help, args, Work);

static int Work(Context context)
{
    using var node = Rclcs.CreateNode("face_attributes", context);
    using var faceAttributes = new FaceAttributesNode(node);
    if (faceAttributes.Autostart && !faceAttributes.Start())
        return 1; // The log says why.
    Rclcs.Spin(node, context);
    Console.WriteLine($"frames_processed={faceAttributes.Worker.Processed} frames_dropped={faceAttributes.Worker.Dropped}");
    return 0;
}
