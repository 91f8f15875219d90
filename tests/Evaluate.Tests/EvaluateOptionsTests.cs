using FaceAttributes.Evaluation.Data;
using FaceAttributes.Evaluation.Prediction;

namespace FaceAttributes.Evaluation.Tests;

public class EvaluateOptionsTests
{
    [Test]
    public void A_model_and_data_are_enough()
    {
        var options = EvaluateOptions.Parse(["face.yaml", "--data", "sets"]);

        Assert.That((options.Model, options.Data, options.Split), Is.EqualTo(("face.yaml", "sets", Split.Test)));
        Assert.That((options.Only, options.Limit, options.Json), Is.EqualTo(((IReadOnlyList<string>?)null, (int?)null, (string?)null)));
    }

    [Test]
    public void Everything_can_be_said()
    {
        var options = EvaluateOptions.Parse(
            ["--split", "selection", "--only", "age,gender", "--limit", "20", "--json", "face.json", "--detector", "ultraface.yaml@640", "--data", "sets", "face.yaml"]);

        Assert.That((options.Split, options.Limit, options.Json), Is.EqualTo((Split.Selection, 20, "face.json")));
        Assert.That(options.Only, Is.EqualTo(["age", "gender"]));
        Assert.That(options.Detector, Is.EqualTo(new DetectorChoice("ultraface.yaml", 640)));
    }

    [TestCase("No model is named", "--data", "sets")]
    [TestCase("No data folder is named", "face.yaml")]
    [TestCase("'other.yaml' is a second model", "face.yaml", "other.yaml")]
    [TestCase("--speed is unknown", "face.yaml", "--speed", "3")]
    [TestCase("--data needs a value", "face.yaml", "--data")]
    [TestCase("--data is given twice", "face.yaml", "--data", "a", "--data", "b")]
    [TestCase("--split is 'val'", "face.yaml", "--data", "sets", "--split", "val")]
    [TestCase("'face.yaml' says how to measure", "face.yaml", "--boxes", "boxes.csv", "--data", "sets")]
    [TestCase("'--split' says how to measure", "--boxes", "boxes.csv", "--data", "sets", "--split", "test")]
    [TestCase("'face.yaml@5000' names no detector; name haar, a manifest, or a manifest, @ and the input's size from 64 to 2048.", "face.yaml", "--data", "sets", "--detector", "face.yaml@5000")]
    [TestCase("'face.yaml@big' names no detector", "face.yaml", "--data", "sets", "--detector", "face.yaml@big")]
    [TestCase("--limit is '0'", "face.yaml", "--data", "sets", "--limit", "0")]
    public void What_is_wrong_is_told(string message, params string[] arguments) =>
        Assert.That(() => EvaluateOptions.Parse(arguments), Throws.TypeOf<EvaluationException>().With.Message.Contains(message));
}
