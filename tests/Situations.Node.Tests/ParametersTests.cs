using System.Text.RegularExpressions;
using rclcs;
using rclcs.Tests.Support;

namespace Situations.Node.Tests;

/// <summary>The node's parameters: code, config/situations.yaml and the README say the same of them.</summary>
public partial class ParametersTests
{
    private static string Config => Path.Combine(AppContext.BaseDirectory, "situations.yaml");

    [OneTimeSetUp]
    public void StayOnThisMachine() => Environment.SetEnvironmentVariable("ROS_AUTOMATIC_DISCOVERY_RANGE", "LOCALHOST");

    [Test]
    public void Each_has_a_description() => WithNode([], node =>
        Assert.That(OwnNames(node).Where(name => node.Parameters.Describe(name).Description.Length < 10), Is.Empty));

    [Test]
    public void The_configuration_file_has_them_all_with_their_defaults() => WithNode([], node =>
    {
        var defaults = OwnNames(node).ToDictionary(name => name, node.Parameters.Get<ParameterValue>);
        var text = File.ReadAllText(Config);
        foreach (var name in defaults.Keys)
            Assert.That(text, Does.Match($@"(?m)^ +{name.Split('.')[^1]}: "), name);
        WithNode(["--params-file", Config], shipped =>
            Assert.That(OwnNames(shipped).ToDictionary(name => name, shipped.Parameters.Get<ParameterValue>), Is.EqualTo(defaults)));
    });

    [Test]
    public void Its_message_names_a_parameter_that_there_is() => WithNode([], node =>
    {
        var named = Regex.Match(File.ReadAllText(Path.Combine(Repository.Root, "msg", "Situation.msg")), @"\bparameter ([\w.]*\w)").Groups[1].Value;
        Assert.That(node.Parameters.Names, Does.Contain(named));
    });

    [Test]
    public void The_table_of_the_readme_has_them_all_with_their_defaults() => WithNode([], node =>
    {
        var rows = Row().Matches(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "README.md")))
            .ToDictionary(row => row.Groups[1].Value, row => row.Groups[2].Value);
        foreach (var name in OwnNames(node))
        {
            Assert.That(rows, Does.ContainKey(name));
            WithNode(rows[name].Length > 0 ? ["-p", $"{name}:={rows[name]}"] : [], other =>
                Assert.That(other.Parameters.Get<ParameterValue>(name), Is.EqualTo(node.Parameters.Get<ParameterValue>(name)), name));
        }
    });

    [TestCase("beam_width:=0", "beam_width")]
    [TestCase("beam_width:=11", "beam_width")]
    [TestCase("core_share:=0.0", "core_share")]
    [TestCase("change:=1.5", "change")]
    [TestCase("hold_seconds:=-1.0", "hold_seconds")]
    [TestCase("period_seconds:=often", "period_seconds")]
    public void A_wrong_value_is_refused_with_one_sentence_that_names_the_parameter(string assignment, string named)
    {
        var error = Assert.Throws<ParameterException>(() => WithNode(["-p", assignment], _ => { }));
        Assert.That(error.Message, Does.Contain(named).And.Not.Contain("\n"));
    }

    private static IEnumerable<string> OwnNames(INode node) =>
        node.Parameters.Names.Except(["use_sim_time", "start_type_description_service"]);

    private static void WithNode(string[] arguments, Action<INode> look)
    {
        using var context = TestDomain.Join(["--ros-args", .. arguments]);
        using var node = Rclcs.CreateNode("situations", context);
        using var situations = new SituationsNode(node);
        look(node);
    }

    [GeneratedRegex(@"^\| `([a-z_.]+)` \| (?:`(.*?)`)? ?\|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
