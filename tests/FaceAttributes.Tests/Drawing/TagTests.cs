using FaceAttributes.Classification;
using FaceAttributes.Drawing;
using OpenCvSharp;

namespace FaceAttributes.Tests.Drawing;

[TestFixture]
public sealed class TagTests
{
    private static readonly Size Vga = new(640, 480);

    [Test]
    public void A_tag_says_id_labels_and_confidences() =>
        Assert.That(Compose(Tag.Detail.Full).Lines, Is.EqualTo(new[] { "f7", "happy 88%", "female 61%" }));

    [Test]
    public void In_a_crowd_it_is_smaller_then_without_confidences_then_the_id_alone()
    {
        Assert.That(Compose(Tag.Detail.Small).Lines, Is.EqualTo(Compose(Tag.Detail.Full).Lines));
        Assert.That(Compose(Tag.Detail.Small).Size.Width, Is.LessThan(Compose(Tag.Detail.Full).Size.Width));
        Assert.That(Compose(Tag.Detail.Labels).Lines, Is.EqualTo(new[] { "f7", "happy", "female" }));
        Assert.That(Compose(Tag.Detail.Id).Lines, Is.EqualTo(new[] { "f7" }));
    }

    [Test]
    public void What_the_network_is_not_sure_of_is_shown_as_unknown() =>
        Assert.That(
            Compose(Tag.Detail.Full, unknownBelow: 0.7f).Lines,
            Is.EqualTo(new[] { "f7", "happy 88%", "gender unknown 61%" }));

    [TestCase(160, 120)]
    [TestCase(320, 240)]
    [TestCase(640, 480)]
    [TestCase(1920, 1080)]
    public void Letters_are_readable_at_any_size_of_the_picture(int width, int height)
    {
        foreach (var face in new[] { 20, 60, height })
        {
            var style = TextStyle.For(new Size(width, height), new Rect(0, 0, face, face), isDense: true);
            var letter = Cv2.GetTextSize("H", TextStyle.Font, style.Scale, thickness: 1, out _);
            Assert.That(letter.Height, Is.InRange(7, height / 20 + 7));
        }
    }

    private static Tag Compose(Tag.Detail detail, float unknownBelow = 0.5f)
    {
        var emotion = new AttributeDistribution("emotion", ["angry", "happy"], unknownBelow);
        var gender = new AttributeDistribution("gender", ["female", "male"], unknownBelow);
        emotion.Set([0.125f, 0.875f]);
        gender.Set([0.61f, 0.39f]);
        var tag = new Tag();
        tag.Compose(new Face("f7", new Rect(100, 100, 80, 80), 0.9f, emotion, gender), Scalar.White, detail, Vga);
        return tag;
    }
}
