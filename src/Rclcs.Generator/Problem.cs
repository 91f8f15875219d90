using Microsoft.CodeAnalysis;
using rclcs.Generator.Parsing;

namespace rclcs.Generator;

/// <summary>A compiler error in an interface file, in a form that can be compared and kept.</summary>
/// <param name="Rule">What kind of error.</param>
/// <param name="Path">File.</param>
/// <param name="Span">Where in the file.</param>
/// <param name="Arguments">What the rule's sentence names.</param>
internal sealed record Problem(DiagnosticDescriptor Rule, string Path, SourceSpan Span, EquatableArray<string> Arguments)
{
    public Diagnostic ToDiagnostic() => Diagnostic.Create(Rule, Span.ToLocation(Path), [.. Arguments]);
}
