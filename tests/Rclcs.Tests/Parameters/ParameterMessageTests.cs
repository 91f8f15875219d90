namespace rclcs.Tests.Parameters;

public sealed class ParameterMessageTests
{
    private static readonly ParameterValue[] Values =
    [
        ParameterValue.NotSet,
        ParameterValue.From(true),
        ParameterValue.From(-7L),
        ParameterValue.From(0.25),
        ParameterValue.From("text"),
        ParameterValue.From(new byte[] { 1, 255 }),
        ParameterValue.From(new[] { true, false }),
        ParameterValue.From(new[] { long.MinValue, 7 }),
        ParameterValue.From(new[] { double.NaN, 1 }),
        ParameterValue.From(new[] { "", "b" }),
    ];

    [TestCaseSource(nameof(Values))]
    public void A_value_survives_its_message(ParameterValue value)
    {
        var message = value.ToMessage();

        Assert.That(message.Type, Is.EqualTo(Array.IndexOf(Values, value)), "the number of rcl_interfaces/msg/ParameterType");
        Assert.That(ParameterValue.FromMessage(message), Is.EqualTo(value));
    }

    [Test]
    public void An_unknown_type_is_refused() => Assert.That(
        () => ParameterValue.FromMessage(new rcl_interfaces.msg.ParameterValue { Type = 77 }),
        Throws.InstanceOf<ParameterException>().With.Message.Contains("77"));

    [Test]
    public void A_descriptor_survives_its_message()
    {
        var descriptor = new ParameterDescriptor
        {
            Name = "rate",
            Type = ParameterType.Integer,
            Description = "Images per second",
            AdditionalConstraints = "even",
            ReadOnly = true,
            DynamicTyping = true,
            IntegerRange = new IntegerRange(-4, 60, 2),
            FloatingPointRange = new FloatingPointRange(0.5, 1, 0.25),
        };

        Assert.That(ParameterDescriptor.FromMessage(descriptor.ToMessage()), Is.EqualTo(descriptor));
        Assert.That(new ParameterDescriptor().ToMessage().IntegerRange, Is.Empty);
    }

    [Test]
    public void Allowed_strings_are_told_in_words()
    {
        var message = new ParameterDescriptor { AdditionalConstraints = "slow on a Pi", AllowedStrings = ["fast", "exact"] }.ToMessage();

        Assert.That(message.AdditionalConstraints, Is.EqualTo("slow on a Pi; 'fast' or 'exact'"));
    }
}
