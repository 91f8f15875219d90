using rclcs.Tests.Support;
using SetBool = std_srvs.srv.SetBool;

namespace rclcs.Tests.Services;

public sealed class ServiceTests
{
    private SpinningNode _server = null!;
    private SpinningNode _caller = null!;

    [SetUp]
    public void Start()
    {
        _server = new SpinningNode("server").Start();
        _caller = new SpinningNode("caller", "--ros-args", "-r", "remapped:=/robot/lamp").Start();
    }

    [TearDown]
    public void Stop()
    {
        _caller.Dispose();
        _server.Dispose();
    }

    [Test]
    public async Task A_call_is_answered_by_a_service_in_another_context()
    {
        using var service = Serve("lamp", request => Answer(request.Data, $"was asked for {request.Data}"));
        using var client = Connect("lamp");

        var answer = await client.CallAsync(new SetBool.Request { Data = true }).WaitAsync(Within.Time);

        Assert.That(answer.Success, Is.True);
        Assert.That(answer.Message, Is.EqualTo("was asked for True"));
        Assert.That(service.ServiceName, Is.EqualTo("/lamp"));
        Assert.That(client.ServiceName, Is.EqualTo("/lamp"));
    }

    [Test]
    public async Task A_client_calls_the_service_that_it_is_remapped_to()
    {
        using var service = Serve("/robot/lamp", request => Answer(request.Data));
        using var client = Connect("remapped");

        Assert.That(client.ServiceName, Is.EqualTo("/robot/lamp"));
        Assert.That((await Call(client)).Success, Is.True);
    }

    [Test]
    public async Task A_hundred_calls_at_once_get_each_its_own_answer()
    {
        var count = 0;
        using var service = Serve("lamp", request => Answer(request.Data, $"{request.Data} {count++}"));
        using var client = Connect("lamp");

        var calls = Enumerable.Range(0, 100)
            .Select(i => client.CallAsync(new SetBool.Request { Data = i % 2 == 0 }))
            .ToList();
        var answers = await Task.WhenAll(calls).WaitAsync(Within.Time);

        Assert.That(answers.Select(answer => answer.Success), Is.EqualTo(calls.Select((_, i) => i % 2 == 0)));
        Assert.That(answers.Select(answer => answer.Message).Distinct().Count(), Is.EqualTo(100));
    }

    [Test]
    public async Task Two_clients_of_a_service_do_not_get_each_others_answers()
    {
        using var service = Serve("lamp", request => Answer(request.Data));
        using var on = Connect("lamp");
        using var off = Connect("lamp");

        for (var i = 0; i < 5; i++)
        {
            var calls = new[]
            {
                on.CallAsync(new SetBool.Request { Data = true }), off.CallAsync(new SetBool.Request { Data = false }),
            };
            var answers = await Task.WhenAll(calls).WaitAsync(Within.Time);
            Assert.That(answers.Select(answer => answer.Success), Is.EqualTo(new[] { true, false }));
        }
    }

    [Test]
    public async Task A_client_that_is_spun_late_finds_its_answer_among_those_to_others()
    {
        using var service = Serve("lamp", request => Answer(request.Data));
        using var late = new SpinningNode("late");
        using var patient = late.Node.CreateClient<SetBool.Request, SetBool.Response>("lamp");
        using var busy = Connect("lamp");
        Assert.That(patient.WaitForService(Within.Time), Is.True);

        var call = patient.CallAsync(new SetBool.Request { Data = true });
        for (var i = 0; i < 30; i++)
            await Call(busy);

        late.Start();
        Assert.That((await call.WaitAsync(Within.Time)).Success, Is.True);
    }

    [Test]
    public async Task An_asynchronous_service_answers_the_second_call_before_the_first()
    {
        var first = new TaskCompletionSource<SetBool.Response>();
        using var service = Serve(
            "lamp", (request, _) => request.Data ? first.Task : Task.FromResult(Answer(false, "second")));
        using var client = Connect("lamp");

        var waiting = client.CallAsync(new SetBool.Request { Data = true });
        Assert.That((await Call(client, data: false)).Message, Is.EqualTo("second"));
        Assert.That(waiting.IsCompleted, Is.False);
        first.SetResult(Answer(true, "first"));

        Assert.That((await waiting.WaitAsync(Within.Time)).Message, Is.EqualTo("first"));
    }

    [Test]
    public async Task A_canceled_call_ends_and_its_late_answer_disturbs_no_other_call()
    {
        using var received = new Mailbox<TaskCompletionSource<SetBool.Response>>();
        using var service = Serve("lamp", (_, _) =>
        {
            var answer = new TaskCompletionSource<SetBool.Response>();
            received.Post(answer);
            return answer.Task;
        });
        using var client = Connect("lamp");
        using var canceled = new CancellationTokenSource();

        var first = client.CallAsync(new SetBool.Request(), canceled.Token);
        var late = received.Take();
        canceled.Cancel();
        Assert.That(async () => await first.WaitAsync(Within.Time), Throws.InstanceOf<OperationCanceledException>());

        var second = client.CallAsync(new SetBool.Request());
        late.SetResult(Answer(true, "late"));
        received.Take().SetResult(Answer(true, "in time"));
        Assert.That((await second.WaitAsync(Within.Time)).Message, Is.EqualTo("in time"));
    }

    [Test]
    public void Disposing_a_client_ends_the_wait_for_its_service()
    {
        using var node = new SpinningNode("node");
        var client = node.Node.CreateClient<SetBool.Request, SetBool.Response>("nowhere");
        var wait = client.WaitForServiceAsync();
        Assert.That(wait.IsCompleted, Is.False);
        client.Dispose();
        Assert.That(async () => await wait.WaitAsync(Within.Time), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task A_call_without_a_server_waits_until_its_token_is_canceled()
    {
        using var client = _caller.Node.CreateClient<SetBool.Request, SetBool.Response>("nobody");
        using var timeOut = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        Assert.That(client.IsServiceAvailable, Is.False);
        Assert.That(client.WaitForService(TimeSpan.FromMilliseconds(10)), Is.False);
        Assert.That(
            async () => await client.CallAsync(new SetBool.Request(), timeOut.Token).WaitAsync(Within.Time),
            Throws.InstanceOf<OperationCanceledException>());
        await Task.CompletedTask;
    }

    [Test]
    public void A_service_that_goes_during_a_call_is_missed_and_one_that_comes_back_is_found()
    {
        using var received = new Mailbox<CancellationToken>();
        var service = Serve("lamp", (_, end) =>
        {
            received.Post(end);
            return new TaskCompletionSource<SetBool.Response>().Task.WaitAsync(end);
        });
        using var client = Connect("lamp");
        using var givenUp = new CancellationTokenSource();
        var call = client.CallAsync(new SetBool.Request(), givenUp.Token);
        var end = received.Take();
        service.Dispose();

        Assert.That(end.IsCancellationRequested, Is.True);
        Assert.That(_caller.Node.Graph.WaitFor(() => !client.IsServiceAvailable, Within.Time), Is.True);
        givenUp.Cancel();
        Assert.That(async () => await call.WaitAsync(Within.Time), Throws.InstanceOf<OperationCanceledException>());

        using var again = Serve("lamp", request => Answer(request.Data));
        Assert.That(client.WaitForService(Within.Time), Is.True);
        Assert.That(async () => (await Call(client)).Success, Is.True);
    }

    [Test]
    public void Calls_are_canceled_when_their_client_is_disposed_or_the_context_shut_down()
    {
        var disposed = _caller.Node.CreateClient<SetBool.Request, SetBool.Response>("nobody");
        var shutDown = _caller.Node.CreateClient<SetBool.Request, SetBool.Response>("nobody");
        var calls = new[] { disposed.CallAsync(new SetBool.Request()), shutDown.CallAsync(new SetBool.Request()) };

        disposed.Dispose();
        Assert.That(async () => await calls[0].WaitAsync(Within.Time), Throws.InstanceOf<TaskCanceledException>());
        Assert.That(() => disposed.CallAsync(new SetBool.Request()), Throws.InstanceOf<ObjectDisposedException>());

        Rclcs.Shutdown(_caller.Context);
        Assert.That(async () => await calls[1].WaitAsync(Within.Time), Throws.InstanceOf<TaskCanceledException>());
    }

    [TestCase(false)]
    [TestCase(true)]
    public void An_exception_of_a_service_comes_out_of_spinning(bool isAsynchronous)
    {
        using var node = new SpinningNode("broken");
        using var service = isAsynchronous
            ? node.Node.CreateService<SetBool.Request, SetBool.Response>(
                "broken", async (_, end) =>
                {
                    await Task.Yield();
                    throw new InvalidOperationException("broken");
                })
            : node.Node.CreateService<SetBool.Request, SetBool.Response>(
                "broken", (SetBool.Request _) => throw new InvalidOperationException("broken"));
        using var client = Connect("broken");
        _ = client.CallAsync(new SetBool.Request());

        Assert.That(
            () => Rclcs.Spin(node.Node, node.Context), Throws.InvalidOperationException.With.Message.EqualTo("broken"));
    }

    [Test]
    public void Services_and_their_nodes_are_seen_by_others()
    {
        using var service = Serve("lamp", request => Answer(request.Data));
        using var client = Connect("lamp");

        Assert.That(
            _caller.Node.Graph.WaitFor(() => _caller.Node.Graph.GetServiceNamesAndTypes().ContainsKey("/lamp"), Within.Time),
            Is.True);
        Assert.That(
            _caller.Node.Graph.GetServiceNamesAndTypes()["/lamp"], Is.EqualTo(new[] { "std_srvs/srv/SetBool" }));
        Assert.That(_caller.Node.Graph.GetTopicNamesAndTypes().Keys, Has.None.Contains("lamp"), "it is no topic");
    }

    [Test]
    public void A_wrong_service_name_is_refused()
    {
        Assert.That(
            () => _caller.Node.CreateClient<SetBool.Request, SetBool.Response>("no-lamp"),
            Throws.InstanceOf<InvalidNameException>().With.Message.Contains("service name 'no-lamp'"));
    }

    private static SetBool.Response Answer(bool success, string message = "") =>
        new() { Success = success, Message = message };

    private static Task<SetBool.Response> Call(IClient<SetBool.Request, SetBool.Response> client, bool data = true) =>
        client.CallAsync(new SetBool.Request { Data = data }).WaitAsync(Within.Time);

    private IService<SetBool.Request, SetBool.Response> Serve(
        string name, Func<SetBool.Request, SetBool.Response> callback) =>
        _server.Node.CreateService(name, callback);

    private IService<SetBool.Request, SetBool.Response> Serve(
        string name, Func<SetBool.Request, CancellationToken, Task<SetBool.Response>> callback) =>
        _server.Node.CreateService(name, callback);

    private IClient<SetBool.Request, SetBool.Response> Connect(string name)
    {
        var client = _caller.Node.CreateClient<SetBool.Request, SetBool.Response>(name);
        Assert.That(client.WaitForService(Within.Time), Is.True);
        return client;
    }
}
