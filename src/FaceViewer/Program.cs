using FaceViewer;
using rclcs;
using VisionNodes;

// The viewer: a web page and a REST interface beside the face_attributes node. Prints its address on standard output.

const string Name = "face_viewer";
const string Help =
    $"""
    Usage: {Name} [--ros-args -p port:=PORT -p address:=ADDRESS -p node:=NODE …]

    Serves a page that shows what the camera and the face_attributes node see, and a REST interface that classifies and explains
    pictures. Prints the page's address. It only subscribes to the nodes and calls their services; it keeps nothing.

      address      where it listens: 127.0.0.1, which only this machine reaches, or another one, such as 0.0.0.0; then it asks for
                   a token, which is part of the address that is printed
      port         8080; 0 for a free one
      token        what has to be known to use it; empty for a new one where it is needed
      hosts        names by which it may be called besides this machine's own
      node         the face_attributes node: face_attributes
      situations   the situations node: situations
      max_bytes, max_pixels, max_requests, timeout_seconds
                   limits of pictures that are uploaded: bytes, pixels, requests a second from one address, seconds

    Ctrl-C or SIGTERM ends it.
    """;
return VisionProgram.Run(Name, Help, args, Work);

static int Work(Context context)
{
    using var node = Rclcs.CreateNode(Name, context);
    var options = ViewerOptions.Declare(node.Parameters);
    using var perception = new PerceptionClient(node, options);
    using var server = new ViewerServer(options, perception, node.Logger);
    server.Start();
    Console.WriteLine($"The viewer is at {server.Address}");
    Rclcs.Spin(node, context);
    return 0;
}
