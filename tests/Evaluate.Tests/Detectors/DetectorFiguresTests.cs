using FaceAttributes.Detection;
using FaceAttributes.Evaluation.Detectors;
using Vision.Geometry;

namespace FaceAttributes.Evaluation.Tests.Detectors;

public class DetectorFiguresTests
{
    [Test]
    public void A_face_is_found_once_by_the_surest_detection_and_others_on_it_are_false()
    {
        var figures = new DetectorFigures();
        figures.Add([Face(0, 20), Face(100, 30), Face(200, 60), Face(300, 100)], [Found(0, 20, 0.5f), Found(1, 20, 0.9f), Found(300, 100, 0.8f)], 3);
        Assert.That(figures.Faces, Is.EqualTo([1, 1, 1, 1]));
        Assert.That(figures.RecallBySize, Is.EqualTo([1.0, 0, 0, 1]));
        Assert.That((figures.Recall, figures.Precision), Is.EqualTo((0.5, 2 / 3.0)));
    }

    [TestCase(0, 1)]
    [TestCase(8, 1)] // (20 - 8) / (20 + 8) is 0.43
    [TestCase(9, 0)] // (20 - 9) / (20 + 9) is 0.38
    public void Four_tenths_of_intersection_over_union_are_needed(int shift, double recall)
    {
        var figures = new DetectorFigures();
        figures.Add([Face(0, 20)], [Found(shift, 20, 0.9f)], 1);
        Assert.That((figures.Recall, figures.Precision), Is.EqualTo((recall, recall)));
    }

    [Test]
    public void Ignored_faces_count_neither_way()
    {
        var figures = new DetectorFigures();
        figures.Add([Face(0, 50, isIgnored: true), Face(100, 50)], [Found(0, 50, 0.9f), Found(10, 20, 0.8f), Found(100, 50, 0.7f)], 1);
        Assert.That((figures.Recall, figures.Precision), Is.EqualTo((1.0, 1.0)));
    }

    [Test]
    public void A_detection_takes_the_face_it_fits_best()
    {
        var figures = new DetectorFigures();
        figures.Add([Face(0, 40), Face(8, 40)], [Found(8, 40, 0.9f), Found(0, 40, 0.8f)], 1);
        Assert.That((figures.Recall, figures.Precision), Is.EqualTo((1.0, 1.0)));
    }

    [Test]
    public void The_time_is_the_median()
    {
        var figures = new DetectorFigures();
        foreach (var milliseconds in new[] { 9.0, 1, 2 })
            figures.Add([], [], milliseconds);
        Assert.That(figures.Milliseconds, Is.EqualTo(2));
    }

    private static MarkedFace Face(int x, int side, bool isIgnored = false) => new(new Box(x, 0, side, side), isIgnored);

    private static FaceDetection Found(int x, int side, float score) => new(new Box(x, 0, side, side), score);
}
