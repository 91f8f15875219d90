namespace rclcs;

/// <summary>Parameters that have changed together. A parameter is in one of the three only.</summary>
/// <param name="Added">Those that are new.</param>
/// <param name="Changed">Those with a new value.</param>
/// <param name="Deleted">Those that are gone, without value.</param>
internal sealed record ParameterChange(
    IReadOnlyList<Parameter> Added, IReadOnlyList<Parameter> Changed, IReadOnlyList<Parameter> Deleted);
