using FaceAttributes.Node;
using FaceAttributes.Shared;
using rclcs;
using Vision.Inference;
using NodeParameters = FaceAttributes.Node.NodeParameters;

// The face_attributes node. Ends with a line "frames_processed=… frames_dropped=…" on standard output.

return Rclcs.Run("face_attributes_node", args, Work, Describe);

static int Work(Context context)
{
    using var node = Rclcs.CreateNode("face_attributes", context);
    var parameters = NodeParameters.Declare(node);
    var faceAttributes = new FaceAttributesNode(node, parameters, PipelineFactory.Create(parameters));
    using (faceAttributes)
        Rclcs.Spin(node, context);
    Console.WriteLine($"frames_processed={faceAttributes.FramesProcessed} frames_dropped={faceAttributes.FramesDropped}");
    return 0;
}

static string? Describe(Exception error) =>
    OpenCvLibrary.DescribeMissing(error) ?? (error is ModelException or IOException or InvalidDataException ? error.Message : null);
