using lifecycle_msgs.msg;
using lifecycle_msgs.srv;
using rclcs.Serialization;
using rclcs.Tests.Support;

namespace rclcs.Tests.Lifecycle;

/// <summary>A managed node, whose state its program and another node change, the latter as <c>ros2 lifecycle</c> does.</summary>
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
    public void The_program_takes_it_through_all_states()
    {
        Assert.That(_lifecycle.CurrentState, Is.EqualTo(LifecycleState.Unconfigured));
        Assert.That(_lifecycle.Configure(), Is.EqualTo(LifecycleState.Inactive));
        Assert.That(_lifecycle.Activate(), Is.EqualTo(LifecycleState.Active));
        Assert.That(_lifecycle.Deactivate(), Is.EqualTo(LifecycleState.Inactive));
        Assert.That(_lifecycle.Cleanup(), Is.EqualTo(LifecycleState.Unconfigured));
        Assert.That(_lifecycle.Shutdown(), Is.EqualTo(LifecycleState.Finalized));
        Assert.That(_camera.Calls, Is.EqualTo(new[]
        {
            "OnConfigure from Unconfigured", "OnActivate from Inactive", "OnDeactivate from Active",
            "OnCleanup from Inactive", "OnShutdown from Unconfigured",
        }));
    }

    [Test]
    public async Task Another_node_changes_its_state_by_number_or_label_and_sees_it()
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
    public async Task Its_states_and_transitions_can_be_requested()
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
    public async Task Each_transition_is_published()
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
    public async Task A_failure_leaves_it_in_its_state_and_the_log_says_why()
    {
        using var log = new LogCapture();
        _camera.Next = () => CallbackReturn.Failure("There is no camera at /dev/video0.");
        Assert.That(await Change(Transition.TRANSITION_CONFIGURE), Is.False);
        Assert.That(_lifecycle.CurrentState, Is.EqualTo(LifecycleState.Unconfigured));
        Assert.That(log.Lines, Has.One.Contains("[ERROR]").And.Contains("While configuring: There is no camera at /dev/video0."));

        _camera.Next = () => CallbackReturn.Success;
        Assert.That(_lifecycle.Configure(), Is.EqualTo(LifecycleState.Inactive), "the cause is gone");
    }

    private static IEnumerable<TestCaseData> Cleanups() =>
    [
        new TestCaseData(CallbackReturn.Success, LifecycleState.Unconfigured).SetArgDisplayNames("success"),
        new TestCaseData(CallbackReturn.Failure("It hangs."), LifecycleState.Finalized).SetArgDisplayNames("failure"),
        new TestCaseData(CallbackReturn.Error("It burns."), LifecycleState.Finalized).SetArgDisplayNames("error"),
    ];

    [TestCaseSource(nameof(Cleanups))]
    public async Task After_an_error_it_is_unconfigured_or_finalized(CallbackReturn cleanedUp, LifecycleState goal)
    {
        await _lifecycle.ConfigureAsync();
        _camera.Next = () => throw new IOException("The camera is gone.");
        _camera.CleanedUp = cleanedUp;
        using var log = new LogCapture();
        Assert.That(await Change(Transition.TRANSITION_ACTIVATE), Is.False);
        Assert.That(_lifecycle.CurrentState, Is.EqualTo(goal));
        Assert.That(_camera.Calls[^1], Is.EqualTo("OnError from Inactive"));
        Assert.That(log.Lines, Has.One.Contains("While activating: The camera is gone."));
        if (!cleanedUp.IsSuccess)
            Assert.That(log.Lines, Has.One.Contains($"While errorprocessing: {cleanedUp.Reason}"));
    }

    [Test]
    public void An_error_needs_no_exception()
    {
        using var log = new LogCapture();
        _camera.Next = () => CallbackReturn.Error("The camera is gone.");
        Assert.That(_lifecycle.Configure(), Is.EqualTo(LifecycleState.Unconfigured));
        Assert.That(_camera.Calls[^1], Is.EqualTo("OnError from Unconfigured"));
        Assert.That(log.Lines, Has.One.Contains("While configuring: The camera is gone."));
    }

    [Test]
    public async Task Requests_of_other_nodes_are_carried_out_on_the_thread_that_spins()
    {
        string? thread = null;
        _camera.Next = () =>
        {
            thread = Thread.CurrentThread.Name;
            return CallbackReturn.Success;
        };
        await Change(Transition.TRANSITION_CONFIGURE);
        Assert.That(thread, Is.EqualTo("spin managed"));
    }

    [Test]
    public void While_the_program_changes_the_state_no_other_callback_of_the_node_runs()
    {
        using var called = new Mailbox<string>();
        using var publisher = _other.Node.CreatePublisher<std_msgs.msg.String>("chatter");
        using var subscription = _managed.Node.CreateSubscription<std_msgs.msg.String>(
            "chatter", _ => called.Post($"received while {_lifecycle.CurrentState}"));
        Assert.That(publisher.WaitForSubscriptions(1, Within.Time), Is.True);
        using var witness = _other.Node.CreateSubscription<std_msgs.msg.String>("chatter", _ => called.Post("arrived"));
        Assert.That(publisher.WaitForSubscriptions(2, Within.Time), Is.True);

        _camera.Next = () =>
        {
            publisher.Publish(new std_msgs.msg.String());
            Assert.That(called.Take(), Is.EqualTo("arrived"));
            return CallbackReturn.Success;
        };
        _lifecycle.Configure();
        Assert.That(called.Take(), Is.EqualTo("received while Inactive"));
    }

    [Test]
    public void Before_the_node_is_spun_the_program_can_start_it()
    {
        using var still = new SpinningNode("still");
        using var lifecycle = new LifecycleNode(still.Node, _camera);
        Assert.That(lifecycle.Configure(), Is.EqualTo(LifecycleState.Inactive));
        Assert.That(lifecycle.Activate(), Is.EqualTo(LifecycleState.Active));
    }

    [Test]
    public void Fifty_round_trips_leave_no_endpoint_thread_or_handle_behind()
    {
        var graph = _managed.Node.Graph;
        for (var i = 0; i < 5; i++)
            RoundTrip();

        var before = ProcessState.Now();
        for (var i = 0; i < 50; i++)
            RoundTrip();

        before.AssertNoGrowth(megabytes: 20);
        Assert.That(
            graph.WaitFor(() => graph.CountPublishers("~/image") == 0 && graph.CountSubscribers("~/image") == 0, Within.Time),
            Is.True);
        Assert.That(((Node)_managed.Node).Executor.Timers, Is.Empty);

        void RoundTrip()
        {
            IDisposable[] parts = [];
            _camera.Next = () =>
            {
                parts =
                [
                    _lifecycle.CreatePublisher<std_msgs.msg.String>("~/image"),
                    _managed.Node.CreateSubscription<std_msgs.msg.String>("~/image", _ => { }),
                    _managed.Node.CreateTimer(TimeSpan.FromSeconds(1), () => { }),
                ];
                return CallbackReturn.Success;
            };
            Assert.That(_lifecycle.Configure(), Is.EqualTo(LifecycleState.Inactive));
            _camera.Next = () => CallbackReturn.Success;
            Assert.That(_lifecycle.Activate(), Is.EqualTo(LifecycleState.Active));
            Assert.That(graph.WaitFor(() => graph.CountPublishers("~/image") == 1, Within.Time), Is.True);
            Assert.That(_lifecycle.Deactivate(), Is.EqualTo(LifecycleState.Inactive));
            _camera.Next = () =>
            {
                Array.ForEach(parts, part => part.Dispose());
                return CallbackReturn.Success;
            };
            Assert.That(_lifecycle.Cleanup(), Is.EqualTo(LifecycleState.Unconfigured));
        }
    }

    [Test]
    public async Task While_one_transition_waits_the_state_can_be_read_and_another_transition_is_refused()
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
    public async Task Who_ends_the_management_ends_a_transition_that_waits_without_a_word()
    {
        using var log = new LogCapture();
        var (configuring, canceled) = await ConfigureUntilCanceled();
        _lifecycle.Dispose();
        await canceled.WaitAsync(Within.Time);
        _managed.Dispose();
        _other.Dispose();
        Assert.That(() => configuring, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(log.Lines, Is.Empty);
        Assert.That(_camera.Calls, Is.Empty);
    }

    [Test]
    public void Values_that_nobody_declares_are_named_once_it_has_been_configured()
    {
        using var log = new LogCapture();
        using var node = new SpinningNode("late", "--ros-args", "-p", "late:rate:=5.0", "-p", "late:rat:=5.0");
        using var lifecycle = new LifecycleNode(node.Node, new Camera
        {
            Next = () =>
            {
                node.Node.Parameters.Declare("rate", 1.0);
                return CallbackReturn.Success;
            },
        });
        Rclcs.SpinOnce(node.Node, node.Context, 0);
        Assert.That(log.Lines, Is.Empty);
        lifecycle.Configure();
        Assert.That(log.Lines.Single(), Does.Contain("There is no parameter 'rat', which"));
    }

    [Test]
    public async Task A_shutdown_of_the_program_ends_a_transition_that_waits()
    {
        var (configuring, canceled) = await ConfigureUntilCanceled();
        _managed.Dispose();
        await canceled.WaitAsync(Within.Time);
        _other.Dispose();
        Assert.That(() => configuring, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task A_shutdown_of_the_program_ends_a_transition_of_its_own_that_waits()
    {
        _camera.Load = async token =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return CallbackReturn.Success;
        };
        var configuring = _lifecycle.ConfigureAsync();
        await _camera.Loading.WaitAsync(Within.Time);
        _managed.Context.RequestShutdown();
        Assert.That(async () => await configuring.WaitAsync(Within.Time), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void A_transition_of_the_program_can_end_the_program()
    {
        using var timer = _managed.Node.CreateWallTimer(TimeSpan.FromMilliseconds(1), () => { });
        using var waits = new ManualResetEventSlim();
        _camera.Next = () =>
        {
            // The thread that spins comes to wait for the end of this callback, or is about to.
            waits.Wait(TimeSpan.FromMilliseconds(20));
            Rclcs.Shutdown(_managed.Context);
            return CallbackReturn.Success;
        };
        Assert.That(Task.Run(() => _lifecycle.Shutdown()).Wait(Within.Time), Is.True);
    }

    [Test]
    public void A_callback_that_comes_upon_the_end_of_the_program_is_no_error()
    {
        _camera.Load = _ =>
        {
            _managed.Context.RequestShutdown(); // As SIGINT and SIGTERM do.
            using var publisher = _managed.Node.CreatePublisher<std_msgs.msg.String>("chatter");
            return Task.FromResult(CallbackReturn.Success);
        };
        using var log = new LogCapture();

        Assert.That(_lifecycle.Configure, Throws.InstanceOf<NotInitializedException>());
        Assert.That(log.Lines, Is.Empty);
    }

    [Test]
    public async Task What_others_ask_for_is_logged_only_if_it_is_known()
    {
        using var log = new LogCapture();
        await Change(0, "evil\e[2J\nlabel");
        await Change(0, "activate");

        Assert.That(log.Lines, Has.Count.EqualTo(2));
        Assert.That(log.Lines[0], Does.Contain("The transition of an unknown name was requested").And.Not.Contain("evil"));
        Assert.That(log.Lines[1], Does.Contain("The transition 'activate' was requested"));
    }

    [Test]
    public void Where_services_are_switched_off_only_the_program_changes_the_state()
    {
        using var services = new EnvironmentVariable("RCLCS_SERVICES", "off");
        using var alone = new SpinningNode("alone");
        using var lifecycle = new LifecycleNode(alone.Node, _camera);

        Assert.That(lifecycle.Configure(), Is.EqualTo(LifecycleState.Inactive));
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

    /// <summary>Another node's request, which waits in the callback; and what ends when the callback's token is canceled.</summary>
    private async Task<(Task<bool> Configuring, Task Canceled)> ConfigureUntilCanceled()
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
        return (configuring, canceled.Task);
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

        public CallbackReturn CleanedUp { get; set; }

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
            return CleanedUp;
        }

        private CallbackReturn Call(string name, LifecycleState previous)
        {
            Calls.Add($"{name} from {previous}");
            return Next();
        }
    }
}
