namespace rclcs.Tests.Parameters;

/// <summary>Types and values as rcl_yaml_param_parser gives them.</summary>
public sealed class ParameterYamlTests
{
    private static readonly object[] Scalars =
    [
        new object[] { "true", true },
        new object[] { "Yes", true },
        new object[] { "off", false },
        new object[] { "'true'", "true" },
        new object[] { "1", 1L },
        new object[] { "-17", -17L },
        new object[] { "0x1F", 31L },
        new object[] { "'1'", "1" },
        new object[] { "!!str 1", "1" },
        new object[] { "1.0", 1.0 },
        new object[] { "1e3", 1000.0 },
        new object[] { "-.5", -0.5 },
        new object[] { ".inf", double.PositiveInfinity },
        new object[] { "-.inf", double.NegativeInfinity },
        new object[] { "hello", "hello" },
        new object[] { "/camera/image", "/camera/image" },
        new object[] { "1.2.3", "1.2.3" },
        new object[] { "''", "" },
        new object[] { "[1, 2]", new[] { 1L, 2L } },
        new object[] { "[1.0, 2.5]", new[] { 1.0, 2.5 } },
        new object[] { "[true, no]", new[] { true, false } },
        new object[] { "[a, 'b c']", new[] { "a", "b c" } },
        new object[] { "[]", Array.Empty<string>() },
    ];

    [TestCaseSource(nameof(Scalars))]
    public void Values_have_the_types_that_ROS_gives_them(string yaml, object expected)
    {
        var value = ParameterOverride.Parse("p:=" + yaml).Value;
        Assert.That(value, Is.EqualTo(ParameterValue.From(expected)));
    }

    [Test]
    public void Not_a_number_is_a_double() =>
        Assert.That(ParameterOverride.Parse("p:=.nan").Value.As<double>(), Is.NaN);
}
