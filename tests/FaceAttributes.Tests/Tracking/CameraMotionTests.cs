using System.Numerics;
using FaceAttributes.Tracking;
using OpenCvSharp;
using Vision.Imaging;

namespace FaceAttributes.Tests.Tracking;

[TestFixture]
public sealed class CameraMotionTests
{
    [TestCase(0, 0)]
    [TestCase(5, -3)]
    [TestCase(-37, 22)]
    [TestCase(90, 10)]
    [TestCase(-11.5f, 6.25f)]
    public void A_turned_camera_moves_the_picture(float x, float y)
    {
        using var motion = new CameraMotion();
        using var first = View(0, 0);
        using var second = View(x, y);
        Assert.That(Look(motion, first), Is.EqualTo(Vector2.Zero));
        var found = Look(motion, second);
        Assert.That(Vector2.Distance(found, new Vector2(x, y)), Is.LessThan(2.5f), $"{found}");
    }

    [Test]
    public void A_person_who_walks_by_is_no_motion_of_the_camera()
    {
        using var motion = new CameraMotion();
        using var portrait = Cv2.ImRead(Photographs.GraceHopper);
        using var person = portrait.Resize(new Size(150, 150));
        for (var x = 0; x < 400; x += 40)
        {
            using var view = View(0, 0);
            using var place = new Mat(view, new Rect(x, 150, 150, 150));
            person.CopyTo(place);
            Assert.That(Look(motion, view), Is.EqualTo(Vector2.Zero));
        }
    }

    [Test]
    public void Walls_cuts_and_other_sizes_are_no_motion()
    {
        using var motion = new CameraMotion();
        using var wall = new Mat(480, 640, MatType.CV_8UC3, Scalar.All(90));
        using var view = View(0, 0);
        using var small = view.Resize(new Size(320, 200));
        using var tall = new Mat(900, 90, MatType.CV_8UC3, Scalar.All(200));
        foreach (var picture in (Mat[])[wall, wall, view, wall, small, view, tall, tall])
            Assert.That(Look(motion, picture), Is.EqualTo(Vector2.Zero));
    }

    [Test]
    public void Once_warm_it_allocates_nothing()
    {
        using var motion = new CameraMotion();
        using var view = View(0, 0);
        using var frame = new ImageFrame();
        frame.Set(view);
        Assert.That(Allocations.Of(() => motion.Estimate(frame)), Is.Zero);
    }

    private static Vector2 Look(CameraMotion motion, Mat picture)
    {
        using var frame = new ImageFrame();
        frame.Set(picture);
        return motion.Estimate(frame);
    }

    /// <summary>640 x 480 pixels of an enlarged photograph, which moves so far to the right and down.</summary>
    private static Mat View(float x, float y)
    {
        using var photograph = Cv2.ImRead(Photographs.Astronaut);
        using var large = photograph.Resize(new Size(1024, 1024));
        var view = new Mat();
        using var center = new Mat();
        Cv2.GetRectSubPix(large, new Size(640, 480), new Point2f(512 - x, 512 - y), view);
        return view;
    }
}
