using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace rclcs.Generator.Parsing;

/// <summary>A piece of a line of an interface file. Line and column count from 0.</summary>
internal readonly record struct SourceSpan(int Start, int Length, int Line, int Column)
{
    public int End => Start + Length;

    public SourceSpan Slice(int offset, int length) => new(Start + offset, length, Line, Column + offset);

    public Location ToLocation(string path) => Location.Create(
        path,
        new TextSpan(Start, Length),
        new LinePositionSpan(new LinePosition(Line, Column), new LinePosition(Line, Column + Length)));
}
