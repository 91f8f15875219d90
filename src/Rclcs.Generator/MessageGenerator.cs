using Microsoft.CodeAnalysis;
using rclcs.Generator.Parsing;

namespace rclcs.Generator;

/// <summary>
/// Makes a C# class of every ROS 2 .msg file among the project's AdditionalFiles: properties, constants, CDR in both
/// directions, type hash. The file's package is the item's metadata <c>RosPackage</c>, or else the name of the folder
/// above <c>msg/</c>.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class MessageGenerator : IIncrementalGenerator
{
    /// <summary>Name of the step that ends with the generated text, for tests of what is made again.</summary>
    internal const string CompileStep = "Compile";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var messages = context.AdditionalTextsProvider
            .Where(file => file.Path.EndsWith(".msg", StringComparison.Ordinal))
            .Combine(context.AnalyzerConfigOptionsProvider)
            .Select((pair, cancellation) => InterfaceFile.Create(pair.Left, pair.Right, cancellation))
            .Select(MessageParser.Parse);
        var catalogue = messages.Collect()
            .Select((own, _) => new EquatableArray<MessageDefinition>(own))
            .Combine(context.CompilationProvider)
            .Select((pair, cancellation) => MessageCatalogue.Create(pair.Left, pair.Right, cancellation));
        var generated = messages.Combine(catalogue)
            .Select((pair, cancellation) => MessageCompiler.Compile(pair.Left, pair.Right, cancellation))
            .WithTrackingName(CompileStep);

        context.RegisterSourceOutput(generated, static (output, message) =>
        {
            foreach (var problem in message.Problems)
                output.ReportDiagnostic(problem.ToDiagnostic());

            if (message.Source.Length > 0)
                output.AddSource(message.FileName, message.Source);
        });
    }
}
