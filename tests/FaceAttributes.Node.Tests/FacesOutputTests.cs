using face_attributes.msg;
using FaceAttributes.Classification;
using FaceAttributes.Detection;
using FaceAttributes.Node.Outputs;
using FaceAttributes.Smoothing;
using FaceAttributes.Tracking;
using Vision.Geometry;

namespace FaceAttributes.Node.Tests;

public class FacesOutputTests
{
    private readonly std_msgs.msg.Header _header =
        new() { Stamp = { Sec = 12, Nanosec = 34 }, FrameId = "CameraTop_optical_frame" };

    [Test]
    public void A_message_carries_the_images_header_and_size_also_when_there_is_no_face()
    {
        var message = new FacesOutput().Fill([], [], _header, 640, 480);

        Assert.That((message.Header.Stamp.Sec, message.Header.Stamp.Nanosec), Is.EqualTo((12, 34u)));
        Assert.That(message.Header.FrameId, Is.EqualTo("CameraTop_optical_frame"));
        Assert.That((message.Width, message.Height), Is.EqualTo((640u, 480u)));
        Assert.That(message.Faces, Is.Empty);
    }

    [Test]
    public void A_face_keeps_its_box_score_labels_and_whole_distribution()
    {
        var emotion = Distribution("emotion", ["angry", "happy"], 0.25f, 0.75f);
        var gender = Distribution("gender", ["female", "male"], 0.45f, 0.55f);
        var face = new Track("f3", new FaceDetection(new Box(10, 20, 30, 40), 0.8f), 0, gender, emotion);
        var message = new FacesOutput().Fill([face], [], _header, 640, 480);

        var written = message.Faces.Single();
        Assert.That(written.Id, Is.EqualTo("f3"));
        Assert.That((written.Roi.XOffset, written.Roi.YOffset, written.Roi.Width, written.Roi.Height), Is.EqualTo((10u, 20u, 30u, 40u)));
        Assert.That(written.DetectionScore, Is.EqualTo(0.8f));
        Assert.That((written.Emotion.Label, written.Emotion.Confidence), Is.EqualTo(("happy", 0.75f)));
        Assert.That(written.Emotion.Distribution.Select(p => (p.Label, p.Probability)), Is.EqualTo([("angry", 0.25f), ("happy", 0.75f)]));
        Assert.That((written.Gender.Label, written.Gender.Confidence), Is.EqualTo((CategoricalAttribute.UNKNOWN, 0.55f)),
            "Below the model's threshold");
        Assert.That(written.Gender.Distribution.Select(p => p.Label), Is.EqualTo(["female", "male"]));
    }

    [TestCase(5, true)]
    [TestCase(4.9f, false)]
    public void An_age_is_its_mean_in_years_and_known_while_the_model_is_sure_enough(float unknownAbove, bool known)
    {
        var message = new FacesOutput().Fill([new Track("f1", new FaceDetection(new Box(0, 0, 5, 5), 1), 0, Age(unknownAbove, 0.5f, 0.5f))], [], _header, 640, 480);

        var age = message.Faces.Single().Age;
        Assert.That((age.Known, age.Value, age.StandardDeviation), Is.EqualTo((known, 35f, 5f)));
        Assert.That(age.Distribution.Select(p => (p.Label, p.Probability)), Is.EqualTo([("30", 0.5f), ("40", 0.5f)]));
    }

    [Test]
    public void Labels_follow_the_models_that_run_and_a_box_stays_inside_of_the_image()
    {
        var output = new FacesOutput();
        output.Fill([Face(Distribution("emotion", ["angry", "happy", "sad"], 0, 1, 0))], [], _header, 640, 480);
        var message = output.Fill([Face(Distribution("emotion", ["no", "yes"], 0, 1))], [], _header, 640, 480);
        Assert.That(message.Faces[0].Emotion.Distribution.Select(p => p.Label), Is.EqualTo(["no", "yes"]));
        message = output.Fill([Face()], [], _header, 640, 480);
        Assert.That(message.Faces[0].Emotion.Distribution, Is.Empty);
        Assert.That((message.Faces[0].Roi.XOffset, message.Faces[0].Roi.Width), Is.EqualTo((0u, 30u)));

        static Track Face(params SmoothedAttribute[] attributes) =>
            new("f1", new FaceDetection(new Box(-10, 20, 40, 40), 1), 0, attributes);
    }

    [Test]
    public void An_attribute_without_a_model_is_unknown_with_an_empty_distribution()
    {
        var message = new FacesOutput().Fill([new Track("f1", new FaceDetection(new Box(0, 0, 5, 5), 1), 0)], [], _header, 640, 480);

        var emotion = message.Faces.Single().Emotion;
        Assert.That((emotion.Label, emotion.Confidence, emotion.Distribution.Count), Is.EqualTo((CategoricalAttribute.UNKNOWN, 0f, 0)));
        var age = message.Faces.Single().Age;
        Assert.That((age.Known, age.Value, age.StandardDeviation, age.Distribution.Count), Is.EqualTo((false, 0f, 0f, 0)));
    }

    [Test]
    public void Filling_the_same_message_again_allocates_nothing()
    {
        Track[] faces =
        [
            .. Enumerable.Range(1, 5).Select(i => new Track(
                $"f{i}", new FaceDetection(new Box(i, i, 9, 9), 1), 0, Distribution("emotion", ["angry", "happy"], 0, 1), Age(100, 0.5f, 0.5f))),
        ];
        var output = new FacesOutput();
        output.Fill(faces, faces, _header, 640, 480);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            output.Fill(faces, faces, _header, 640, 480);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    internal static SmoothedAttribute Distribution(string attribute, string[] labels, params float[] probabilities)
    {
        var distribution = new SmoothedAttribute(new ModelHead
        {
            Attribute = attribute,
            OutputName = attribute,
            IsLogits = true,
            Labels = labels,
            UnknownBelow = 0.6f,
        });
        distribution.Add(probabilities, 0, 1, new SmoothingOptions());
        return distribution;
    }

    internal static SmoothedAttribute Age(float unknownAbove, params float[] probabilities)
    {
        var distribution = new SmoothedAttribute(new ModelHead
        {
            Attribute = "age",
            OutputName = "age",
            IsLogits = true,
            Labels = ["30", "40"],
            Values = [30, 40],
            UnknownAbove = unknownAbove,
        });
        distribution.Add(probabilities, 0, 1, new SmoothingOptions());
        return distribution;
    }
}
