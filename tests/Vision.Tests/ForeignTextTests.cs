namespace Vision.Tests;

public class ForeignTextTests
{
    [TestCase("bgr8; jpeg compressed bgr8", "bgr8; jpeg compressed bgr8")]
    [TestCase("Zoë 😀", "Zoë 😀")]
    [TestCase("", "")]
    [TestCase("evil\r\n\e[2J", @"evil\u000D\u000A\u001B[2J")]
    [TestCase("\u2028\u2029\u202E\u009B\u0000", @"\u2028\u2029\u202E\u009B\u0000")]
    public void It_is_shown_on_one_line_without_codes(string text, string shown) =>
        Assert.That(ForeignText.Show(text), Is.EqualTo(shown));

    // Not a test case: attributes hold no such text.
    [Test]
    public void Half_a_surrogate_pair_is_shown_as_unknown() =>
        Assert.That(ForeignText.Show("\uD800"), Is.EqualTo("\uFFFD"));

    [TestCase(40, "")]
    [TestCase(41, "…")]
    [TestCase(100_000, "…")]
    public void It_is_cut(int length, string end) =>
        Assert.That(ForeignText.Show(new string('x', length)), Is.EqualTo(new string('x', 40) + end));
}
