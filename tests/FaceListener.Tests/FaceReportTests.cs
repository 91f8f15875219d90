using face_attributes.msg;

namespace FaceListener.Tests;

public class FaceReportTests
{
    [Test]
    public void A_second_shows_rate_latency_and_the_latest_faces()
    {
        var report = new FaceReport();
        report.Add(Message("f1", "happy", 0.9f), After(10));
        report.Add(Message("f2", "sad", 0.6f), After(30));
        var text = report.TakeSecond(TimeSpan.FromSeconds(1));

        Assert.That(text, Does.StartWith("2.0 messages/s  latency 10."));
        Assert.That(text, Does.Contain("f2").And.Contain("sad 60%").And.Contain("40x50").And.Contain("20,30"));
        Assert.That(text, Does.Not.Contain("f1"), "Only the latest message");
        Assert.That(report.TakeSecond(TimeSpan.FromSeconds(1)), Is.EqualTo("no message"));
    }

    [Test]
    public void What_becomes_of_a_message_after_it_was_added_is_not_shown()
    {
        var report = new FaceReport();
        var message = Message("f1", "happy", 0.9f);
        report.Add(message, After(10));
        message.Faces[0].Id = "f2";
        message.Faces[0].Emotion.Label = "sad";
        message.Faces.Clear();

        Assert.That(report.TakeSecond(TimeSpan.FromSeconds(1)), Does.Contain("f1").And.Contain("happy 90%"));
    }

    [Test]
    public void Between_two_reports_a_message_allocates_nothing()
    {
        var report = new FaceReport();
        var message = Message("f1", "happy", 0.9f);

        Assert.That(Allocations.Of(() => report.Add(message, After(10))), Is.Zero);
    }

    [Test]
    public void The_summary_counts_all_faces()
    {
        var report = new FaceReport();
        report.Add(Message("f1", "happy", 0.9f), After(10));
        report.Add(new FaceAttributesArray { Header = { Stamp = Stamp } }, After(20));
        report.Add(Message("f1", "happy", 0.9f), After(30));

        Assert.That(report.Faces, Is.EqualTo(2));
        Assert.That(report.Summary(), Does.Match(@"^faces=2 messages=3 latency_ms_p50=20\.\d latency_ms_p99=30\.\d$"));
    }

    [Test]
    public void An_attribute_without_a_model_is_a_dash()
    {
        var report = new FaceReport();
        var message = new FaceAttributesArray();
        message.Faces.Add(new face_attributes.msg.FaceAttributes { Id = "f1" });
        report.Add(message, After(1));

        Assert.That(report.TakeSecond(TimeSpan.FromSeconds(1)), Does.Match(@"f1 .* - +- +- "));
    }

    [TestCase(true, "~34 ±6")]
    [TestCase(false, "-")]
    public void An_age_is_shown_with_its_standard_deviation_while_it_is_known(bool known, string shown)
    {
        var report = new FaceReport();
        var message = Message("f1", "happy", 0.9f);
        message.Faces[0].Age = new NumericAttribute { Known = known, Value = 34.4f, StandardDeviation = 5.6f };
        message.Faces[0].Age.Distribution.Add(new LabelProbability { Label = "34", Probability = 1 });
        report.Add(message, After(1));

        Assert.That(report.TakeSecond(TimeSpan.FromSeconds(1)).TrimEnd(), Does.EndWith($" {shown}"));
    }

    [Test]
    public void Texts_of_a_message_cannot_change_the_terminal_or_flood_it()
    {
        var report = new FaceReport();
        report.Add(Message("f1\e[2J", new string('x', 100_000), 1), After(1));

        Assert.That(report.TakeSecond(TimeSpan.FromSeconds(1)), Does.Contain(@"f1\u001B[2J").And.Not.Contain("\e")
            .And.Length.LessThan(500));
    }

    [Test]
    public void Without_a_stamp_the_latency_is_unknown()
    {
        var report = new FaceReport();
        report.Add(new FaceAttributesArray(), After(20));

        Assert.That(report.TakeSecond(TimeSpan.FromSeconds(1)), Is.EqualTo("1.0 messages/s  latency unknown: the images have no stamp\n"));
    }

    private static builtin_interfaces.msg.Time Stamp => new() { Sec = 1 };

    private static long After(int milliseconds) => 1_000_000_000 + 1_000_000L * milliseconds;

    private static FaceAttributesArray Message(string id, string emotion, float confidence)
    {
        var face = new face_attributes.msg.FaceAttributes
        {
            Id = id,
            Roi = { XOffset = 20, YOffset = 30, Width = 40, Height = 50 },
            Emotion = { Label = emotion, Confidence = confidence },
        };
        face.Emotion.Distribution.Add(new LabelProbability { Label = emotion, Probability = confidence });
        return new FaceAttributesArray { Header = { Stamp = Stamp }, Faces = { face } };
    }
}
