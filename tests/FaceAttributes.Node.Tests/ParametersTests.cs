using System.Text.RegularExpressions;
using rclcs;
using rclcs.Tests.Support;
using YamlDotNet.RepresentationModel;

namespace FaceAttributes.Node.Tests;

/// <summary>The node's parameters: code, config/face_attributes.yaml and docs/parameters.md say the same of them.</summary>
public class ParametersTests
{
    private static string TestModels => Path.Combine(AppContext.BaseDirectory, "test_models");

    private static string Config => Path.Combine(AppContext.BaseDirectory, "face_attributes.yaml");

    [OneTimeSetUp]
    public void StayOnThisMachine() => Environment.SetEnvironmentVariable("ROS_AUTOMATIC_DISCOVERY_RANGE", "LOCALHOST");

    [Test]
    public void Each_has_a_description() => WithNode([], node =>
        Assert.That(ParameterTable.OwnNames(node).Where(name => node.Parameters.Describe(name).Description.Length < 10), Is.Empty));

    [Test]
    public void The_configuration_file_has_them_all_with_their_defaults() => WithNode([], node =>
    {
        var yaml = new YamlStream();
        using (var reader = File.OpenText(Config))
            yaml.Load(reader);
        var named = Flatten((YamlMappingNode)yaml.Documents[0].RootNode["/**"]["ros__parameters"], "");
        Assert.That(named, Is.EquivalentTo(ParameterTable.OwnNames(node)));
        var defaults = ParameterTable.OwnNames(node).ToDictionary(name => name, node.Parameters.Get<ParameterValue>);
        WithNode(["--params-file", Config], shipped =>
            Assert.That(ParameterTable.OwnNames(shipped).ToDictionary(name => name, shipped.Parameters.Get<ParameterValue>), Is.EqualTo(defaults)));
    });

    [Test]
    public void The_documentation_has_them_all_with_defaults_and_ranges() => WithNode([], node => ParameterTable.AssertIs("parameters", node));

    [Test]
    public void The_readme_has_the_values_of_privacy() => WithNode([], node =>
    {
        var table = File.ReadAllText(Path.Combine(Repository.Root, "README.md")).Split("| `privacy` | pictures show |")[1].Split("\n\n")[0];
        var rows = Regex.Matches(table, @"(?m)^\| `(.+?)` \|").Select(row => row.Groups[1].Value);
        Assert.That(rows, Is.EqualTo(node.Parameters.Describe("privacy").AllowedStrings));
    });

    [Test]
    public void Messages_and_services_name_parameters_that_there_are() => WithNode([], node =>
    {
        string[] ofSituations = ["Situation.msg", "Describe.srv"];
        var named = new[] { "msg", "srv" }.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder)))
            .Where(file => !ofSituations.Contains(Path.GetFileName(file)))
            .SelectMany(file => Regex.Matches(File.ReadAllText(file), @"\bparameter ([\w.]*\w)").Select(found => found.Groups[1].Value)).Distinct().ToList();
        Assert.That(named, Is.Not.Empty.And.SubsetOf(node.Parameters.Names));
    });

    [TestCase("input.reliability:=perhaps", "'input.reliability' of /face_attributes cannot be 'perhaps': 'auto' or 'best_effort' or 'reliable' is allowed")]
    [TestCase("detector:=eyes", "'haar' is allowed")]
    [TestCase("ultraface.score_threshold:=1.0", "ultraface.score_threshold")]
    [TestCase("input.rotate:=45", "input.rotate")]
    [TestCase("ultraface.input_size:=32", "ultraface.input_size")]
    [TestCase("haar.scale_factor:=1.0", "haar.scale_factor")]
    [TestCase("haar.min_size:=1.0 haar.max_size:=0.5", "'haar.min_size' is 1 and 'haar.max_size' is 0.5")]
    [TestCase("haar.min_size:=0.0 haar.max_size:=0.0", "'haar.min_size' is 0 and 'haar.max_size' is 0")]
    [TestCase("tracker.confirm_hits:=0", "tracker.confirm_hits")]
    [TestCase("input.timeout_seconds:=soon", "input.timeout_seconds")]
    [TestCase("models.names:=7", "models.names")]
    public void A_wrong_value_is_refused_with_one_sentence_that_names_the_parameter(string assignments, string named)
    {
        var arguments = assignments.Split(' ').SelectMany(assignment => new[] { "-p", assignment }).ToArray();
        var error = Assert.Throws<ParameterException>(() => WithNode(arguments, _ => { }));
        Assert.That(error.Message, Does.Contain(named).And.Not.Contain("\n"));
    }

    [Test]
    public void Sizes_are_checked_together() => WithNode([], node =>
    {
        Assert.That(node.Parameters.Set("haar.max_size", 0.05).Successful, Is.False);
        Assert.That(node.Parameters.SetAtomically([Parameter.From("haar.max_size", 0.05), Parameter.From("haar.min_size", 0.05)]).Successful);
    });

    [TestCase("two_heads, rgb_logits", "Model 'rgb_logits' estimates nothing that the models before it don't; remove it from the parameter 'models.names'.")]
    [TestCase("smile", "smile.yaml")]
    [TestCase("rgb_logits, two_heads", null)]
    [TestCase("gray_probabilities, two_heads", null)]
    public void Models_run_together_where_each_adds_an_attribute(string models, string? refusal) => WithNode(
        ["-p", $"models.directory:={TestModels}"], (node, faceAttributes) =>
        {
            Assert.That(faceAttributes.Lifecycle.Configure(), Is.EqualTo(LifecycleState.Inactive));
            var result = node.Parameters.Set("models.names", models.Split(", "));
            Assert.That(result.Successful, Is.EqualTo(refusal is null), result.Reason);
            Assert.That(result.Reason, Does.Contain(refusal ?? ""));
        }, "-p", "models.names:=[]");

    private static IEnumerable<string> Flatten(YamlMappingNode map, string prefix) => map.Children.SelectMany(child =>
        child.Value is YamlMappingNode group ? Flatten(group, $"{prefix}{child.Key}.") : [$"{prefix}{child.Key}"]);

    private static void WithNode(string[] arguments, Action<INode> look) => WithNode(arguments, (node, _) => look(node));

    private static void WithNode(string[] arguments, Action<INode, FaceAttributesNode> look, params string[] more)
    {
        using var context = TestDomain.Join(["--ros-args", .. arguments, .. more]);
        using var node = Rclcs.CreateNode("face_attributes", context);
        using var faceAttributes = new FaceAttributesNode(node);
        look(node, faceAttributes);
    }
}
