using System.Text;
using FaceAttributes.Evaluation.Danger;
using FaceAttributes.Evaluation.Sentences;

namespace FaceAttributes.Evaluation.Reporting;

/// <summary>The report of <c>evaluate situations</c> in Markdown.</summary>
internal static class SituationsReport
{
    /// <summary>Writes it.</summary>
    public static string Write(SituationFigures figures)
    {
        var text = new StringBuilder();
        text.Append("# ").Append(figures.Model).Append(", measured\n\n");
        if (figures.Sentences.Count > 0)
            text.Append("## Sentences\n\n").Append(Sentences(figures.Sentences)).Append('\n');
        text.Append("## Danger\n\n").Append(Danger(figures.Danger)).Append('\n')
            .Append("Of the dangerous pictures, ").Append(Format.Percent(figures.CategoryAccuracy)).Append(" get the right category as the most probable one.\n\n")
            .Append("### By class\n\n").Append(Groups("class", figures.Classes)).Append('\n')
            .Append("### By source\n\n").Append(Groups("source", figures.Sources)).Append('\n')
            .Append("### Worse pictures\n\n").Append(Danger(figures.Changed)).Append('\n');
        var rooms = figures.Rooms;
        if (rooms.Pictures > 0)
        {
            text.Append("### Ordinary rooms\n\n").Append("While the camera drifts over each of ").Append(Format.Count(rooms.Pictures))
                .Append(" harmless pictures of rooms for a minute, at the node's defaults: ").Append(Format.Number(rooms.PerHour, 1))
                .Append(" false alerts an hour, in ").Append(Format.Percent(rooms.Alerted)).Append(" of the rooms.\n\n");
        }

        var times = figures.Times;
        text.Append("## Time\n\n").Append("Processor time of one core (").Append(times.Processor).Append("), medians: encoder and danger ")
            .Append(Format.Number(times.Look, 1)).Append(" ms, sentence ").Append(Format.Number(times.Greedy, 1)).Append(" ms greedy and ")
            .Append(Format.Number(times.Beam, 1)).Append(" ms by the beam, ").Append(Format.Number(times.AllocatedPerWord, 0))
            .Append(" managed bytes a word.\n");
        return text.ToString();
    }

    private static string Sentences(IReadOnlyList<SentenceFigures> rows)
    {
        string[] heads = ["", .. rows.Select(row => row.Name)];
        var table = new MarkdownTable(heads);
        Row("pictures", row => Format.Count(row.N));
        for (var n = 0; n < Bleu.Orders; n++)
        {
            var order = n;
            Row($"BLEU-{n + 1}", row => Hundredths(row.Bleu[order]));
        }

        Row("METEOR, 1.5's parameters, no paraphrases", row => row.Meteor is { } meteor ? Hundredths(meteor) : "");
        Row("METEOR, NLTK 3.8's rule", row => row.MeteorAsNltk is { } meteor ? Hundredths(meteor) : "");
        Row("CIDEr-D", row => Hundredths(row.CiderD));
        Row("ROUGE-L", row => Hundredths(row.RougeL));
        Row("words", row => Format.Number(row.Words, 1));
        Row("different sentences", row => Format.Count(row.Distinct));
        Row("pictures without a sentence", row => Format.Percent(row.Unsaid));
        Row("people counted as nobody counts them", row => Format.Percent(row.CountsWrong));
        Row("a man, woman, child or dog named that nobody names", row => Format.Percent(row.NamesAbsent));
        return table.ToString();

        void Row(string name, Func<SentenceFigures, string> cell) => table.Row([name, .. rows.Select(cell)]);
    }

    private static string Danger(IReadOnlyList<DangerFigures> rows)
    {
        var table = new MarkdownTable(
            "pictures", "n", "dangerous", "accuracy", "AUC", "found at 5% false alarms", "at 1%", "`unknown`", "accuracy of the others", "calibration error");
        foreach (var row in rows)
        {
            table.Row(
                row.Name, Format.Count(row.N), Format.Count(row.Dangerous), Format.Percent(row.Accuracy), Optional(row.Auc, auc => Format.Number(auc, 3)),
                Optional(row.FoundAt5, Format.Percent), Optional(row.FoundAt1, Format.Percent), Format.Percent(row.Unknown),
                Format.Percent(row.AnsweredAccuracy), Format.Number(row.CalibrationError, 3));
        }

        return table.ToString();
    }

    private static string Groups(string kind, IReadOnlyList<DangerFigures> rows)
    {
        var table = new MarkdownTable(kind, "n", "dangerous", "accuracy", "AUC", "danger found", "false alarms", "`unknown`");
        foreach (var row in rows)
        {
            table.Row(
                row.Name, Format.Count(row.N), Format.Count(row.Dangerous), Format.Percent(row.Accuracy), Optional(row.Auc, auc => Format.Number(auc, 3)),
                row.Dangerous > 0 ? Format.Percent(row.Found) : "", row.Dangerous < row.N ? Format.Percent(row.FalseAlarms) : "",
                Format.Percent(row.Unknown));
        }

        return table.ToString();
    }

    private static string Hundredths(double share) => Format.Number(100 * share, 1);

    private static string Optional(double? value, Func<double, string> format) => value is { } number ? format(number) : "";
}
