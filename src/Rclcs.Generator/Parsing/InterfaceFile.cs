using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace rclcs.Generator.Parsing;

/// <summary>An interface file as the compiler hands it over.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Package">The ROS package it belongs to.</param>
/// <param name="Name">Its name without folder and extension: the name of the type.</param>
/// <param name="Text">Its content, lines separated by a line feed alone.</param>
internal sealed record InterfaceFile(string Path, string Package, string Name, string Text)
{
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

    /// <summary>The folder above <c>msg/</c>; without such a folder, the one that the file lies in.</summary>
    private static string PackageOf(string path)
    {
        var folder = System.IO.Path.GetDirectoryName(path) ?? "";
        if (System.IO.Path.GetFileName(folder) == "msg")
            folder = System.IO.Path.GetDirectoryName(folder) ?? "";

        return System.IO.Path.GetFileName(folder);
    }
}
