using FaceAttributes.Node;
using FaceAttributes.Shared;
using rclcs;

// The face_attributes node. Ends with a line "frames_processed=… frames_dropped=…" on standard output.

return Rclcs.Run("face_attributes_node", args, Work, OpenCvLibrary.DescribeMissing);

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
