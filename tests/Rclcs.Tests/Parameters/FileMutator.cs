using System.Text;

namespace rclcs.Tests.Parameters;

/// <summary>Parameter files with one to four changes, the same for the same seed.</summary>
internal static class FileMutator
{
    private static readonly string[] Pieces =
    [
        " ", "  ", "    ", "\n", "\r", "\r\n", "\t", ":", ": ", "- ", "-", ",", ", ", "[", "]", "[]", "{", "}", "{}", "\"", "'", "#",
        " #", "&x ", "*x", "!!str ", "!!int ", "! ", "|", ">-", "|\n", "? ", "%", "---\n", "...\n", "~", "null", "true", "1", "010",
        "0x1F", "1e400", ".5", "1.0", ".nan", "a", "a: ", "n:", "ros__parameters:", "ros__parameters", "/**", "/", "*", "<<: ", "\\",
        "\\x41", "\\0", "\0", "\u0001", "\u0085", "\u2028", "\uFEFF", "é", "😀", "_", ".",
    ];

    /// <summary>Changed rows of rcl_values.json.</summary>
    public static IEnumerable<string> Mutate(int seed, int count)
    {
        var random = new Random(seed);
        for (var i = 0; i < count; i++)
        {
            var text = new StringBuilder(Pick(random));
            for (var changes = random.Next(1, 5); changes > 0; changes--)
                Change(text, random);

            yield return text.ToString();
        }
    }

    private static string Pick(Random random) => RclRow.All[random.Next(RclRow.All.Count)].File;

    private static void Change(StringBuilder text, Random random)
    {
        var at = random.Next(text.Length + 1);
        var length = Math.Min(random.Next(1, 6), text.Length - at);
        switch (random.Next(5))
        {
            case 0:
                text.Remove(at, length);
                break;
            case 1:
                text.Insert(at, text.ToString(at, length));
                break;
            case 2:
                text.Insert(random.Next(text.Length + 1), Pick(random));
                break;
            default:
                text.Insert(at, Pieces[random.Next(Pieces.Length)]);
                break;
        }
    }
}
