using lifecycle_msgs.msg;
using lifecycle_msgs.srv;
using rclcs.Serialization;
using rclcs.Tests.Support;

namespace rclcs.Tests.Lifecycle;

/// <summary>A managed node, seen and led by another node as by <c>ros2 lifecycle</c>.</summary>
public sealed class LifecycleNodeTests
{
    private SpinningNode _managed = null!;
    private SpinningNode _other = null!;
    private Camera _camera = null!;
    private LifecycleNode _lifecycle = null!;

    [SetUp]
    public void StartNodes()
    {
        _managed = new SpinningNode("managed").Start();
        _other = new SpinningNode("other").Start();
        _camera = new Camera();
        _lifecycle = new LifecycleNode(_managed.Node, _camera);
    }

    [TearDown]
    public void StopNodes()
    {
        _lifecycle.Dispose();
        _other.Dispose();
        _managed.Dispose();
    }

    [Test]
    public async Task A_life_from_beginning_to_end()
    {
        Assert.That(_lifecycle.CurrentState, Is.EqualTo(LifecycleState.Unconfigured));
        Assert.That(await _lifecycle.ConfigureAsync(), Is.EqualTo(LifecycleState.Inactive));
        Assert.That(await _lifecycle.ActivateAsync(), Is.EqualTo(LifecycleState.Active));
        Assert.That(await _lifecycle.DeactivateAsync(), Is.EqualTo(LifecycleState.Inactive));
        Assert.That(await _lifecycle.CleanupAsync(), Is.EqualTo(LifecycleState.Unconfigured));
        Assert.That(await _lifecycle.ShutdownAsync(), Is.EqualTo(LifecycleState.Finalized));
        Assert.That(_camera.Calls, Is.EqualTo(new[]
        {
            "OnConfigure from Unconfigured", "OnActivate from Inactive", "OnDeactivate from Active",
            "OnCleanup from Inactive", "OnShutdown from Unconfigured",
        }));
    }

    [Test]
    public async Task Another_node_leads_it_by_number_or_label_and_sees_where_it_is()
    {
        Assert.That(await Change(Transition.TRANSITION_CONFIGURE), Is.True);
        Assert.That(await GetState(), Is.EqualTo((State.PRIMARY_STATE_INACTIVE, "inactive")));
        Assert.That(await Change(0, "activate"), Is.True);
        Assert.That(await GetState(), Is.EqualTo((State.PRIMARY_STATE_ACTIVE, "active")));

        Assert.That(await Change(Transition.TRANSITION_CONFIGURE), Is.False, "an active node cannot be configured");
        Assert.That(await Change(Transition.TRANSITION_ON_CONFIGURE_SUCCESS), Is.False, "not for others to say");
        Assert.That(await GetState(), Is.EqualTo((State.PRIMARY_STATE_ACTIVE, "active")));
    }

    [Test]
    public async Task The_ways_out_of_a_state_and_all_there_are_can_be_asked_for()
    {
        var available = await Transitions("/managed/get_available_transitions");
        Assert.That(
            available.Select(transition => (transition.Transition.Id, transition.Transition.Label, transition.GoalState.Label)),
            Is.EqualTo(new[] { ((byte)1, "configure", "configuring"), ((byte)5, "shutdown", "shuttingdown") }));

        // As many as the constants of lifecycle_msgs/msg/Transition name, but for create, destroy and the results.
        var graph = await Transitions("/managed/get_transition_graph");
        Assert.That(graph.Select(transition => transition.Transition.Id).Distinct().Count(), Is.EqualTo(25));
        Assert.That(graph.Count, Is.EqualTo(25));

        var states = await Call<GetAvailableStates.Request, GetAvailableStates.Response>(
            "/managed/get_available_states", new GetAvailableStates.Request());
        Assert.That(
            states.AvailableStates.Select(state => state.Id),
            Is.EqualTo(new byte[] { 0, 1, 2, 3, 4, 10, 11, 12, 13, 14, 15 }));
        Assert.That(states.AvailableStates[^1].Label, Is.EqualTo("errorprocessing"));
    }

    [Test]
    public async Task Each_step_is_published()
    {
        using var events = new Mailbox<string>();
        using var subscription = _other.Node.CreateSubscription<TransitionEvent>(
            "/managed/transition_event",
            step => events.Post($"{step.StartState.Label} -{step.Transition.Id} {step.Transition.Label}-> {step.GoalState.Label}"));
        Assert.That(subscription.WaitForPublishers(1, Within.Time), Is.True);
        Assert.That(
            _managed.Node.Graph.WaitFor(() => _managed.Node.Graph.CountSubscribers("~/transition_event") == 1, Within.Time), Is.True);
        await _lifecycle.ConfigureAsync();
        Assert.That(events.Take(), Is.EqualTo("unconfigured -1 configure-> configuring"));
        Assert.That(events.Take(), Is.EqualTo("configuring -10 transition_success-> inactive"));
    }

    [Test]
    public async Task A_failure_leaves_it_where_it_was()
    {
        _camera.Next = () => CallbackReturn.Failure;
        Assert.That(await Change(Transition.TRANSITION_CONFIGURE), Is.False);
        Assert.That(_lifecycle.CurrentState, Is.EqualTo(LifecycleState.Unconfigured));
    }

    [TestCase(CallbackReturn.Success, LifecycleState.Unconfigured)]
    [TestCase(CallbackReturn.Failure, LifecycleState.Finalized)]
    [TestCase(CallbackReturn.Error, LifecycleState.Finalized)]
    public async Task After_an_error_it_begins_again_or_is_at_its_end(CallbackReturn tidied, LifecycleState goal)
    {
        await _lifecycle.ConfigureAsync();
        _camera.Next = () => throw new IOException("The camera is gone.");
        _camera.Tidied = tidied;
        using var log = new LogCapture();
        Assert.That(await Change(Transition.TRANSITION_ACTIVATE), Is.False);
        Assert.That(_lifecycle.CurrentState, Is.EqualTo(goal));
        Assert.That(_camera.Calls[^1], Is.EqualTo("OnError from Inactive"));
        Assert.That(log.Lines, Has.One.Contains("While activating: The camera is gone."));
    }

    [Test]
    public async Task While_one_transition_takes_its_time_the_state_is_told_and_another_transition_refused()
    {
        var loaded = new TaskCompletionSource<CallbackReturn>();
        _camera.Load = _ => loaded.Task;
        var configuring = Change(Transition.TRANSITION_CONFIGURE);
        await _camera.Loading.WaitAsync(Within.Time);
        Assert.That(await GetState(), Is.EqualTo((State.TRANSITION_STATE_CONFIGURING, "configuring")));
        Assert.That(await Change(0, "shutdown"), Is.False);
        loaded.SetResult(CallbackReturn.Success);
        Assert.That(await configuring, Is.True);
        Assert.That(_lifecycle.CurrentState, Is.EqualTo(LifecycleState.Inactive));
    }

    [Test]
    public async Task A_shutdown_of_the_program_ends_a_transition_that_takes_its_time()
    {
        var canceled = new TaskCompletionSource();
        _camera.Load = async token =>
        {
            using var registration = token.Register(canceled.SetResult);
            await Task.Delay(Timeout.Infinite, token);
            return CallbackReturn.Success;
        };
        var configuring = Change(Transition.TRANSITION_CONFIGURE);
        await _camera.Loading.WaitAsync(Within.Time);
        _managed.Dispose();
        await canceled.Task.WaitAsync(Within.Time);
        _other.Dispose();
        Assert.That(() => configuring, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Where_services_are_switched_off_the_program_leads_the_node_itself()
    {
        using var services = new EnvironmentVariable("RCLCS_SERVICES", "off");
        using var alone = new SpinningNode("alone");
        using var lifecycle = new LifecycleNode(alone.Node, _camera);

        Assert.That(await lifecycle.ConfigureAsync(), Is.EqualTo(LifecycleState.Inactive));
    }

    [Test]
    public async Task Only_an_active_node_publishes()
    {
        using var received = new Mailbox<string>();
        using var publisher = _lifecycle.CreatePublisher<std_msgs.msg.String>("chatter");
        using var subscription = _other.Node.CreateSubscription<std_msgs.msg.String>(
            "chatter", message => received.Post(message.Data));
        Assert.That(publisher.WaitForSubscriptions(1, Within.Time), Is.True);
        using var log = new LogCapture();
        Publish("too early");
        Publish("still too early");
        await _lifecycle.ConfigureAsync();
        await _lifecycle.ActivateAsync();
        Publish("in time");
        await _lifecycle.DeactivateAsync();
        Publish("too late");
        await _lifecycle.ActivateAsync();
        Publish("again");
        Assert.That((received.Take(), received.Take()), Is.EqualTo(("in time", "again")));
        Assert.That(
            log.Lines.Where(line => line.Contains("'/chatter' are dropped until the node is active")),
            Has.Exactly(2).Items,
            "once each time");

        void Publish(string text) => publisher.Publish(new std_msgs.msg.String { Data = text });
    }

    private async Task<bool> Change(byte id, string label = "")
    {
        var request = new ChangeState.Request();
        request.Transition.Id = id;
        request.Transition.Label = label;
        return (await Call<ChangeState.Request, ChangeState.Response>("/managed/change_state", request)).Success;
    }

    private async Task<(byte Id, string Label)> GetState()
    {
        var response = await Call<lifecycle_msgs.srv.GetState.Request, lifecycle_msgs.srv.GetState.Response>(
            "/managed/get_state", new lifecycle_msgs.srv.GetState.Request());
        return (response.CurrentState.Id, response.CurrentState.Label);
    }

    private async Task<List<TransitionDescription>> Transitions(string service) =>
        (await Call<GetAvailableTransitions.Request, GetAvailableTransitions.Response>(
            service, new GetAvailableTransitions.Request())).AvailableTransitions;

    private async Task<TResponse> Call<TRequest, TResponse>(string service, TRequest request)
        where TRequest : class, IMessage<TRequest>, IServiceRequest<TResponse>, new()
        where TResponse : class, IMessage<TResponse>, new()
    {
        using var limit = new CancellationTokenSource(Within.Time);
        using var client = _other.Node.CreateClient<TRequest, TResponse>(service);
        await client.WaitForServiceAsync(limit.Token);
        return await client.CallAsync(request, limit.Token);
    }

    private sealed class Camera : ILifecycleCallbacks
    {
        private readonly TaskCompletionSource _loading = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<string> Calls { get; } = [];

        public Func<CallbackReturn> Next { get; set; } = () => CallbackReturn.Success;

        public CallbackReturn Tidied { get; set; }

        public Func<CancellationToken, Task<CallbackReturn>>? Load { get; set; }

        /// <summary>Ends when <see cref="Load"/> is about to be called.</summary>
        public Task Loading => _loading.Task;

        public CallbackReturn OnConfigure(LifecycleState previous) => Call(nameof(OnConfigure), previous);

        public Task<CallbackReturn> OnConfigureAsync(LifecycleState previous, CancellationToken cancellationToken)
        {
            _loading.TrySetResult();
            return Load?.Invoke(cancellationToken) ?? Task.FromResult(OnConfigure(previous));
        }

        public CallbackReturn OnActivate(LifecycleState previous) => Call(nameof(OnActivate), previous);

        public CallbackReturn OnDeactivate(LifecycleState previous) => Call(nameof(OnDeactivate), previous);

        public CallbackReturn OnCleanup(LifecycleState previous) => Call(nameof(OnCleanup), previous);

        public CallbackReturn OnShutdown(LifecycleState previous) => Call(nameof(OnShutdown), previous);

        public CallbackReturn OnError(LifecycleState previous)
        {
            Calls.Add($"{nameof(OnError)} from {previous}");
            return Tidied;
        }

        private CallbackReturn Call(string name, LifecycleState previous)
        {
            Calls.Add($"{name} from {previous}");
            return Next();
        }
    }
}
