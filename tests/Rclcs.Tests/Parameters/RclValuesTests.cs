using System.Text.Json;

namespace rclcs.Tests.Parameters;

/// <summary>Parameter files mean what rcl's own parser says, recorded in rcl_values.json.</summary>
public sealed class RclValuesTests
{
    [Test]
    public void Files_mean_what_rcl_says() => Assert.Multiple(() =>
    {
        foreach (var row in RclRow.All)
        {
            var ours = RclRow.Read(row.File, out var sentence);
            Assert.That(ours, Is.EqualTo(row.Expected), $"{row.File}\n{sentence}");
        }
    });

    [Test]
    public void What_is_refused_is_refused_with_file_and_line() => Assert.Multiple(() =>
    {
        foreach (var row in RclRow.All.Where(row => row.Expected is null))
        {
            RclRow.Read(row.File, out var sentence);
            Assert.That(sentence, Does.Match(@"\A(In )?config\.yaml, line \d+[ ,:][^\n\r]+\z"), row.File);
        }
    });

    [Test]
    public void Mutated_files_are_read_or_refused([Range(0, 4)] int seed) =>
        Assert.That(() => FileMutator.Mutate(seed, 1000).Count(file => RclRow.Read(file, out _) is null), Is.InRange(1, 999));

    [Test]
    [Explicit("It takes minutes, and needs the program of tests/interop/rcl_yaml/rcl_yaml_probe.c in RCL_YAML_PROBE.")]
    public void A_hundred_thousand_mutated_files_are_refused_or_mean_what_rcl_says()
    {
        var files = FileMutator.Mutate(0, 100_000).ToList();
        var (refused, kept) = (0, 0);
        var more = new List<string>();
        Assert.Multiple(() =>
        {
            foreach (var (file, rcl) in files.Zip(RclProbe.Read(files)))
            {
                var ours = RclRow.Read(file, out var sentence);
                if (ours is null)
                {
                    refused++;
                    kept += rcl is null ? 1 : 0;
                    Assert.That(sentence, Does.Not.Contain('\n'));
                }
                else if (rcl is null)
                {
                    more.Add(JsonSerializer.Serialize(file));
                }
                else if (!RclRow.IsAmong(ours, rcl))
                {
                    Assert.Fail($"{JsonSerializer.Serialize(file)}: rcl {RclRow.Show(rcl)}, we {RclRow.Show(ours)}");
                }
            }

            TestContext.Out.WriteLine(
                $"{files.Count - refused - more.Count} files mean the same, {refused} are refused, {kept} of them by rcl too.");
            TestContext.Out.WriteLine($"{more.Count} are read that libyaml refuses:\n{string.Join('\n', more)}");
        });

        // YamlDotNet reads a few things that libyaml doesn't; what they mean is what is written there.
        Assert.That(more, Has.Count.LessThan(files.Count / 1000));
    }
}
