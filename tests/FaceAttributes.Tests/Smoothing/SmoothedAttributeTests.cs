using FaceAttributes.Classification;
using FaceAttributes.Smoothing;

namespace FaceAttributes.Tests.Smoothing;

[TestFixture]
public sealed class SmoothedAttributeTests
{
    private static readonly float[] Neutral = [0.9f, 0.1f];
    private static readonly float[] Happy = [0.1f, 0.9f];

    [Test]
    public void The_first_image_is_believed_as_it_is()
    {
        var emotion = Emotion();
        emotion.Add(Happy, 100, 0.3, new SmoothingOptions());
        Assert.That((emotion.Raw.Label, emotion.Smoothed.Label, emotion.Smoothed.Confidence), Is.EqualTo(("happy", "happy", 0.9f)));
    }

    [Test]
    public void A_step_is_followed_by_its_time_constant_at_any_rate([Values(5, 10, 30, 100)] int rate)
    {
        var emotion = Emotion();
        var options = new SmoothingOptions { Seconds = new Dictionary<string, double> { ["emotion"] = 0.5 } };
        for (var i = -20 * rate; i <= 0; i++)
            emotion.Add(Neutral, i / (double)rate, 1, options);
        for (var i = 1; i <= rate; i++)
            emotion.Add(Happy, i / (double)rate, 1, options);
        Assert.That(emotion.Smoothed.Probabilities[1], Is.EqualTo(0.9 - 0.8 * Math.Exp(-1 / 0.5)).Within(1e-4));
        Assert.That(emotion.Raw.Probabilities[1], Is.EqualTo(0.9f));
    }

    [Test]
    public void A_smile_shows_within_half_a_second([Values(5, 10, 30)] int rate)
    {
        var emotion = Emotion();
        var options = new SmoothingOptions();
        for (var i = 0; i <= 5 * rate; i++)
            emotion.Add(Neutral, i / (double)rate, 1, options);
        var shown = 0.0;
        for (var i = 1; emotion.Smoothed.Label != "happy"; i++)
            emotion.Add(Happy, 5 + (shown = i / (double)rate), 1, options);
        Assert.That(shown, Is.LessThanOrEqualTo(0.5));
    }

    [Test]
    public void A_label_of_a_face_between_two_does_not_flicker()
    {
        var emotion = Emotion();
        var (random, options, changes, rawChanges) = (new Random(1), new SmoothingOptions(), 0, 0);
        var (label, raw) = ("", "");
        for (var i = 0; i < 3000; i++)
        {
            var happy = 0.5f + 0.3f * (float)(random.NextDouble() - 0.5);
            emotion.Add([1 - happy, happy], i / 30.0, 1, options);
            changes += emotion.Smoothed.MostProbable == label ? 0 : 1;
            rawChanges += emotion.Raw.MostProbable == raw ? 0 : 1;
            (label, raw) = (emotion.Smoothed.MostProbable, emotion.Raw.MostProbable);
        }

        Assert.That(rawChanges, Is.GreaterThan(1000));
        Assert.That(changes, Is.LessThan(rawChanges / 100));
    }

    [Test]
    public void A_bad_image_counts_less()
    {
        var emotion = Emotion();
        var options = new SmoothingOptions { Seconds = new Dictionary<string, double> { ["emotion"] = 1e6 } };
        emotion.Add(Neutral, 0, 0.9, options);
        emotion.Add(Happy, 1e-6, 0.1, options);
        Assert.That(emotion.Smoothed.Probabilities[1], Is.EqualTo(0.1 * 0.9 + 0.9 * 0.1).Within(1e-6));
    }

    [Test]
    public void A_known_label_stays_known_a_little_below_the_threshold_but_does_not_become_known_there()
    {
        var options = new SmoothingOptions { Seconds = new Dictionary<string, double>(), Hysteresis = 0.1 };
        var emotion = Emotion(unknownBelow: 0.7f);
        emotion.Add([0.35f, 0.65f], 0, 1, options);
        Assert.That(emotion.Smoothed.Label, Is.EqualTo("unknown"));
        emotion.Add([0.2f, 0.8f], 1, 1, options);
        emotion.Add([0.35f, 0.65f], 2, 1, options);
        Assert.That((emotion.Smoothed.Label, emotion.Raw.Label), Is.EqualTo(("happy", "unknown")));
        emotion.Add([0.45f, 0.55f], 3, 1, options);
        Assert.That(emotion.Smoothed.Label, Is.EqualTo("unknown"));
    }

    [Test]
    public void Another_label_is_known_by_its_own_probability_only()
    {
        var options = new SmoothingOptions { Seconds = new Dictionary<string, double>(), Hysteresis = 0.1 };
        var emotion = Emotion(unknownBelow: 0.7f);
        emotion.Add([0.2f, 0.8f], 0, 1, options);
        emotion.Add([0.65f, 0.35f], 1, 1, options);
        Assert.That((emotion.Smoothed.MostProbable, emotion.Smoothed.Label), Is.EqualTo(("neutral", "unknown")));
    }

    [Test]
    public void Once_created_it_allocates_nothing()
    {
        var (emotion, options, stamp) = (Emotion(), new SmoothingOptions(), 0.0);
        Assert.That(Allocations.Of(() => emotion.Add(Happy, stamp += 0.1, 1, options)), Is.Zero);
    }

    [Test]
    public void An_option_out_of_range_is_named()
    {
        var wrong = new SmoothingOptions { Seconds = new Dictionary<string, double> { ["age"] = -1 } };
        Assert.That(wrong.Check, Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith(
            "The time constant of 'age' is -1; it must be 0 or more seconds."));
        Assert.That(new SmoothingOptions { Hysteresis = 2 }.Check, Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    private static SmoothedAttribute Emotion(float unknownBelow = 0) => new(new ModelHead
    {
        Attribute = "emotion",
        OutputName = "emotion",
        Labels = ["neutral", "happy"],
        UnknownBelow = unknownBelow,
    });
}
