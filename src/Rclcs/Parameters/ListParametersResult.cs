namespace rclcs;

/// <summary>Parameters under some prefixes (rcl_interfaces/msg/ListParametersResult).</summary>
/// <param name="Names">Full names, sorted.</param>
/// <param name="Prefixes">The groups that these are in: what is before the last dot of a name, each once.</param>
public sealed record ListParametersResult(IReadOnlyList<string> Names, IReadOnlyList<string> Prefixes)
{
    private const char Separator = '.';

    /// <summary>Chooses names.</summary>
    /// <param name="names">All there are.</param>
    /// <param name="prefixes">Parameters or groups to look in; none for everywhere.</param>
    /// <param name="depth">How many levels below each prefix, or of all names; 0 for all levels.</param>
    internal static ListParametersResult Choose(
        IEnumerable<string> names, IReadOnlyCollection<string> prefixes, ulong depth)
    {
        string[] chosen = prefixes.Count == 0
            ? [.. names.Where(IsWithinDepth)]
            : [.. names.Where(name => prefixes.Any(prefix => IsUnder(name, prefix)))];
        return new ListParametersResult(
            chosen,
            [.. chosen.Where(name => name.Contains(Separator)).Select(name => name[..name.LastIndexOf(Separator)]).Distinct()]);

        bool IsUnder(string name, string prefix) => name == prefix
            || (name.StartsWith(prefix + Separator, StringComparison.Ordinal) && IsWithinDepth(name[(prefix.Length + 1)..]));

        bool IsWithinDepth(string name) => depth == 0 || (ulong)name.Count(character => character == Separator) < depth;
    }
}
