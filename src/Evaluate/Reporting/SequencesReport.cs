using System.Globalization;
using System.Text;
using FaceAttributes.Evaluation.Sequences;

namespace FaceAttributes.Evaluation.Reporting;

/// <summary>What was measured on sequences, for people.</summary>
internal static class SequencesReport
{
    /// <summary>Writes it.</summary>
    /// <param name="figures">By set, rate and program.</param>
    /// <param name="sets">The sets that were measured.</param>
    public static string Write(IReadOnlyList<SequenceFigures> figures, IReadOnlyList<SequenceSet> sets)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            # Sequences, measured

            Faces of photographs on known paths, {Sequence.Width}×{Sequence.Height}, {SequenceSet.Count} sequences of 8 s a set. A track is on a face from an intersection over
            union of {SequenceEvaluator.MinOverlap} on; a face of which less than {Format.Percent(SequenceRenderer.MinVisible)} is to be seen counts neither way. `seed` is the loop that the project began as:
            detectMultiScale(gray, 1.3, 5), no tracking, one window of ten labels for all faces.


            """);
        var table = new MarkdownTable(
            "set", "Hz", "", "recall", "precision", "id switches", "fragments", "MOTA", "IDF1", "HOTA", "flicker a minute", "label delay", "shown in 0.5 s");
        foreach (var item in figures)
        {
            table.Row(
                item.Set, Format.Number(item.Rate, 0), item.Loop, Format.Percent(item.Recall), Format.Percent(item.Precision),
                Format.Count(item.IdSwitches), Format.Count(item.Fragmentations), Format.Number(item.Mota, 3), Format.Number(item.Idf1, 3),
                Format.Number(item.Hota, 3), Format.Number(item.FlickersPerMinute, 1), Delay(item),
                item.ShownWithinHalfASecond is { } share ? Format.Percent(share) : string.Empty);
        }

        text.Append(table).Append('\n');
        foreach (var set in sets)
            text.Append(CultureInfo.InvariantCulture, $"- `{set.Name}`: {set.Description}\n");
        return text.ToString();
    }

    private static string Delay(SequenceFigures figures) => figures switch
    {
        { ShownWithinHalfASecond: null } => string.Empty,
        { LabelDelay: { } delay } => $"{Format.Number(delay, 2)} s",
        _ => "never",
    };
}
