namespace rclcs.Generator;

/// <summary>What becomes of one interface file.</summary>
/// <param name="FileName">Name of the generated file.</param>
/// <param name="Source">Its text; empty where there is nothing to generate.</param>
/// <param name="Entries">
/// What <see cref="Emission.RegistryEmitter"/> says of its types, a line each; none where there is nothing to generate.
/// </param>
/// <param name="Problems">The errors to report.</param>
internal sealed record GeneratedFile(string FileName, string Source, EquatableArray<string> Entries, EquatableArray<Problem> Problems);
