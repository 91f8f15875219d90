using System.Text.Json;
using FaceAttributes.Evaluation.Metrics;
using Vision.Geometry;

namespace FaceAttributes.Evaluation.Tests.Metrics;

/// <summary>Against what TrackEval measures on random small cases; record_trackeval.py has recorded it, and its version.</summary>
public class TrackingMetricsTests
{
    private static readonly JsonElement Recorded = JsonDocument.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Metrics", "trackeval.json"))).RootElement;

    public static IEnumerable<int> Cases => Enumerable.Range(0, Recorded.GetProperty("cases").GetArrayLength());

    [TestCaseSource(nameof(Cases))]
    public void A_case_has_the_figures_that_TrackEval_finds(int number)
    {
        var recorded = Recorded.GetProperty("cases")[number];
        Check([Sequence(recorded)], recorded.GetProperty("threshold").GetDouble(), recorded.GetProperty("figures"));
    }

    [Test]
    public void Sequences_together_have_the_figures_that_TrackEval_finds()
    {
        var cases = Recorded.GetProperty("cases").EnumerateArray().Where(recorded => recorded.GetProperty("threshold").GetDouble() == 0.4);
        Check(cases.Select(Sequence), 0.4, Recorded.GetProperty("together_at_0.4"));
    }

    [Test]
    public void Two_that_exchange_their_ids_are_two_switches()
    {
        Box left = new(0, 0, 10, 10), right = new(50, 0, 10, 10);
        TrackedImage[] images =
        [
            new(0, [new(1, left), new(2, right)], [new("a", left), new("b", right)]),
            new(1, [new(1, left), new(2, right)], [new("b", left), new("a", right)]),
        ];
        var clear = new ClearMot(0.5);
        Assert.That(clear.Add(images), Is.EqualTo(new int[][] { [0, 1], [0, 1] }));
        Assert.That((clear.IdSwitches, clear.Recall, clear.Precision, clear.Accuracy), Is.EqualTo((2, 1.0, 1.0, 0.5)));
    }

    private static void Check(IEnumerable<TrackedImage[]> sequences, double minOverlap, JsonElement figures)
    {
        var (clear, identity, hota) = (new ClearMot(minOverlap), new IdentityScore(minOverlap), new HigherOrderAccuracy());
        foreach (var sequence in sequences)
        {
            clear.Add(sequence);
            identity.Add(sequence);
            hota.Add(sequence);
        }

        (string Name, double Value)[] measured =
        [
            ("found", clear.Found), ("missed", clear.Missed), ("false", clear.False), ("id_switches", clear.IdSwitches),
            ("fragmentations", clear.Fragmentations), ("recall", clear.Recall), ("precision", clear.Precision),
            ("mota", clear.Accuracy), ("idf1", identity.F1), ("hota", hota.Value), ("detection_accuracy", hota.Detection),
            ("association_accuracy", hota.Association),
        ];
        using (Assert.EnterMultipleScope())
        {
            foreach (var (name, value) in measured)
                Assert.That(value, Is.EqualTo(figures.GetProperty(name).GetDouble()).Within(1e-6), name);
        }
    }

    private static TrackedImage[] Sequence(JsonElement recorded) =>
    [
        .. recorded.GetProperty("frames").EnumerateArray().Select((frame, index) => new TrackedImage(
            index,
            [.. frame.GetProperty("truth").EnumerateArray().Select(row => new TrueFace(row[0].GetInt32(), BoxOf(row)))],
            [.. frame.GetProperty("tracks").EnumerateArray().Select(row => new TrackedFace(row[0].ToString(), BoxOf(row)))])),
    ];

    private static Box BoxOf(JsonElement row) => new(row[1].GetSingle(), row[2].GetSingle(), row[3].GetSingle(), row[4].GetSingle());
}
