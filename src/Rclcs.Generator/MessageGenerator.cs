using Microsoft.CodeAnalysis;
using rclcs.Generator.Emission;
using rclcs.Generator.Parsing;

namespace rclcs.Generator;

/// <summary>
/// Makes a C# class of every ROS 2 .msg file among the project's AdditionalFiles, and two of every .srv file: properties,
/// constants, CDR in both directions, type hash. The file's package is the item's metadata <c>RosPackage</c>, or else the
/// name of the folder above <c>msg/</c> or <c>srv/</c>.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class MessageGenerator : IIncrementalGenerator
{
    /// <summary>Name of the step that ends with the generated text, for tests of what is made again.</summary>
    internal const string CompileStep = "Compile";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var messages = Files(context, ".msg").Select(MessageParser.Parse);
        var services = Files(context, ".srv").Select(ServiceParser.Parse);
        var catalogue = messages.Collect()
            .Combine(services.Collect())
            .Select((own, _) => new EquatableArray<MessageDefinition>(
                own.Left.Concat(own.Right.SelectMany(service => service.Messages))))
            .Combine(context.CompilationProvider)
            .Select((pair, cancellation) => MessageCatalogue.Create(pair.Left, pair.Right, cancellation));
        var messageClasses = messages.Combine(catalogue)
            .Select((pair, cancellation) => MessageCompiler.Compile(pair.Left, pair.Right, cancellation))
            .WithTrackingName(CompileStep);
        var serviceClasses = services.Combine(catalogue)
            .Select((pair, cancellation) => MessageCompiler.Compile(pair.Left, pair.Right, cancellation))
            .WithTrackingName(CompileStep);

        context.RegisterSourceOutput(messageClasses, Output);
        context.RegisterSourceOutput(serviceClasses, Output);

        var entries = messageClasses.Select((file, _) => file.Entries).Collect()
            .Combine(serviceClasses.Select((file, _) => file.Entries).Collect())
            .Select((all, _) => new EquatableArray<string>(all.Left.Concat(all.Right).SelectMany(file => file)));
        context.RegisterSourceOutput(entries, (output, all) =>
        {
            if (all.Count > 0)
                output.AddSource(RegistryEmitter.FileName, RegistryEmitter.Emit(all));
        });
    }

    private static IncrementalValuesProvider<InterfaceFile> Files(
        IncrementalGeneratorInitializationContext context, string extension) => context.AdditionalTextsProvider
        .Where(file => file.Path.EndsWith(extension, StringComparison.Ordinal))
        .Combine(context.AnalyzerConfigOptionsProvider)
        .Select((pair, cancellation) => InterfaceFile.Create(pair.Left, pair.Right, cancellation));

    private static void Output(SourceProductionContext output, GeneratedFile file)
    {
        foreach (var problem in file.Problems)
            output.ReportDiagnostic(problem.ToDiagnostic());

        if (file.Source.Length > 0)
            output.AddSource(file.FileName, file.Source);
    }
}
