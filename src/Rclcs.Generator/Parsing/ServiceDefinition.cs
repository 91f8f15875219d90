namespace rclcs.Generator.Parsing;

/// <summary>A service as its file defines it: four message types to ROS 2, the first two of which become classes.</summary>
/// <param name="Request">What a client sends.</param>
/// <param name="Response">What it gets.</param>
/// <param name="Event">What introspection publishes about a call.</param>
/// <param name="Whole">The service itself, with the other three as its fields and the problems of them all.</param>
internal sealed record ServiceDefinition(
    MessageDefinition Request, MessageDefinition Response, MessageDefinition Event, MessageDefinition Whole)
{
    private const string EventInfo = "service_msgs/msg/ServiceEventInfo";

    /// <summary>All four.</summary>
    public IEnumerable<MessageDefinition> Messages => [Request, Response, Event, Whole];

    public static ServiceDefinition Create(
        InterfaceFile file, MessageDefinition request, MessageDefinition response, IEnumerable<Problem> problems)
    {
        var info = MessageDefinitionOf(
            "_Event",
            FieldOf("info", EventInfo),
            FieldOf("request", request.TypeName, Multiplicity.BoundedSequence, 1),
            FieldOf("response", response.TypeName, Multiplicity.BoundedSequence, 1));
        var whole = MessageDefinitionOf(
            "",
            FieldOf("request_message", request.TypeName),
            FieldOf("response_message", response.TypeName),
            FieldOf("event_message", info.TypeName));
        return new ServiceDefinition(
            request with { Comment = "" }, response, info, whole with { Comment = request.Comment, Problems = new(problems) });

        MessageDefinition MessageDefinitionOf(string suffix, params Field[] fields) => new(
            file.Package, request.Folder, file.Name + suffix, file.Path, file.Text, "", new(fields), new([]), new([]));
    }

    private static Field FieldOf(
        string name, string messageType, Multiplicity multiplicity = Multiplicity.One, int capacity = 0) =>
        new(name, new FieldType(BaseType.Message, messageType, 0, multiplicity, capacity), null, "", "", default);
}
