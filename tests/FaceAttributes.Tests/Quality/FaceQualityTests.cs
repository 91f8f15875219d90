using FaceAttributes.Detection;
using FaceAttributes.Quality;
using OpenCvSharp;
using Vision.Geometry;
using Vision.Imaging;

namespace FaceAttributes.Tests.Quality;

[TestFixture]
public sealed class FaceQualityTests
{
    private static readonly Box Face = new(165, 60, 115, 115); // Of Photographs.Astronaut

    [Test]
    public void A_sharp_portrait_is_good() => Assert.That(Measure(static _ => { }).Total, Is.GreaterThan(0.9));

    [Test]
    public void Darkness_blur_and_smallness_are_told_apart()
    {
        var good = Measure(static _ => { });
        var dark = Measure(static picture => picture.ConvertTo(picture, -1, 0.08));
        var blurred = Measure(static picture => Cv2.GaussianBlur(picture, picture, default, 12));
        var small = Measure(static _ => { }, new Box(200, 80, 14, 14));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(dark.Brightness, Is.LessThan(good.Brightness / 2));
            Assert.That(blurred.Sharpness, Is.LessThan(good.Sharpness / 4));
            Assert.That(blurred.Brightness, Is.GreaterThan(0.8));
            Assert.That(small.Size, Is.EqualTo((14 - 8) / 40.0).Within(1e-5));
        }
    }

    [Test]
    public void The_pose_is_told_by_the_nose_between_the_eyes_however_the_head_is_tilted()
    {
        Assert.That(Pose(new(20, 20), new(40, 20), new(30, 30)), Is.EqualTo(1));
        Assert.That(Pose(new(20, 20), new(40, 40), new(22, 38)), Is.EqualTo(1).Within(1e-4), "tilted by 45 degrees");
        Assert.That(Pose(new(20, 20), new(40, 20), new(42, 30)), Is.Zero, "a profile");
        Assert.That(Pose(new(20, 20), new(40, 20), new(37, 30)), Is.InRange(0.3, 0.7), "turned half");

        static float Pose(Point2f right, Point2f left, Point2f nose)
        {
            using var frame = new ImageFrame();
            frame.Load(Photographs.Astronaut);
            return new FaceQuality().Measure(frame, Face, new FaceLandmarks(right, left, nose, default)).Pose;
        }
    }

    [Test]
    public void A_face_of_one_grey_or_beyond_the_picture_is_of_no_use_and_no_error()
    {
        Assert.That(Measure(static picture => picture.SetTo(Scalar.All(128))).Total, Is.Zero);
        Assert.That(Measure(static _ => { }, new Box(-500, -500, 60, 60)).Total, Is.LessThan(0.3));
    }

    [Test]
    public void Once_warm_it_allocates_nothing()
    {
        using var frame = new ImageFrame();
        frame.Load(Photographs.Astronaut);
        var quality = new FaceQuality();
        Assert.That(Allocations.Of(() => quality.Measure(frame, Face, null)), Is.Zero);
    }

    private static FaceQualityScores Measure(Action<Mat> spoil, Box? box = null)
    {
        using var picture = Cv2.ImRead(Photographs.Astronaut);
        spoil(picture);
        using var frame = new ImageFrame();
        frame.Set(picture);
        return new FaceQuality().Measure(frame, box ?? Face, null);
    }
}
