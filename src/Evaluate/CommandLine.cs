namespace FaceAttributes.Evaluation;

/// <summary>Arguments as this program's commands have them: maybe a model, and options with a value each.</summary>
internal static class CommandLine
{
    /// <summary>Tells them apart.</summary>
    /// <param name="arguments">In any order.</param>
    /// <param name="options">The names of the options that the command has.</param>
    /// <returns>The model, or null where none is named, and the values of the options that are given.</returns>
    /// <exception cref="EvaluationException">There is a second model, or an option is unknown, has no value, or is given twice.</exception>
    public static (string? Model, Dictionary<string, string> Values) Read(IReadOnlyList<string> arguments, IReadOnlyCollection<string> options)
    {
        string? model = null;
        var values = new Dictionary<string, string>();
        for (var i = 0; i < arguments.Count; i++)
        {
            var argument = arguments[i];
            if (!argument.StartsWith("--", StringComparison.Ordinal))
                model = model is null ? argument : throw new EvaluationException($"'{argument}' is a second model; name one.");
            else if (!options.Contains(argument))
                throw new EvaluationException($"The option {argument} is unknown; known are {string.Join(", ", options)}.");
            else if (++i == arguments.Count)
                throw new EvaluationException($"The option {argument} needs a value.");
            else if (!values.TryAdd(argument, arguments[i]))
                throw new EvaluationException($"The option {argument} is given twice.");
        }

        return (model, values);
    }
}
