using System.Globalization;
using System.Text;

namespace Vision;

/// <summary>Text that came from another program, made fit for one line of a log or a terminal.</summary>
public static class ForeignText
{
    private const int Longest = 40;

    /// <summary>
    /// Its first 40 characters, with <c>…</c> where there are more. What is no visible character (the end of a line, a code
    /// for the terminal) is shown by its number, for example <c>\u001B</c>.
    /// </summary>
    public static string Show(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var shown = new StringBuilder();
        var left = Longest;
        foreach (var rune in text.EnumerateRunes())
        {
            if (left-- == 0)
                return shown.Append('…').ToString();
            if (IsVisible(rune))
                shown.Append(rune);
            else
                shown.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}");
        }

        return shown.ToString();
    }

    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control
        or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
