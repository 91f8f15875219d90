using System.Diagnostics;
using System.Globalization;
using face_attributes.msg;

namespace Behaviours.Tests;

/// <summary>The rules of the examples on recorded messages, with the same results in both languages.</summary>
public class RulesTests
{
    [Test]
    public void They_fire_when_they_should_and_never_else()
    {
        var happened = new List<string>();
        foreach (var name in Recording.Names)
        {
            var (happy, distress, newcomers) = (new HappyGroup(), new Distress(), new Newcomers());
            foreach (var message in Recording.Messages(name))
            {
                var stamp = (message.Header.Stamp.ToNanoseconds() / 1e9).ToString("F2", CultureInfo.InvariantCulture);
                if (happy.Update(message))
                    happened.Add($"{name},happy_group,{stamp},");
                happened.AddRange(distress.Update(message).Select(id => $"{name},distress,{stamp},{id}"));
                happened.AddRange(newcomers.Update(message).Select(id => $"{name},newcomer,{stamp},{id}"));
            }
        }

        Assert.That(happened, Is.EqualTo(Recording.Events));
    }

    [Test]
    public void After_a_new_start_of_the_node_its_first_face_is_new_again()
    {
        var newcomers = new Newcomers();
        var found = new[] { 0.2f, 0.6f, 0.9f, 0.1f, 0.7f }.Select(seconds => newcomers.Update(new FaceAttributesArray
        {
            Faces = { new FaceAttributes { Id = "f1", TrackedSeconds = seconds } },
        }).Count);
        Assert.That(found, Is.EqualTo(new[] { 0, 1, 0, 0, 1 }));
    }

    [Test]
    public void Those_in_Python_do_the_same()
    {
        var start = new ProcessStartInfo("python3", ["-B", "test_rules.py"])
        {
            WorkingDirectory = Path.Combine(AppContext.BaseDirectory, "python"),
            RedirectStandardError = true,
        };
        using var test = Process.Start(start)!;
        var report = test.StandardError.ReadToEnd();
        test.WaitForExit();
        Assert.That(test.ExitCode, Is.Zero, report);
    }
}
