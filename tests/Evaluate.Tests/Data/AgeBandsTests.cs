using FaceAttributes.Evaluation.Data;

namespace FaceAttributes.Evaluation.Tests.Data;

public class AgeBandsTests
{
    [TestCase(0, "0-2")]
    [TestCase(2, "0-2")]
    [TestCase(3, "3-9")]
    [TestCase(9, "3-9")]
    [TestCase(10, "10-19")]
    [TestCase(69, "60-69")]
    [TestCase(70, "70+")]
    [TestCase(116, "70+")]
    public void An_age_is_in_its_band(int years, string band) => Assert.That(AgeBands.Of(years).Name, Is.EqualTo(band));

    [Test]
    public void Each_age_is_in_one_band()
    {
        for (var years = 0; years <= 120; years++)
            Assert.That(AgeBands.All.Count(band => band.Contains(years)), Is.EqualTo(1), $"{years} years");
    }

    [TestCase("0-2", "0-2")]
    [TestCase("50-59", "50-59")]
    [TestCase("more than 70", "70+")]
    [TestCase("70+", null)]
    [TestCase("", null)]
    public void FairFace_names_them(string name, string? band) => Assert.That(AgeBands.Find(name)?.Name, Is.EqualTo(band));
}
