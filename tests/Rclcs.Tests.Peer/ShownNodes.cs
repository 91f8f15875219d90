using System.Globalization;
using rclcs;
using Image = sensor_msgs.msg.Image;
using SetBool = std_srvs.srv.SetBool;
using Text = std_msgs.msg.String;

namespace rclcs.Tests.Peer;

/// <summary>Two nodes with one of everything that ROS's own tools show or change: see tests/interop/ros2_table.</summary>
internal static class ShownNodes
{
    /// <summary>Says <c>ready</c> and then what reaches the nodes, until the context is shut down.</summary>
    public static void Run(INode node, Context context)
    {
        using var managed = Rclcs.CreateNode("managed", context);
        using var lifecycle = new LifecycleNode(managed, new Callbacks());
        DeclareParameters(node);
        PublishTexts(node);
        PublishImages(node);
        node.CreateSubscription<Text>("heard", text => Console.WriteLine($"heard '{text.Data}'"));
        node.CreateSubscription<Image>("seen", image => Console.WriteLine(Describe(image)));
        node.CreateService("set_bool", (SetBool.Request request) =>
            new SetBool.Response { Success = true, Message = $"now {request.Data}" });

        using var executor = new Executor(context);
        executor.Add(node);
        executor.Add(managed);
        Console.WriteLine("ready");
        executor.Spin(context.ShutdownToken);
    }

    private static void DeclareParameters(INode node)
    {
        node.Parameters.Declare("scale", 1.5, new ParameterDescriptor
        {
            Description = "how large",
            FloatingPointRange = new FloatingPointRange(1, 2),
        });
        node.Parameters.Declare("text", "allowed");
        node.Parameters.Declare("constant", 1L, new ParameterDescriptor { ReadOnly = true });
        node.Parameters.AddOnSetCallback(parameters =>
        {
            foreach (var parameter in parameters)
            {
                if (parameter.Name == "text" && parameter.Value.As<string>() == "forbidden")
                    return SetParametersResult.Rejected("this text is forbidden");

                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{parameter.Name} is now {parameter.Value}"));
            }
            return SetParametersResult.Success;
        });
    }

    private static void PublishTexts(INode node)
    {
        var text = new Text { Data = "kept" };
        node.CreatePublisher<Text>("latched", QosProfile.Latched).Publish(text);
        var chatter = node.CreatePublisher<Text>("chatter");
        var count = 0;
        node.CreateTimer(TimeSpan.FromMilliseconds(100), () =>
        {
            text.Data = $"hello {count++}";
            chatter.Publish(text);
            if (count % 10 == 0)
                node.Logger.Info($"said hello {count} times");
        });
    }

    private static void PublishImages(INode node)
    {
        var image = new Image { Height = 480, Width = 640, Step = 640 * 3, Encoding = "bgr8", Data = CreatePixels() };
        image.Header.FrameId = "camera";
        var publisher = node.CreatePublisher<Image>("image");
        node.CreateTimer(TimeSpan.FromSeconds(1.0 / 30), () => publisher.Publish(image));
    }

    private static byte[] CreatePixels()
    {
        var pixels = new byte[640 * 480 * 3];
        new Random(1).NextBytes(pixels);
        return pixels;
    }

    private static string Describe(Image image) =>
        image.Data.Span.SequenceEqual(CreatePixels()) ? "all pixels as sent" : "other pixels than sent";

    private sealed class Callbacks : ILifecycleCallbacks;
}
