namespace rclcs.Tests.Parameters;

public sealed class ParameterCallbacksTests
{
    private static readonly NodeNameAndNamespace Node = new("node", "/");

    private readonly List<ParameterChange> _changes = [];

    [SetUp]
    public void Forget() => _changes.Clear();

    [Test]
    public void All_or_none_is_set_atomically()
    {
        var parameters = Create();
        parameters.Declare("min", 1L, new ParameterDescriptor { IntegerRange = new IntegerRange(0, 10) });
        parameters.Declare("max", 5L);
        _changes.Clear();

        Assert.That(
            parameters.SetAtomically([Parameter.From("max", 20L), Parameter.From("min", 11L)]).Reason,
            Does.Contain("'min' of /node cannot be 11: 0 to 10 is allowed"));
        Assert.That(parameters.Get<long>("max"), Is.EqualTo(5));
        Assert.That(parameters.SetAtomically([Parameter.From("max", 20L), Parameter.From("absent", 1L)]).Reason, Does.Contain("not declared"));
        Assert.That(parameters.SetAtomically([]).Successful, Is.False);
        Assert.That(_changes, Is.Empty);

        Assert.That(parameters.SetAtomically([Parameter.From("max", 20L), Parameter.From("min", 10L)]).Successful, Is.True);
        Assert.That(parameters.GetAll(["max", "absent", "min"]), Is.EqualTo(new[]
        {
            ParameterValue.From(20L), ParameterValue.NotSet, ParameterValue.From(10L),
        }));
        Assert.That(_changes.Single().Changed, Is.EqualTo(new[] { Parameter.From("max", 20L), Parameter.From("min", 10L) }));
    }

    [Test]
    public void A_callback_can_reject_a_whole_set_before_any_of_it_applies()
    {
        var parameters = Create();
        parameters.Declare("min", 1L);
        parameters.Declare("max", 5L);
        _changes.Clear();
        var applied = new List<long>();
        parameters.AddPostSetCallback(_ => applied.Add(parameters.Get<long>("max")));
        using var callback = parameters.AddOnSetCallback(set =>
            set is [var min, var max] && min.Value.As<long>() > max.Value.As<long>()
                ? SetParametersResult.Rejected("min is above max.")
                : SetParametersResult.Success);

        Assert.That(
            parameters.SetAtomically([Parameter.From("min", 9L), Parameter.From("max", 8L)]).Reason,
            Is.EqualTo("The parameters of /node cannot be set together: min is above max."));
        Assert.That((parameters.Get<long>("min"), parameters.Get<long>("max")), Is.EqualTo((1L, 5L)));
        Assert.That(_changes, Is.Empty);
        Assert.That(applied, Is.Empty);
        Assert.That(parameters.SetAtomically([Parameter.From("min", 7L), Parameter.From("max", 8L)]).Successful, Is.True);
        Assert.That(applied, Is.EqualTo(new[] { 8L }), "notified once, when both have their values");
    }

    [Test]
    public void Callbacks_come_in_rclcpps_order_and_the_last_one_added_first()
    {
        var calls = new List<string>();
        var parameters = Create();
        parameters.Declare("side", 1L);
        parameters.Declare("area", 1L);
        parameters.AddPostSetCallback(set => calls.Add($"post {set.Count} {parameters.Get<long>("area")}"));
        parameters.AddOnSetCallback(set => Accept($"on 1 {set.Count} {parameters.Get<long>("area")}"));
        parameters.AddOnSetCallback(_ => Accept("on 2"));
        parameters.AddPreSetCallback(set =>
        {
            calls.Add("pre");
            var side = set.Single().Value.As<long>();
            set.Add(Parameter.From("area", side * side));
        });

        Assert.That(parameters.SetAtomically([Parameter.From("side", 3L)]).Successful, Is.True);
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
        var parameters = Create();
        parameters.Declare("a", 1L);
        parameters.Declare("b", 1L);
        using (parameters.AddOnSetCallback(_ => parameters.SetAtomically([Parameter.From("b", 2L)])))
        {
            Assert.That(
                () => parameters.SetAtomically([Parameter.From("a", 2L)]),
                Throws.InstanceOf<ParameterException>().With.Message.Contains("by a callback"));
        }

        Assert.That(parameters.SetAtomically([Parameter.From("a", 2L)]).Successful, Is.True);
    }

    [Test]
    public void The_type_is_fixed_unless_declared_dynamic()
    {
        var parameters = Create();
        parameters.Declare("fixed", 1L);
        parameters.Declare("any", 1L, new ParameterDescriptor { DynamicTyping = true });
        _changes.Clear();

        Assert.That(parameters.SetAtomically([Parameter.From("fixed", "one")]).Successful, Is.False);
        Assert.That(parameters.SetAtomically([Parameter.From("fixed", ParameterValue.NotSet)]).Reason, Does.Contain("needs a value"));
        Assert.That(parameters.SetAtomically([Parameter.From("any", "one")]).Successful, Is.True);
        Assert.That(parameters.Describe("any").Type, Is.EqualTo(ParameterType.String));

        var unset = Parameter.From("any", ParameterValue.NotSet);
        Assert.That(parameters.SetAtomically([unset]).Successful, Is.True);
        Assert.That(parameters.Has("any"), Is.False);
        Assert.That(_changes[^1].Deleted, Is.EqualTo(new[] { unset }));
    }

    [Test]
    public void A_dynamic_parameter_can_be_declared_without_value_and_all_but_read_only_ones_undeclared()
    {
        var parameters = Create();
        var dynamic = new ParameterDescriptor { DynamicTyping = true };
        parameters.Declare("any", ParameterValue.NotSet, dynamic);
        parameters.Declare("constant", 1L, dynamic with { ReadOnly = true });
        parameters.Declare("fixed", 1L);

        Assert.That(parameters.Get<ParameterValue>("any").Type, Is.EqualTo(ParameterType.NotSet));
        Assert.That(() => parameters.Get<string>("any"), Throws.InstanceOf<ParameterException>());
        parameters.Undeclare("any");
        Assert.That(parameters.Names, Is.EqualTo(new[] { "constant", "fixed" }));
        Assert.That(() => parameters.Undeclare("any"), Throws.InstanceOf<ParameterException>().With.Message.Contains("not declared"));
        Assert.That(() => parameters.Undeclare("constant"), Throws.InstanceOf<ParameterException>().With.Message.Contains("read-only"));
        parameters.Undeclare("fixed");
        Assert.That(parameters.Names, Is.EqualTo(new[] { "constant" }));
        Assert.That(
            () => parameters.Declare("none", ParameterValue.NotSet, new ParameterDescriptor()),
            Throws.InstanceOf<ParameterException>().With.Message.Contains("without value"));
    }

    [Test]
    public void Undeclared_parameters_can_be_allowed()
    {
        var parameters = Create(allowUndeclared: true);

        Assert.That(parameters.Get<ParameterValue>("new").Type, Is.EqualTo(ParameterType.NotSet));
        Assert.That(parameters.SetAtomically([Parameter.From("new", 1L)]).Successful, Is.True);
        Assert.That(_changes.Single().Added, Is.EqualTo(new[] { Parameter.From("new", 1L) }));
        Assert.That(parameters.Describe("new").DynamicTyping, Is.True);
    }

    [Test]
    public void Values_from_outside_can_be_declared_by_themselves()
    {
        var parameters = Create(overrides: ["a.b:=1", "node:c:=[a, b]", "other:d:=1"]);
        parameters.DeclareOverrides();

        Assert.That(parameters.Names, Is.EqualTo(new[] { "a.b", "c" }));
        Assert.That(parameters.Get<string[]>("c"), Is.EqualTo(new[] { "a", "b" }));
    }

    [Test]
    public void An_empty_array_fits_arrays_of_every_type()
    {
        var parameters = Create();
        parameters.Declare("numbers", new[] { 1.0 });

        Assert.That(parameters.SetAtomically([Parameter.From("numbers", Array.Empty<bool>())]).Successful, Is.True);
        Assert.That(parameters.Get<double[]>("numbers"), Is.Empty);
    }

    private NodeParameters Create(bool allowUndeclared = false, params string[] overrides) =>
        new(Node, overrides.Select(ParameterOverride.Parse), allowUndeclared) { Reporter = _changes.Add };
}
