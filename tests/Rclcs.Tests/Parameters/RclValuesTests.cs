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

    // Each a thousand files; rcl's parser has not seen them: they are read or refused, and nothing else happens.
    [Test]
    public void No_mutated_file_does_anything_else([Range(0, 4)] int seed) =>
        Assert.That(() => FileMutator.Mutate(seed, 1000).Count(file => RclRow.Read(file, out _) is null), Is.InRange(1, 999));
}
