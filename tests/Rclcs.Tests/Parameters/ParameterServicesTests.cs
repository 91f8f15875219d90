using rclcs.Tests.Support;

namespace rclcs.Tests.Parameters;

/// <summary>The parameters of one node, seen and set by another.</summary>
public sealed class ParameterServicesTests
{
    private SpinningNode _remote = null!;
    private SpinningNode _local = null!;
    private ParameterClient _client = null!;

    [SetUp]
    public async Task StartNodes()
    {
        _remote = new SpinningNode("remote").Start();
        _local = new SpinningNode("local").Start();
        _remote.Node.Parameters.Declare("threshold", 0.5, new ParameterDescriptor
        {
            Description = "from when on",
            FloatingPointRange = new FloatingPointRange(0, 1),
        });
        _remote.Node.Parameters.Declare("camera.topic", "image");
        _remote.Node.Parameters.Declare("camera.rates", new[] { 15L, 30L });
        _remote.Node.Parameters.Declare("serial", "A7", new ParameterDescriptor { ReadOnly = true });
        _client = new ParameterClient(_local.Node, "/remote");
        using var limit = new CancellationTokenSource(Within.Time);
        await _client.WaitForServiceAsync(limit.Token);
    }

    [TearDown]
    public void StopNodes()
    {
        _client.Dispose();
        _local.Dispose();
        _remote.Dispose();
    }

    [Test]
    public async Task Values_of_every_kind_are_read_and_what_is_missing_is_not_set()
    {
        var values = await _client.GetAsync(["threshold", "camera.topic", "camera.rates", "no_such"]);
        Assert.That(values[0].As<double>(), Is.EqualTo(0.5));
        Assert.That(values[1].As<string>(), Is.EqualTo("image"));
        Assert.That(values[2].As<long[]>(), Is.EqualTo(new[] { 15L, 30L }));
        Assert.That(values[3].Type, Is.EqualTo(ParameterType.NotSet));
    }

    [Test]
    public async Task Names_are_listed_by_prefix()
    {
        var all = await _client.ListAsync([]);
        Assert.That(all.Names, Is.SupersetOf(new[] { "camera.rates", "camera.topic", "serial", "threshold", "use_sim_time" }));
        Assert.That(all.Prefixes, Is.EqualTo(new[] { "camera" }));
        Assert.That((await _client.ListAsync(["camera"])).Names, Is.EqualTo(new[] { "camera.rates", "camera.topic" }));
    }

    [Test]
    public async Task A_parameter_is_described()
    {
        var described = (await _client.DescribeAsync(["threshold", "no_such"])).ToArray();
        Assert.That(described[0].Description, Is.EqualTo("from when on"));
        Assert.That(described[0].Type, Is.EqualTo(ParameterType.Double));
        Assert.That(described[0].FloatingPointRange, Is.EqualTo(new FloatingPointRange(0, 1)));
        Assert.That((described[1].Name, described[1].Type), Is.EqualTo(("no_such", ParameterType.NotSet)));
    }

    [Test]
    public async Task Each_value_is_set_or_refused_with_its_reason()
    {
        var results = await _client.SetAsync(
        [
            Parameter.From("threshold", 2.0),
            Parameter.From("camera.topic", "rgb"),
            Parameter.From("serial", "B8"),
            Parameter.From("no_such", 1L),
            Parameter.From("threshold", "high"),
        ]);
        Assert.That(results.Select(result => result.Successful), Is.EqualTo(new[] { false, true, false, false, false }));
        Assert.That(results[0].Reason, Does.Contain("'threshold' of /remote cannot be 2"));
        Assert.That(results[1].Reason, Is.Empty);
        Assert.That(results[2].Reason, Does.Contain("read-only"));
        Assert.That(results[3].Reason, Does.Contain("not declared"));
        Assert.That(results[4].Reason, Does.Contain("'threshold' of /remote is a double"));
        Assert.That(_remote.Node.Parameters.Get<string>("camera.topic"), Is.EqualTo("rgb"));
        Assert.That(_remote.Node.Parameters.Get<double>("threshold"), Is.EqualTo(0.5));
    }

    [Test]
    public async Task Together_all_are_set_or_none()
    {
        var refused = await _client.SetAtomicallyAsync([Parameter.From("threshold", 0.7), Parameter.From("serial", "B8")]);
        Assert.That((refused.Successful, _remote.Node.Parameters.Get<double>("threshold")), Is.EqualTo((false, 0.5)));
        Assert.That(refused.Reason, Does.Contain("read-only"));

        var set = await _client.SetAtomicallyAsync([Parameter.From("threshold", 0.7), Parameter.From("camera.topic", "rgb")]);
        Assert.That((set.Successful, _remote.Node.Parameters.Get<double>("threshold")), Is.EqualTo((true, 0.7)));
    }

    [Test]
    public async Task A_callbacks_refusal_reaches_the_one_who_sets()
    {
        using var guard = _remote.Node.Parameters.AddOnSetCallback(_ => SetParametersResult.Rejected("not while it flies."));
        var result = (await _client.SetAsync([Parameter.From("threshold", 0.6)])).Single();
        Assert.That((result.Successful, result.Reason), Is.EqualTo((false,
            "The parameter 'threshold' of /remote cannot be 0.6: not while it flies.")));
    }

    [Test]
    public async Task A_type_that_nobody_knows_is_refused_and_the_node_goes_on()
    {
        using var raw = _local.Node.CreateClient<
            rcl_interfaces.srv.SetParameters.Request, rcl_interfaces.srv.SetParameters.Response>("/remote/set_parameters");
        var odd = new rcl_interfaces.msg.Parameter { Name = "threshold" };
        odd.Value.Type = 200;
        Assert.That(raw.WaitForService(Within.Time), Is.True);
        var call = raw.CallAsync(new rcl_interfaces.srv.SetParameters.Request { Parameters = [odd] });
        var result = (await call).Results.Single();
        Assert.That(result.Successful, Is.False);
        Assert.That(result.Reason, Does.Contain("200"));
        Assert.That((await _client.GetAsync(["threshold"])).Single().As<double>(), Is.EqualTo(0.5));
    }

    [Test]
    public void They_can_be_left_out()
    {
        using var context = TestDomain.Join();
        Rclcs.CreateNode("silent", context, options: new NodeOptions { StartParameterServices = false });
        Rclcs.CreateNode("open", context);
        Assert.That(
            _local.Node.Graph.WaitFor(
                () => _local.Node.Graph.GetServiceNamesAndTypes().ContainsKey("/open/set_parameters"), Within.Time),
            Is.True);
        Assert.That(_local.Node.Graph.GetServiceNamesAndTypes().Keys, Has.None.StartsWith("/silent/set_parameters"));
    }
}
