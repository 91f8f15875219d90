using face_attributes.msg;
using rclcs;
using Image = sensor_msgs.msg.Image;
using Text = std_msgs.msg.String;

namespace Behaviours;

/// <summary>What a robot does with the faces that it sees.</summary>
internal static class Behaviour
{
    /// <summary>All, by name.</summary>
    public static IReadOnlyDictionary<string, Func<INode, IDisposable>> Table { get; } = new Dictionary<string, Func<INode, IDisposable>>
    {
        ["take_photograph"] = TakePhotograph,
        ["call_for_help"] = CallForHelp,
        ["greet"] = Greet,
    };

    /// <summary>Publishes the newest <c>image</c> on <c>photograph</c> when everyone in it has been happy for a second.</summary>
    public static IDisposable TakePhotograph(INode node)
    {
        var rule = new HappyGroup();
        var photograph = node.CreatePublisher<Image>("photograph");
        ReceivedMessage<Image>? newest = null;
        node.CreateOwnedSubscription<Image>("image", image =>
        {
            newest?.Dispose();
            newest = image;
        }, QosProfile.SensorData);
        return node.CreateSubscription<FaceAttributesArray>("faces", faces =>
        {
            if (!rule.Update(faces) || newest is null)
                return;
            node.Logger.Info($"Photograph of {faces.Faces.Count} happy faces");
            photograph.Publish(newest.Message);
        });
    }

    /// <summary>Publishes a question on <c>say</c> when somebody looks in pain or distress for some seconds.</summary>
    public static IDisposable CallForHelp(INode node)
    {
        var rule = new Distress();
        return Say(node, faces => rule.Update(faces), "Do you need help?");
    }

    /// <summary>Publishes a greeting on <c>say</c> for everyone who comes, once.</summary>
    public static IDisposable Greet(INode node)
    {
        var rule = new Newcomers();
        return Say(node, faces => rule.Update(faces), "Hello!");
    }

    private static ISubscription<FaceAttributesArray> Say(INode node, Func<FaceAttributesArray, List<string>> rule, string text)
    {
        var say = node.CreatePublisher<Text>("say");
        return node.CreateSubscription<FaceAttributesArray>("faces", faces =>
        {
            foreach (var id in rule(faces))
            {
                node.Logger.Info($"{id}: {text}");
                say.Publish(new Text { Data = text });
            }
        });
    }
}
