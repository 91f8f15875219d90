using hri_msgs.msg;
using OpenCvSharp;
using rclcs;
using rclcs.Tests.Support;
using Image = sensor_msgs.msg.Image;

namespace FaceAttributes.Node.Tests;

/// <summary>The node's topics and services: docs/topics.md has what the graph shows of them.</summary>
public class InterfacesTests
{
    private const string Document = "docs/topics.md";

    // Of every node, or of every managed one.
    private static readonly string[] OfEveryNode = ["/rosout", "/parameter_events", "/clock"];
    private static readonly string[] PackagesOfEveryNode = ["rcl_interfaces", "lifecycle_msgs", "type_description_interfaces"];

    private readonly SortedDictionary<string, string[]> _topics = new(StringComparer.Ordinal);
    private NodePair _pair = null!;

    [Test]
    public void The_documentation_has_all_topics_and_services()
    {
        using var pair = _pair = new NodePair("face_attributes",
            "--ros-args", "-r", "image:=/camera/image_raw", "-p", "models.names:=[]", "-p", "detections.enabled:=true", "-p", "hri.enabled:=true");
        using var faceAttributes = new FaceAttributesNode(pair.Node);
        Assert.That(faceAttributes.Start());
        using var camera = pair.Neighbour.CreatePublisher<Image>("/camera/image_raw");
        var id = "";
        using var tracked = pair.Neighbour.CreateSubscription<IdsList>("/humans/faces/tracked", message => id = message.Ids.FirstOrDefault(id));
        pair.SpinUntil(() => camera.SubscriptionCount > 0 && tracked.PublisherCount > 0);
        camera.Publish(Photograph());
        pair.SpinUntil(() => id.Length > 0 && pair.Node.Graph.CountPublishers($"/humans/faces/{id}/roi") > 0);
        Add("/camera/image_raw");
        Assert.That(pair.Node.Parameters.Set("input.transport", "compressed").Successful);
        pair.SpinUntil(() => pair.Node.Graph.CountSubscribers("/camera/image_raw/compressed") > 0);
        Add("/camera/image_raw");

        var described = DocumentTable.Read(Document, "topics").Concat(DocumentTable.Read(Document, "services")).ToDictionary(row => row[0], row => row[^1]);
        DocumentTable.AssertIs(Document, "topics", ["topic", "type", "quality of service", ""], _topics.Select(Row));
        DocumentTable.AssertIs(Document, "services", ["service", "type", ""], pair.Node.Graph.GetServiceNamesAndTypes()
            .Where(service => service.Key.StartsWith("/face_attributes/", StringComparison.Ordinal))
            .SelectMany(service => service.Value.Select(type => KeyValuePair.Create(ShortName(service.Key), new[] { ShortType(type) })))
            .Where(service => !PackagesOfEveryNode.Contains(service.Value[0].Trim('`').Split('/')[0]))
            .OrderBy(service => service.Key, StringComparer.Ordinal)
            .Select(Row));
        Assert.That(described.Values, Is.All.Not.Empty, "Each is described");

        string[] Row(KeyValuePair<string, string[]> found) => [$"`{found.Key}`", .. found.Value, described.GetValueOrDefault($"`{found.Key}`", "")];
    }

    private static string ShortName(string name) => name.Replace("/face_attributes/", "~/", StringComparison.Ordinal)
        .Replace("/humans/faces/" + (name.Split('/') is [_, _, _, var id, _] ? id : "-") + "/", "/humans/faces/ID/", StringComparison.Ordinal);

    private static string ShortType(string type) => $"`{type.Replace("/msg/", "/", StringComparison.Ordinal).Replace("/srv/", "/", StringComparison.Ordinal)}`";

    // A camera's quality of service is its own affair.
    private static string Describe(TopicEndpointInfo endpoint) => endpoint.IsPublisher
        ? $"{(endpoint.Qos.Reliability == ReliabilityPolicy.BestEffort ? "best effort" : "reliable")}, keep last {endpoint.Qos.Depth}"
        : "`input.reliability`, keep last 5; with `input.lock_step` keep all";

    private static Image Photograph()
    {
        using var picture = Cv2.ImRead(Photographs.Astronaut);
        picture.GetArray(out Vec3b[] pixels);
        return new Image
        {
            Header = { Stamp = { Sec = 1 }, FrameId = "camera" },
            Width = (uint)picture.Width,
            Height = (uint)picture.Height,
            Step = (uint)picture.Step(),
            Encoding = "bgr8",
            Data = System.Runtime.InteropServices.MemoryMarshal.AsBytes(pixels.AsSpan()).ToArray(),
        };
    }

    private void Add(string camera)
    {
        var graph = _pair.Node.Graph;
        foreach (var topic in graph.GetTopicNamesAndTypes().Keys.Except(OfEveryNode))
        {
            var publishers = graph.GetPublishersInfo(topic).Select(endpoint => (endpoint, Direction: "out"));
            var subscriptions = graph.GetSubscriptionsInfo(topic).Select(endpoint => (endpoint, Direction: "in"));
            foreach (var (endpoint, direction) in publishers.Concat(subscriptions).Where(found => found.endpoint.Node.Name == _pair.Node.Name))
            {
                var name = ShortName(topic).Replace(camera, "image", StringComparison.Ordinal);
                _topics[name] = [$"{direction}: {ShortType(endpoint.TypeName)}", Describe(endpoint)];
            }
        }
    }
}
