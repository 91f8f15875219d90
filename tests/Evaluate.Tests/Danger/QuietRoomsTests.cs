using FaceAttributes.Evaluation.Danger;
using OpenCvSharp;
using Situations;
using Vision.Imaging;

namespace FaceAttributes.Evaluation.Tests.Danger;

/// <summary>With a small network that takes red for fire.</summary>
public class QuietRoomsTests
{
    [Test]
    public void What_lasts_is_one_alert_and_what_is_harmless_none()
    {
        using var describer = SituationDescriber.Load(Path.Combine(AppContext.BaseDirectory, "models", "small.yaml"));
        using var frame = new ImageFrame();
        using Mat red = new(60, 90, MatType.CV_8UC3, Scalar.Red), green = new(60, 90, MatType.CV_8UC3, Scalar.Green);
        Assert.That(QuietRooms.Watch(describer, frame, red), Is.EqualTo(1));
        Assert.That(QuietRooms.Watch(describer, frame, green), Is.Zero);
    }

    [Test]
    public void An_alert_in_every_fourth_minute_is_15_an_hour()
    {
        var rooms = QuietRooms.Of([0, 1, 0, 0]);
        Assert.That(rooms.PerHour, Is.EqualTo(15).Within(1e-9));
        Assert.That(rooms.Alerted, Is.EqualTo(0.25));
        Assert.That(QuietRooms.Of([]).Pictures, Is.Zero);
    }
}
