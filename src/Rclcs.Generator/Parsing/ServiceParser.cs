namespace rclcs.Generator.Parsing;

/// <summary>Reads a .srv file: two messages with a line <c>---</c> between them.</summary>
internal static class ServiceParser
{
    private const string Separator = "---";

    /// <summary>Reads a .srv file. Without a separator all of it is the request; what follows a second one is left out.</summary>
    public static ServiceDefinition Parse(InterfaceFile file, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var lines = file.Lines();
        var problems = file.NameProblems("service").ToList();
        var separators = lines.Where(line => line.Text == Separator).ToList();
        if (separators.Count == 0)
            Report(default, "this file has none");

        foreach (var further in separators.Skip(1))
            Report(further.Span, "this is one more");

        var request = lines.TakeWhile(line => line.Text != Separator).ToList();
        var response = lines.Skip(request.Count + 1).TakeWhile(line => line.Text != Separator).ToList();
        return ServiceDefinition.Create(file, Part("Request", request), Part("Response", response), problems);

        MessageDefinition Part(string suffix, List<Token> part) =>
            MessageParser.Parse(file, InterfaceFile.ServiceFolder, $"{file.Name}_{suffix}", part);

        void Report(SourceSpan span, string what) =>
            problems.Add(new Problem(Rules.BadSeparator, file.Path, span, new([what])));
    }
}
