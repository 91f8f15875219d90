using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace rclcs.Generator.Tests;

/// <summary>Runs the generator as the compiler does.</summary>
internal static class Generation
{
    private static readonly Regex Description = new("""\{"type_description": .*\}""");

    private static readonly MetadataReference[] Framework =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path)),
        MetadataReference.CreateFromFile(typeof(rclcs.Serialization.IMessage).Assembly.Location),
    ];

    /// <summary>A project without files that refers to Rclcs.</summary>
    public static CSharpCompilation Project(params MetadataReference[] references) => CSharpCompilation.Create(
        "messages",
        references: [.. Framework, .. references],
        options: new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    public static GeneratorDriver Driver(params MsgFile[] files) => CSharpGeneratorDriver.Create(
        [new MessageGenerator().AsSourceGenerator()],
        files,
        new CSharpParseOptions(documentationMode: DocumentationMode.Diagnose),
        new MsgOptions(),
        new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>What the generator reports.</summary>
    public static IReadOnlyList<Diagnostic> Errors(params MsgFile[] files) =>
        Driver(files).RunGenerators(Project()).GetRunResult().Diagnostics;

    /// <summary>The project with the generated files; the test fails where generator or compiler complain.</summary>
    public static Compilation Compile(Compilation project, params MsgFile[] files)
    {
        Driver(files).RunGeneratorsAndUpdateCompilation(project, out var compilation, out var errors);
        Assert.That(errors, Is.Empty);
        Assert.That(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity > DiagnosticSeverity.Hidden), Is.Empty);
        return compilation;
    }

    /// <summary>The generated text of one file, its long type descriptions cut out.</summary>
    public static string Source(params MsgFile[] files) =>
        Description.Replace(Compile(Project(), files).SyntaxTrees.First().ToString(), "{…}");

    /// <summary>Value of a constant of a generated class.</summary>
    public static object? Constant(Compilation compilation, string type, string name) =>
        compilation.GetTypeByMetadataName(type)?.GetMembers(name).OfType<IFieldSymbol>().SingleOrDefault()?.ConstantValue;
}
