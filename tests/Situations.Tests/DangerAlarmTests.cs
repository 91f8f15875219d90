namespace Situations.Tests;

[TestFixture]
public sealed class DangerAlarmTests
{
    private readonly DangerAlarm _alarm = new() { RaiseFrom = 0.7, ClearBelow = 0.3, Hold = 2 };

    [SetUp]
    public void Forget() => _alarm.Reset();

    [Test]
    public void It_is_raised_once_danger_has_held_and_cleared_once_it_has_been_gone_as_long() =>
        Assert.That(Feed((0, 0.8), (1.9, 0.9), (2, 0.8), (3, 0.1), (4.9, 0.2), (5, 0.1)), Is.EqualTo(new[] { false, false, true, true, true, false }));

    [Test]
    public void A_doubtful_image_between_begins_anew() =>
        Assert.That(Feed((0, 0.8), (1, 0.5), (2, 0.8), (3.9, 0.8), (4, 0.8)), Is.EqualTo(new[] { false, false, false, false, true }));

    [Test]
    public void Between_the_thresholds_nothing_changes() =>
        Assert.That(Feed((0, 0.8), (2, 0.8), (3, 0.5), (9, 0.5), (99, 0.4)), Is.EqualTo(new[] { false, true, true, true, true }));

    [Test]
    public void After_a_jump_back_in_time_it_begins_anew() =>
        Assert.That(Feed((100, 0.8), (1, 0.8), (2.9, 0.8), (3, 0.8)), Is.EqualTo(new[] { false, false, false, true }));

    [Test]
    public void After_a_jump_back_in_time_it_is_not_raised_any_more() =>
        Assert.That(Feed((100, 0.8), (102, 0.8), (103, 0.5), (1, 0.5), (2, 0.8), (4, 0.8)), Is.EqualTo(new[] { false, true, true, false, false, true }));

    [Test]
    public void An_image_that_was_overtaken_changes_nothing() =>
        Assert.That(Feed((0, 0.8), (2, 0.8), (1.7, 0.8), (2.1, 0.5)), Is.EqualTo(new[] { false, true, true, true }));

    [Test]
    public void After_a_long_silence_it_begins_anew() =>
        Assert.That(Feed((0, 0.8), (3600, 0.8), (3601, 0.8), (3602, 0.8)), Is.EqualTo(new[] { false, false, false, true }));

    [Test]
    public void With_no_time_to_hold_it_follows_at_once()
    {
        _alarm.Hold = 0;
        Assert.That(Feed((0, 0.8), (0.1, 0.1)), Is.EqualTo(new[] { true, false }));
        _alarm.Hold = 2;
    }

    [Test]
    public void It_says_that_a_change_has_begun()
    {
        Feed((0, 0.8));
        Assert.That(_alarm.IsChanging);
        Feed((2, 0.8));
        Assert.That(_alarm.IsChanging, Is.False);
    }

    private bool[] Feed(params (double Time, double Probability)[] images) => [.. images.Select(image => _alarm.Update(image.Probability, image.Time))];
}
