using rclcs.Middleware;
using rclcs.Middleware.CycloneDds;
using rclcs.Tests.Support;
using SetBool = std_srvs.srv.SetBool;

namespace rclcs.Tests.Middleware.CycloneDds;

/// <summary>Services and those who do not speak their language: garbage, and other vendors' ends.</summary>
[EmbeddedMiddleware]
public sealed class CycloneServiceTests
{
    private const string RequestTopic = "rq/lampRequest";

    private static readonly MessageType RequestType = new(SetBool.Request.TypeName, "");

    private SpinningNode _server = null!;
    private SpinningNode _caller = null!;

    private CycloneContext CallerContext => (CycloneContext)_caller.Context.Middleware;

    private CycloneNode CallerNode => (CycloneNode)((Node)_caller.Node).Middleware;

    [SetUp]
    public void Start()
    {
        _server = new SpinningNode("server").Start();
        _caller = new SpinningNode("caller").Start();
    }

    [TearDown]
    public void Stop()
    {
        _caller.Dispose();
        _server.Dispose();
    }

    // Without its header, with half of it, and with a header and no body.
    [TestCase(4)]
    [TestCase(12)]
    [TestCase(20)]
    public async Task A_request_that_is_too_short_is_dropped_with_a_warning_and_the_next_one_is_answered(int length)
    {
        using var log = new LogCapture();
        using var service = Serve();
        using var raw = SendRaw("clientid=1;", length);

        log.WaitFor("[WARN]", "[server]", "A request to '/lamp' cannot be read and is dropped");
        await CallAsync();
    }

    [Test]
    public async Task A_request_of_another_vendors_client_is_not_served()
    {
        using var log = new LogCapture();
        using var service = Serve();
        using var raw = SendRaw("", 24);

        log.WaitFor("[WARN]", "[server]", "'/lamp'", "dropped", "not on Cyclone DDS");
        await CallAsync();
    }

    [Test]
    public void Nothing_is_sent_as_long_as_a_server_of_another_vendor_would_get_it()
    {
        using var client = _caller.Node.CreateClient<SetBool.Request, SetBool.Response>("lamp");
        using (var foreign = new CycloneSubscription(
            CallerContext, CallerNode, RequestTopic, RequestType, QosProfile.Services))
        {
            Assert.That(foreign.WaitForMatched(1, Within.Time, CancellationToken.None), Is.True);
            Assert.That(
                async () => await client.CallAsync(new SetBool.Request()),
                Throws.InstanceOf<RuntimeError>().With.Message.Contains("/lamp is not sent"));
            Assert.That(client.IsServiceAvailable, Is.False);
            Assert.That(foreign.TryTake(out _), Is.False);
        }

        using var service = Serve();
        Assert.That(client.WaitForService(Within.Time), Is.True);
        Assert.That(async () => (await client.CallAsync(new SetBool.Request { Data = true })).Success, Is.True);
    }

    [Test]
    public void A_server_without_a_way_back_is_not_available()
    {
        using var client = _caller.Node.CreateClient<SetBool.Request, SetBool.Response>("lamp");
        using var half = new CycloneSubscription(
            CallerContext, CallerNode, RequestTopic, RequestType, QosProfile.Services, "serviceid=1;");
        Assert.That(half.WaitForMatched(1, Within.Time, CancellationToken.None), Is.True);

        Assert.That(client.IsServiceAvailable, Is.False);
    }

    [Test]
    public void Services_that_are_switched_off_are_refused_with_one_sentence()
    {
        using var context = new CycloneContext(MiddlewareEnvironment.ReadOptions(domainId: TestDomain.Id) with { HasServices = false });
        var type = ServiceType.Of<SetBool.Request, SetBool.Response>();
        using var node = context.CreateNode("node", "/");

        Assert.That(context.HasServices, Is.False);
        Assert.That(
            () => node.CreateService("/lamp", type, QosProfile.Services),
            Throws.InstanceOf<RuntimeError>().With.Message.Contains("/lamp").And.Message.Contains("RCLCS_SERVICES=off"));
        Assert.That(
            () => node.CreateClient("/lamp", type, QosProfile.Services),
            Throws.InstanceOf<RuntimeError>().With.Message.Contains("/lamp").And.Message.Contains("RCLCS_SERVICES=off"));
    }

    private IService<SetBool.Request, SetBool.Response> Serve() =>
        _server.Node.CreateService<SetBool.Request, SetBool.Response>(
            "lamp", request => new SetBool.Response { Success = request.Data });

    /// <summary>Sends bytes below the client that would not; its end stays until the test has seen what they led to.</summary>
    private CyclonePublisher SendRaw(string userData, int length)
    {
        var raw = new CyclonePublisher(
            CallerContext, CallerNode, RequestTopic, RequestType, QosProfile.Services, userData);
        Assert.That(raw.WaitForMatched(1, Within.Time, CancellationToken.None), Is.True);
        var message = raw.Allocate(length);
        message.Bytes.Clear();
        message.Bytes[1] = 1;
        raw.Write(message);
        return raw;
    }

    private async Task CallAsync()
    {
        using var client = _caller.Node.CreateClient<SetBool.Request, SetBool.Response>("lamp");
        Assert.That(client.WaitForService(Within.Time), Is.True);
        var answer = await client.CallAsync(new SetBool.Request { Data = true }).WaitAsync(Within.Time);
        Assert.That(answer.Success, Is.True);
    }
}
