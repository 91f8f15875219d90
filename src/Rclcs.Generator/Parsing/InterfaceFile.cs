using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace rclcs.Generator.Parsing;

/// <summary>An interface file as the compiler hands it over.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Package">The ROS package it belongs to.</param>
/// <param name="Name">Its name without folder and extension: the name of the type.</param>
/// <param name="Text">Its content.</param>
internal sealed record InterfaceFile(string Path, string Package, string Name, string Text)
{
    /// <summary>Where a package keeps its messages, and what stands between package and name of a message type.</summary>
    public const string MessageFolder = "msg";

    /// <summary>The same for services.</summary>
    public const string ServiceFolder = "srv";

    private static readonly char[] LineEnds =
        ['\n', '\v', '\f', '\r', '\x1C', '\x1D', '\x1E', '\x85', '\u2028', '\u2029'];

    private const string PackageMetadata = "build_metadata.AdditionalFiles.RosPackage";

    public static InterfaceFile Create(
        AdditionalText file, AnalyzerConfigOptionsProvider options, CancellationToken cancellation)
    {
        var package = options.GetOptions(file).TryGetValue(PackageMetadata, out var given) && given.Length > 0
            ? given
            : PackageOf(file.Path);
        var text = file.GetText(cancellation)?.ToString() ?? "";
        return new InterfaceFile(
            file.Path, package, System.IO.Path.GetFileNameWithoutExtension(file.Path), text);
    }

    /// <summary>
    /// The lines of the text: they end where rosidl, written in Python, ends them, which is wherever C# does and at some
    /// more characters. So what a comment or a string holds is never a line of its own to the compiler.
    /// </summary>
    public List<Token> Lines()
    {
        var lines = new List<Token>();
        for (var start = 0; start <= Text.Length;)
        {
            var end = Text.IndexOfAny(LineEnds, start);
            if (end < 0)
                end = Text.Length;

            // A tab is a space to ROS; either is one column to the compiler.
            var line = Text.Substring(start, end - start).Replace('\t', ' ');
            lines.Add(new Token(line, new SourceSpan(start, line.Length, lines.Count, 0)));
            start = end + (string.CompareOrdinal(Text, end, "\r\n", 0, 2) == 0 ? 2 : 1);
        }

        return lines;
    }

    /// <summary>What ROS has against the names of file and package.</summary>
    /// <param name="kind">What the file defines, for people.</param>
    public IEnumerable<Problem> NameProblems(string kind)
    {
        if (!Names.IsPackage(Package))
            yield return NameProblem(Package, "package", Names.LowerCaseRule + "; name it by RosPackage");

        if (!Names.IsMessage(Name))
            yield return NameProblem(Name, kind, Names.MessageRule);
    }

    private Problem NameProblem(params string[] arguments) => new(Rules.BadFileName, Path, default, new(arguments));

    /// <summary>The folder above <c>msg/</c> or <c>srv/</c>; without such a folder, the one that the file lies in.</summary>
    private static string PackageOf(string path)
    {
        var folder = System.IO.Path.GetDirectoryName(path) ?? "";
        if (System.IO.Path.GetFileName(folder) is MessageFolder or ServiceFolder)
            folder = System.IO.Path.GetDirectoryName(folder) ?? "";

        return System.IO.Path.GetFileName(folder);
    }
}
