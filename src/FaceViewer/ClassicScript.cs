using System.Text.RegularExpressions;

namespace FaceViewer;

/// <summary>
/// The page's modules as one plain script, for browsers that know no modules (Chrome before 61, as on Pepper's tablet). The modules
/// are written so that this is enough: each names what it imports and exports one a line, and no two use the same name.
/// </summary>
internal static partial class ClassicScript
{
    // Each after those that it imports.
    private static readonly string[] Modules = ["rest", "connection", "frames", "drawing", "bars", "timeline", "parameters", "panels", "main"];

    /// <summary>The script.</summary>
    public static string Text { get; } = Make();

    private static string Make()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "page");
        var texts = Modules.Select(name => Export().Replace(Import().Replace(File.ReadAllText(Path.Combine(folder, name + ".js")), ""), ""));
        return $"(function () {{\n'use strict';\n{string.Join('\n', texts)}}}());\n";
    }

    [GeneratedRegex("^import .*\n", RegexOptions.Multiline)]
    private static partial Regex Import();

    [GeneratedRegex("^export ", RegexOptions.Multiline)]
    private static partial Regex Export();
}
