using FaceAttributes.Classification;
using FaceAttributes.Detection;
using rclcs;
using Vision.Inference;

namespace FaceAttributes.Node.Tests;

public class NodeParametersTests
{
    /// <summary>The networks of FaceAttributes.Tests.</summary>
    private static string TestModels => Path.Combine(AppContext.BaseDirectory, "test_models");

    [OneTimeSetUp]
    public void StayOnThisMachine() => Environment.SetEnvironmentVariable("ROS_AUTOMATIC_DISCOVERY_RANGE", "LOCALHOST");

    [Test]
    public void The_shipped_parameter_file_holds_the_defaults()
    {
        var defaults = Declare();
        var shipped = Declare("--params-file", Path.Combine(AppContext.BaseDirectory, "face_attributes.yaml"));

        Assert.That(shipped with { Models = defaults.Models }, Is.EqualTo(defaults));
        Assert.That(shipped.Models, Is.EqualTo(defaults.Models));
        Assert.That(shipped.HaarCascade, Is.EqualTo(new HaarCascadeOptions()));
    }

    [Test]
    public void The_shipped_parameter_file_names_no_parameter_that_the_node_does_not_have()
    {
        using var context = new Context();
        Rclcs.Init(context, ["--ros-args", "--params-file", Path.Combine(AppContext.BaseDirectory, "face_attributes.yaml")]);
        using var node = Rclcs.CreateNode("face_attributes", context);
        NodeParameters.Declare(node);
        var named = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "face_attributes.yaml"))
            .Select(line => line.Split('#')[0].Trim())
            .Where(line => line.Contains(':', StringComparison.Ordinal))
            .Select(line => line.Split(':')[0])
            .Where(name => name is not ("/**" or "ros__parameters" or "haar_cascade"));

        Assert.That(node.Parameters.Names.Select(name => name.Split('.')[^1]), Is.SupersetOf(named));
    }

    [TestCase("image_reliability:=perhaps", "'image_reliability' of /face_attributes cannot be 'perhaps': 'best_effort' or 'reliable' is allowed")]
    [TestCase("haar_cascade.scale_factor:=1.0", "haar_cascade.scale_factor")]
    [TestCase("image_timeout:=soon", "image_timeout")]
    [TestCase("models:=7", "models")]
    public void A_wrong_value_is_refused_with_one_sentence_that_names_the_parameter(string assignment, string named)
    {
        var error = Assert.Throws<ParameterException>(() => Declare("-p", assignment));
        Assert.That(error.Message, Does.Contain(named).And.Not.Contain("\n"));
    }

    [TestCase("0.5", "0.2", "'haar_cascade.min_size' is 0.5 and 'haar_cascade.max_size' is 0.2")]
    [TestCase("0.0", "0.0", "'haar_cascade.min_size' is 0 and 'haar_cascade.max_size' is 0")]
    public void Sizes_between_which_no_face_fits_are_refused_with_one_sentence_that_names_both(string smallest, string largest, string named)
    {
        var error = Assert.Throws<ParameterException>(
            () => Declare("-p", $"haar_cascade.min_size:={smallest}", "-p", $"haar_cascade.max_size:={largest}"));
        Assert.That(error.Message, Does.Contain(named).And.Not.Contain("\n"));
    }

    [Test]
    public void One_size_of_face_can_be_looked_for()
    {
        var cascade = Declare("-p", "haar_cascade.min_size:=0.5", "-p", "haar_cascade.max_size:=0.5").HaarCascade;
        Assert.That((cascade.MinSize, cascade.MaxSize), Is.EqualTo((0.5, 0.5)));
    }

    [Test]
    public void A_model_that_is_not_there_is_named()
    {
        var parameters = Declare() with { Models = ["smile"] };
        Assert.That(() => PipelineFactory.Create(parameters), Throws.Exception.With.Message.Contains("smile.yaml"));
    }

    [TestCase("two_heads", "rgb_logits", "rgb_logits")]
    [TestCase("gray_probabilities", "gray_probabilities", "gray_probabilities")]
    public void A_model_that_adds_no_attribute_is_refused(string first, string second, string refused)
    {
        var parameters = Declare() with { Models = [first, second], ModelsDirectory = TestModels };
        Assert.That(() => PipelineFactory.Create(parameters), Throws.TypeOf<ModelException>().With.Message.EqualTo(
            $"Model '{refused}' estimates nothing that the models before it don't; remove it from the parameter 'models'."));
    }

    [Test]
    public void Of_an_attribute_that_two_models_estimate_the_first_ones_answer_counts()
    {
        var parameters = Declare() with { Models = ["rgb_logits", "two_heads"], ModelsDirectory = TestModels };
        using var pipeline = PipelineFactory.Create(parameters);
        Assert.That(
            pipeline.Classifiers.Select(classifier => (classifier.Manifest.Name, classifier.Manifest.Heads.Single().Attribute)),
            Is.EqualTo(new[] { ("rgb_logits", "gender"), ("two_heads", "age") }));
    }

    [Test]
    public void The_default_models_estimate_everything_that_the_messages_have_a_place_for()
    {
        using var pipeline = PipelineFactory.Create(Declare());
        Assert.That(
            pipeline.Classifiers.SelectMany(classifier => classifier.Manifest.Heads).Select(head => head.Attribute),
            Is.EqualTo(new[] { "gender", "emotion", "age" }));
    }

    [Test]
    public void Models_of_one_and_of_several_attributes_run_together()
    {
        var parameters = Declare() with { Models = ["gray_probabilities", "two_heads"], ModelsDirectory = TestModels };
        using var pipeline = PipelineFactory.Create(parameters);
        Assert.That(pipeline.Classifiers, Has.Count.EqualTo(2));
    }

    [TestCase("attribute: age", "attribute: height",
        "Model 'changed' estimates 'height' as a number, for which FaceAttributes.msg has no field; as a number it has age.")]
    [TestCase("attribute: gender", "attribute: age_group",
        "Model 'changed' estimates 'age_group' by labels, for which FaceAttributes.msg has no field; by labels it has emotion and gender.")]
    [TestCase("  values: [0, 20, 40, 60, 80]\n  temperature: 1.5\n  unknown_above: 17\n", "",
        "Model 'changed' estimates 'age' by labels, for which FaceAttributes.msg has no field; by labels it has emotion and gender.")]
    public void A_model_that_the_messages_have_no_place_for_is_refused(string right, string wrong, string message)
    {
        var folder = Directory.CreateTempSubdirectory("models").FullName;
        try
        {
            File.Copy(Path.Combine(TestModels, "two_heads.onnx"), Path.Combine(folder, "two_heads.onnx"));
            var manifest = File.ReadAllText(Path.Combine(TestModels, "two_heads.yaml"));
            File.WriteAllText(Path.Combine(folder, "changed.yaml"), manifest.Replace(right, wrong, StringComparison.Ordinal));
            var parameters = Declare() with { Models = ["changed"], ModelsDirectory = folder };
            Assert.That(() => PipelineFactory.Create(parameters), Throws.TypeOf<ModelException>().With.Message.EqualTo(message));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static NodeParameters Declare(params string[] arguments)
    {
        using var context = new Context();
        Rclcs.Init(context, ["--ros-args", .. arguments]);
        using var node = Rclcs.CreateNode("face_attributes", context);
        return NodeParameters.Declare(node);
    }
}
