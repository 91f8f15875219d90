using FaceViewer.Access;
using Microsoft.AspNetCore.Http;
using rclcs;

namespace FaceViewer.Rest;

/// <summary><c>/v1/models</c>: the cards of the networks that come with the package, and which of them the face node runs.</summary>
/// <param name="perception">Asks the node.</param>
internal sealed class ModelCards(PerceptionClient perception)
{
    private readonly Dictionary<string, string> _cards = Directory
        .EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "models"), "*.md").Order(StringComparer.Ordinal)
        .ToDictionary(path => Path.GetFileNameWithoutExtension(path), File.ReadAllText);

    /// <summary>All.</summary>
    public async Task<IResult> ListAsync(CancellationToken cancellationToken)
    {
        string[] running = [];
        if (perception.IsPresent)
        {
            var names = await perception.ParameterAsync("models.names", cancellationToken).ConfigureAwait(false);
            var detector = await perception.ParameterAsync("detector", cancellationToken).ConfigureAwait(false);
            running =
            [
                .. names.Type == ParameterType.StringArray ? names.As<string[]>() : [],
                .. detector.Type == ParameterType.String ? new[] { detector.As<string>() } : [],
            ];
        }

        return TypedResults.Json(_cards.Select(card => new Model(card.Key, running.Contains(card.Key), card.Value)));
    }

    /// <summary>One card, in Markdown.</summary>
    public IResult Get(string name) => _cards.TryGetValue(name, out var card)
        ? TypedResults.Text(card, "text/markdown; charset=utf-8")
        : Problems.Of(StatusCodes.Status404NotFound, "There is no such model", $"The models are {string.Join(", ", _cards.Keys)}.");

    /// <summary>A model.</summary>
    /// <param name="Name">As in <c>models.names</c>.</param>
    /// <param name="Running">Whether the face node uses it now.</param>
    /// <param name="Card">What it was trained on, how well it does and for whom, in Markdown.</param>
    internal sealed record Model(string Name, bool Running, string Card);
}
