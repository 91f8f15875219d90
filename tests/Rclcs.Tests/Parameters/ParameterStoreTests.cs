namespace rclcs.Tests.Parameters;

public sealed class ParameterStoreTests
{
    private static readonly NodeNameAndNamespace Node = new("node", "/");

    private readonly List<ParameterChange> _changes = [];

    [SetUp]
    public void Forget() => _changes.Clear();

    [Test]
    public void All_or_none_is_set_atomically()
    {
        var store = Create();
        Declare(store, "min", 1L, new ParameterDescriptor { IntegerRange = new IntegerRange(0, 10) });
        Declare(store, "max", 5L);
        _changes.Clear();

        Assert.That(
            store.Set([Parameter.From("max", 20L), Parameter.From("min", 11L)]).Reason,
            Does.Contain("'min' of /node cannot be 11: 0 to 10 is allowed"));
        Assert.That(store.Get("max").As<long>(), Is.EqualTo(5));
        Assert.That(store.Set([Parameter.From("max", 20L), Parameter.From("absent", 1L)]).Reason, Does.Contain("not declared"));
        Assert.That(store.Set([]).Successful, Is.False);
        Assert.That(_changes, Is.Empty);

        Assert.That(store.Set([Parameter.From("max", 20L), Parameter.From("min", 10L)]).Successful, Is.True);
        Assert.That(store.GetAll(["max", "absent", "min"]), Is.EqualTo(new[]
        {
            ParameterValue.From(20L), ParameterValue.NotSet, ParameterValue.From(10L),
        }));
        Assert.That(_changes.Single().Changed, Is.EqualTo(new[] { Parameter.From("max", 20L), Parameter.From("min", 10L) }));
    }

    [Test]
    public void A_callback_judges_what_is_set_together()
    {
        var store = Create();
        Declare(store, "min", 1L);
        Declare(store, "max", 5L);
        using var callback = store.OnSet.Add(parameters =>
            parameters is [var min, var max] && min.Value.As<long>() > max.Value.As<long>()
                ? SetParametersResult.Rejected("min is above max.")
                : SetParametersResult.Success);

        Assert.That(
            store.Set([Parameter.From("min", 9L), Parameter.From("max", 8L)]).Reason,
            Is.EqualTo("The parameters of /node cannot be set together: min is above max."));
        Assert.That(store.Set([Parameter.From("min", 7L), Parameter.From("max", 8L)]).Successful, Is.True);
    }

    [Test]
    public void Callbacks_come_in_rclcpps_order_and_the_last_one_added_first()
    {
        var calls = new List<string>();
        var store = Create();
        Declare(store, "side", 1L);
        Declare(store, "area", 1L);
        store.PostSet.Add(parameters => calls.Add($"post {parameters.Count} {store.Get("area")}"));
        store.OnSet.Add(parameters => Accept($"on 1 {parameters.Count} {store.Get("area")}"));
        store.OnSet.Add(_ => Accept("on 2"));
        store.PreSet.Add(parameters =>
        {
            calls.Add("pre");
            var side = parameters.Single().Value.As<long>();
            parameters.Add(Parameter.From("area", side * side));
        });

        Assert.That(store.Set([Parameter.From("side", 3L)]).Successful, Is.True);
        Assert.That(calls, Is.EqualTo(new[] { "pre", "on 2", "on 1 2 1", "post 2 9" }));

        SetParametersResult Accept(string call)
        {
            calls.Add(call);
            return SetParametersResult.Success;
        }
    }

    [Test]
    public void A_callback_cannot_set_parameters_itself()
    {
        var store = Create();
        Declare(store, "a", 1L);
        Declare(store, "b", 1L);
        using (store.OnSet.Add(_ => store.Set([Parameter.From("b", 2L)])))
        {
            Assert.That(
                () => store.Set([Parameter.From("a", 2L)]),
                Throws.InstanceOf<ParameterException>().With.Message.Contains("by a callback"));
        }

        Assert.That(store.Set([Parameter.From("a", 2L)]).Successful, Is.True);
    }

    [Test]
    public void The_type_is_fixed_unless_declared_dynamic()
    {
        var store = Create();
        Declare(store, "fixed", 1L);
        Declare(store, "any", 1L, new ParameterDescriptor { DynamicTyping = true });
        _changes.Clear();

        Assert.That(store.Set([Parameter.From("fixed", "one")]).Successful, Is.False);
        Assert.That(store.Set([Parameter.From("fixed", ParameterValue.NotSet)]).Reason, Does.Contain("cannot be undeclared"));
        Assert.That(store.Set([Parameter.From("any", "one")]).Successful, Is.True);
        Assert.That(store.Describe("any").Type, Is.EqualTo(ParameterType.String));

        var unset = Parameter.From("any", ParameterValue.NotSet);
        Assert.That(store.Set([unset]).Successful, Is.True);
        Assert.That(store.Has("any"), Is.False);
        Assert.That(_changes[^1].Deleted, Is.EqualTo(new[] { unset }));
    }

    [Test]
    public void A_dynamic_parameter_can_be_declared_without_value_and_undeclared()
    {
        var store = Create();
        var dynamic = new ParameterDescriptor { DynamicTyping = true };
        store.Declare("any", ParameterValue.NotSet, dynamic);
        store.Declare("constant", ParameterValue.From(1L), dynamic with { ReadOnly = true });
        Declare(store, "fixed", 1L);

        Assert.That(store.Get("any").Type, Is.EqualTo(ParameterType.NotSet));
        Assert.That(() => store.Get("any").As<string>(), Throws.InstanceOf<ParameterException>());
        store.Undeclare("any");
        Assert.That(store.Names, Is.EqualTo(new[] { "constant", "fixed" }));
        Assert.That(() => store.Undeclare("any"), Throws.InstanceOf<ParameterException>().With.Message.Contains("not declared"));
        Assert.That(() => store.Undeclare("constant"), Throws.InstanceOf<ParameterException>().With.Message.Contains("read-only"));
        Assert.That(() => store.Undeclare("fixed"), Throws.InstanceOf<ParameterException>().With.Message.Contains("always an integer"));
        Assert.That(
            () => store.Declare("none", ParameterValue.NotSet, new ParameterDescriptor()),
            Throws.InstanceOf<ParameterException>().With.Message.Contains("without value"));
    }

    [Test]
    public void Undeclared_parameters_can_be_allowed()
    {
        var store = Create(allowUndeclared: true);

        Assert.That(store.Get("new").Type, Is.EqualTo(ParameterType.NotSet));
        Assert.That(store.Set([Parameter.From("new", 1L)]).Successful, Is.True);
        Assert.That(_changes.Single().Added, Is.EqualTo(new[] { Parameter.From("new", 1L) }));
        Assert.That(store.Describe("new").DynamicTyping, Is.True);
    }

    [Test]
    public void Values_from_outside_can_be_declared_by_themselves()
    {
        var store = Create(overrides: ["a.b:=1", "node:c:=[a, b]", "other:d:=1"]);
        store.DeclareOverrides();

        Assert.That(store.Names, Is.EqualTo(new[] { "a.b", "c" }));
        Assert.That(store.Get("c").As<string[]>(), Is.EqualTo(new[] { "a", "b" }));
    }

    [Test]
    public void An_empty_array_fits_arrays_of_every_type()
    {
        var store = Create();
        Declare(store, "numbers", new[] { 1.0 });

        Assert.That(store.Set([Parameter.From("numbers", Array.Empty<bool>())]).Successful, Is.True);
        Assert.That(store.Get("numbers").As<double[]>(), Is.Empty);
    }

    private static void Declare<T>(ParameterStore store, string name, T value, ParameterDescriptor? descriptor = null)
        where T : notnull => store.Declare(name, ParameterValue.From(value), descriptor ?? new ParameterDescriptor());

    private ParameterStore Create(bool allowUndeclared = false, params string[] overrides) =>
        new(Node, overrides.Select(ParameterOverride.Parse), allowUndeclared) { Reporter = _changes.Add };
}
