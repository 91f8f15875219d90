using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace rclcs.Generator.Tests;

/// <summary>Hands the metadata of <see cref="MsgFile"/> to the generator, as MSBuild does.</summary>
internal sealed class MsgOptions : AnalyzerConfigOptionsProvider
{
    private static readonly Options Empty = new(null);

    public override AnalyzerConfigOptions GlobalOptions => Empty;

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => Empty;

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) =>
        new Options((textFile as MsgFile)?.RosPackage);

    private sealed class Options(string? rosPackage) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value)
        {
            value = key == "build_metadata.AdditionalFiles.RosPackage" ? rosPackage : null;
            return value is not null;
        }
    }
}
