using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace rclcs.Generator.Tests;

/// <summary>A .msg file that exists only in a test.</summary>
internal sealed class MsgFile(string path, string text, string? rosPackage = null) : AdditionalText
{
    /// <summary>What the item's metadata RosPackage says.</summary>
    public string? RosPackage => rosPackage;

    public override string Path => path;

    public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
}
