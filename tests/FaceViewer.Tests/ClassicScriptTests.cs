using System.Text.RegularExpressions;

namespace FaceViewer.Tests;

/// <summary>The script for browsers that know no modules.</summary>
public sealed class ClassicScriptTests
{
    [Test]
    public void It_has_all_modules_and_nothing_of_them_is_left()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "page");
        foreach (var module in Directory.EnumerateFiles(folder, "*.js"))
        {
            var name = Regex.Match(File.ReadAllText(module), @"function (\w+)").Groups[1].Value;
            Assert.That(ClassicScript.Text, Does.Contain($"function {name}("), module);
        }

        Assert.That(ClassicScript.Text, Does.Not.Match(@"(?m)^(import|export)\b"));
    }

    [TestCase(@"\basync\b|\bawait\b", "55")]
    [TestCase(@"\?\?|\?\.", "80")]
    [TestCase(@"\.\.\.", "46")]
    [TestCase(@"\*\*", "52")]
    [TestCase(@"(const|let|var) [\[{]", "49")]
    [TestCase(@"\bfunction\b[^)]*=[^)]*\)", "49")]
    [TestCase(@"\.(includes|padStart|padEnd|flat|flatMap|matchAll|replaceAll|at)\(|Object\.(values|entries|fromEntries)\(", "47")]
    public void It_has_no_syntax_that_came_later_than_Chrome_45(string syntax, string version)
    {
        var code = Regex.Replace(ClassicScript.Text, "//.*", "");
        Assert.That(Regex.Match(code, syntax).Value, Is.Empty, $"came with Chrome {version}");
    }
}
