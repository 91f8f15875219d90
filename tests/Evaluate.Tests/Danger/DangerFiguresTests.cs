using FaceAttributes.Evaluation.Danger;

namespace FaceAttributes.Evaluation.Tests.Danger;

public class DangerFiguresTests
{
    [Test]
    public void Figures_are_what_counting_by_hand_gives()
    {
        var figures = DangerFigures.Of("hand",
        [
            new(0.95, "fire", "fire", true), new(0.75, "fight", "fight", true), new(0.45, "unknown", "fire", true), new(0.15, "none", "fire", true),
            new(0.85, "fire", "fire", false), new(0.35, "unknown", "fire", false), new(0.05, "none", "fire", false), new(0.05, "none", "fire", false),
        ]);
        Assert.Multiple(() =>
        {
            Assert.That(figures.Accuracy, Is.EqualTo(5 / 8.0));
            Assert.That(figures.Auc, Is.EqualTo((4 + 3 + 3 + 2) / 16.0));
            Assert.That(figures.FoundAt5, Is.EqualTo(1 / 4.0), "above the highest of the others");
            Assert.That(figures.Unknown, Is.EqualTo(2 / 8.0));
            Assert.That(figures.AnsweredAccuracy, Is.EqualTo(4 / 6.0));
            Assert.That(figures.Found, Is.EqualTo(2 / 4.0));
            Assert.That(figures.FalseAlarms, Is.EqualTo(1 / 4.0));
            Assert.That(figures.CalibrationError, Is.EqualTo((0.05 + 0.25 + 0.55 + 0.85 + 0.85 + 0.35 + 2 * 0.05) / 8).Within(1e-9));
        });
    }

    [Test]
    public void Pictures_of_one_kind_have_no_AUC()
    {
        var figures = DangerFigures.Of("fires", [new(0.9, "fire", "fire", true)]);
        Assert.That((figures.Auc, figures.FoundAt5, figures.Found), Is.EqualTo(((double?)null, (double?)null, 1.0)));
    }

    [Test]
    public void At_a_rate_of_false_alarms_as_many_others_lie_above()
    {
        var others = Enumerable.Range(0, 100).Select(i => new DangerAnswer(i / 100.0, "none", "fire", false));
        var figures = DangerFigures.Of("many", [.. others, new(0.945, "fire", "fire", true), new(0.93, "fire", "fire", true), new(0.985, "fire", "fire", true)]);
        Assert.That((figures.FoundAt5, figures.FoundAt1), Is.EqualTo((2 / 3.0, 1 / 3.0)));
    }
}
