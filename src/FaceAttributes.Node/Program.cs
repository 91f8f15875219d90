using FaceAttributes.Classification;
using FaceAttributes.Node;
using rclcs;

// The face_attributes node. Ends with a line "frames_processed=… frames_dropped=…" on standard output.

try
{
    using var context = new Context();
    Rclcs.Init(context, args);
    using var node = Rclcs.CreateNode("face_attributes", context);
    var parameters = NodeParameters.Declare(node);
    var faceAttributes = new FaceAttributesNode(node, parameters, PipelineFactory.Create(parameters));
    using (faceAttributes)
        Rclcs.Spin(node, context);
    Console.WriteLine($"frames_processed={faceAttributes.FramesProcessed} frames_dropped={faceAttributes.FramesDropped}");
    return 0;
}
catch (NotInitializedException)
{
    return 0; // Told to end before the start was over.
}
catch (TypeInitializationException e) when (e.InnerException is DllNotFoundException)
{
    Console.Error.WriteLine(
        "face_attributes_node: a native library of OpenCV is missing: install libgtk-3-0, libdrm2 and libatomic1, or see with ldd what libOpenCvSharpExtern.so lacks.");
    return 1;
}
catch (Exception e) when (e is RuntimeError or ModelException or IOException or InvalidDataException)
{
    Console.Error.WriteLine($"face_attributes_node: {e.Message}");
    return 1;
}
