namespace Situations.Tests;

public class PaceTests
{
    [TestCase(1.9, 0.0, false, false)]
    [TestCase(2.0, 0.0, false, true)] // The period.
    [TestCase(1.0, 0.2, false, true)] // The scene has changed.
    [TestCase(1.0, 0.0, true, true)] // Danger begins.
    [TestCase(0.4, 1.0, true, false)] // 0.1 s at a fifth of a core are 0.5 s.
    [TestCase(-5.0, 0.0, false, true)] // Time has jumped back.
    public void An_image_is_due_by_period_change_and_danger_within_the_budget(double later, double change, bool isUrgent, bool isDue)
    {
        var pace = new Pace { Period = 2, Change = 0.15, CoreShare = 0.2 };
        Assert.That(pace.IsDue(100, 0, false), "the first");
        pace.Looked(100, 0.1);
        Assert.That(pace.IsDue(100 + later, change, isUrgent), Is.EqualTo(isDue));
    }

    [Test]
    public void Over_a_minute_of_constant_change_looks_take_their_share_of_a_core()
    {
        var pace = new Pace { CoreShare = 0.2 };
        var cost = 0.0;
        for (var frame = 0; frame < 1800; frame++)
        {
            if (!pace.IsDue(frame / 30.0, change: 1, isUrgent: false))
                continue;
            pace.Looked(frame / 30.0, 0.08);
            cost += 0.08;
        }

        Assert.That(cost / 60, Is.InRange(0.17, 0.2 + 0.08 / 60));
    }
}
