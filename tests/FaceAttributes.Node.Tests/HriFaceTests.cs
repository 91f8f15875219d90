using FaceAttributes.Detection;
using FaceAttributes.Node.Outputs;
using FaceAttributes.Tracking;
using hri_msgs.msg;
using Vision.Geometry;

namespace FaceAttributes.Node.Tests;

/// <summary>What the networks say, in the words of REP-155.</summary>
public class HriFaceTests
{
    private readonly std_msgs.msg.Header _header = new() { Stamp = { Sec = 12 }, FrameId = "camera" };

    [TestCase("angry", "angry")]
    [TestCase("disgust", "disgusted")]
    [TestCase("fear", "scared")]
    [TestCase("happy", "happy")]
    [TestCase("sad", "sad")]
    [TestCase("surprise", "surprised")]
    [TestCase("neutral", "neutral")]
    public void An_expression_has_its_word_there_and_no_valence(string label, string word)
    {
        var emotion = FacesOutputTests.Distribution("emotion", ["other", label], 0.2f, 0.8f);
        var message = HriFace.Fill(new Expression { Valence = float.NaN, Arousal = float.NaN }, _header, emotion.Smoothed);
        Assert.That((message.Header.Stamp.Sec, message.Expression_, message.Confidence), Is.EqualTo((12, word, 0.8f)));
        Assert.That((message.Valence, message.Arousal), Is.EqualTo((float.NaN, float.NaN)));
    }

    [Test]
    public void An_age_comes_with_the_probability_that_it_is_within_five_years()
    {
        var message = Fill(FacesOutputTests.Age(10, 0.25f, 0.75f));
        Assert.That((message.Age, message.AgeConfidence), Is.EqualTo(((byte)38, 0.75f)), "37.5 years, which 40 is near and 30 is not");
        message = Fill(FacesOutputTests.Age(1, 0.5f, 0.5f));
        Assert.That((message.Age, message.AgeConfidence), Is.EqualTo(((byte)0, 0f)), "unknown");
    }

    [TestCase(0.9f, SoftBiometrics.FEMALE, 0.9f)]
    [TestCase(0.1f, SoftBiometrics.MALE, 0.9f)]
    [TestCase(0.5f, SoftBiometrics.UNDEFINED, 0)]
    public void A_gender_is_undefined_where_it_is_unknown(float female, byte gender, float confidence)
    {
        var message = Fill(FacesOutputTests.Distribution("gender", ["female", "male"], female, 1 - female));
        Assert.That((message.Gender, message.GenderConfidence), Is.EqualTo((gender, confidence)).Within(1e-6));
    }

    private SoftBiometrics Fill(FaceAttributes.Smoothing.SmoothedAttribute attribute) => HriFace.Fill(
        new SoftBiometrics(), _header, new Track("f1", new FaceDetection(new Box(0, 0, 5, 5), 1), 0, attribute));
}
