using System.Globalization;
using face_attributes.msg;

namespace Behaviours.Tests;

/// <summary>The recorded messages of the examples.</summary>
internal static class Recording
{
    private static string Folder => Path.Combine(AppContext.BaseDirectory, "recorded");

    /// <summary>All recordings, by name.</summary>
    public static IEnumerable<string> Names => Directory.EnumerateFiles(Folder, "*.csv")
        .Select(path => Path.GetFileNameWithoutExtension(path)).Where(name => name != "events").Order(StringComparer.Ordinal);

    /// <summary>What is to happen: recording, rule, stamp and id.</summary>
    public static IEnumerable<string> Events => Rows("events");

    /// <summary>The messages of a recording.</summary>
    public static IEnumerable<FaceAttributesArray> Messages(string name) => Rows(name)
        .Select(row => row.Split(','))
        .GroupBy(row => row[0])
        .Select(rows => new FaceAttributesArray
        {
            Header = { Stamp = builtin_interfaces.msg.Time.FromNanoseconds((long)(decimal.Parse(rows.Key, CultureInfo.InvariantCulture) * 1_000_000_000)) },
            Faces =
            [
                .. rows.Where(row => row[1].Length > 0).Select(row => new FaceAttributes
                {
                    Id = row[1],
                    Emotion = { Label = row[2] },
                    TrackedSeconds = float.Parse(row[3], CultureInfo.InvariantCulture),
                }),
            ],
        });

    private static IEnumerable<string> Rows(string name) =>
        File.ReadLines(Path.Combine(Folder, name + ".csv")).Skip(1).Select(row => row.Trim());
}
