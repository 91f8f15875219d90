using System.Text.Json;
using System.Text.RegularExpressions;
using FaceViewer.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using rclcs;

namespace FaceViewer.Rest;

/// <summary><c>/v1/parameters</c>: the node's parameters, as its descriptors explain them, and changes of them.</summary>
/// <param name="perception">Asks the node.</param>
internal sealed partial class ParameterEndpoints(PerceptionClient perception)
{
    /// <summary>All of them.</summary>
    public async Task<IResult> ListAsync(CancellationToken cancellationToken)
    {
        if (!perception.IsPresent)
            return NotThere();
        var parameters = await perception.ParametersAsync(cancellationToken).ConfigureAwait(false);
        return TypedResults.Json(parameters.Select(parameter =>
        {
            var (descriptor, value, initial) = parameter;
            return new ShownParameter(
                descriptor.Name, TypeName(descriptor.Type), Plain(value), Plain(initial), descriptor.Description, descriptor.AdditionalConstraints,
                descriptor.ReadOnly, AllowedTexts(descriptor.AdditionalConstraints),
                descriptor.IntegerRange is { } integers ? new ShownRange(integers.From, integers.To, integers.Step)
                    : descriptor.FloatingPointRange is { } numbers ? new ShownRange(numbers.From, numbers.To, numbers.Step)
                    : null);
        }));
    }

    /// <summary>Sets one, to the body's <c>value</c>.</summary>
    public async Task<IResult> SetAsync(string name, HttpRequest request, CancellationToken cancellationToken)
    {
        if (!perception.IsPresent)
            return NotThere();
        var current = await perception.ParameterAsync(name, cancellationToken).ConfigureAwait(false);
        if (current.Type == ParameterType.NotSet)
            return Problems.Of(StatusCodes.Status404NotFound, "There is no such parameter", $"{perception.NodeName} has no parameter '{Vision.ForeignText.Show(name)}'.");
        ParameterValue value;
        try
        {
            using var body = await JsonDocument.ParseAsync(request.Body, new JsonDocumentOptions { MaxDepth = 4 }, cancellationToken).ConfigureAwait(false);
            value = Read(body.RootElement.GetProperty("value"), current.Type);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return Problems.Of(StatusCodes.Status400BadRequest, "The value cannot be read",
                $"The parameter '{name}' is {TypeName(current.Type)}; send a JSON object whose 'value' is one.");
        }

        var result = await perception.SetAsync(new Parameter(name, value), cancellationToken).ConfigureAwait(false);
        return result.Successful
            ? TypedResults.NoContent()
            : Problems.Of(StatusCodes.Status422UnprocessableEntity, "The node refuses", result.Reason);
    }

    private ProblemHttpResult NotThere() => Problems.Of(StatusCodes.Status503ServiceUnavailable, "The node is not there",
        $"The node {perception.NodeName} does not run; start it and ask again.");

    private static string TypeName(ParameterType type) => type switch
    {
        ParameterType.Bool => "bool",
        ParameterType.Integer => "integer",
        ParameterType.Double => "double",
        ParameterType.String => "string",
        ParameterType.StringArray => "string[]",
        ParameterType.IntegerArray => "integer[]",
        ParameterType.DoubleArray => "double[]",
        ParameterType.BoolArray => "bool[]",
        ParameterType.ByteArray => "byte[]",
        _ => "none",
    };

    private static object? Plain(ParameterValue value) => value.Type switch
    {
        ParameterType.Bool => value.As<bool>(),
        ParameterType.Integer => value.As<long>(),
        ParameterType.Double => value.As<double>(),
        ParameterType.String => value.As<string>(),
        ParameterType.StringArray => value.As<string[]>(),
        ParameterType.IntegerArray => value.As<long[]>(),
        ParameterType.DoubleArray => value.As<double[]>(),
        ParameterType.BoolArray => value.As<bool[]>(),
        ParameterType.ByteArray => value.As<byte[]>(),
        _ => null,
    };

    private static ParameterValue Read(JsonElement element, ParameterType type) => type switch
    {
        ParameterType.Bool => ParameterValue.From(element.GetBoolean()),
        ParameterType.Integer => ParameterValue.From(element.GetInt64()),
        ParameterType.Double => ParameterValue.From(element.GetDouble()),
        ParameterType.String => ParameterValue.From(element.GetString() ?? throw new FormatException()),
        ParameterType.StringArray => ParameterValue.From(element.EnumerateArray().Select(item => item.GetString() ?? throw new FormatException()).ToArray()),
        ParameterType.IntegerArray => ParameterValue.From(element.EnumerateArray().Select(item => item.GetInt64()).ToArray()),
        ParameterType.DoubleArray => ParameterValue.From(element.EnumerateArray().Select(item => item.GetDouble()).ToArray()),
        ParameterType.BoolArray => ParameterValue.From(element.EnumerateArray().Select(item => item.GetBoolean()).ToArray()),
        _ => throw new FormatException(),
    };

    /// <summary>Descriptors have no field for the texts that a parameter allows: rclcs lists them among the constraints.</summary>
    private static string[]? AllowedTexts(string constraints) => OnlyTexts().IsMatch(constraints)
        ? [.. Text().Matches(constraints).Select(match => match.Groups[1].Value)]
        : null;

    [GeneratedRegex("^'[^']*'( or '[^']*')*$")]
    private static partial Regex OnlyTexts();

    [GeneratedRegex("'([^']*)'")]
    private static partial Regex Text();

    internal sealed record ShownRange(double From, double To, double Step);

    internal sealed record ShownParameter(
        string Name, string Type, object? Value, object? Initial, string Description, string Constraints, bool ReadOnly, string[]? Allowed, ShownRange? Range);
}
