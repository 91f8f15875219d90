using face_attributes.srv;
using FaceViewer.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using rclcs.Serialization;
using Image = sensor_msgs.msg.Image;

namespace FaceViewer.Rest;

/// <summary><c>POST /v1/classify</c> and <c>/v1/explain</c>: a picture goes to the node, whose answer is JSON or a PNG.</summary>
/// <param name="perception">Calls the node.</param>
/// <param name="options">The limits.</param>
internal sealed class PictureEndpoints(PerceptionClient perception, ViewerOptions options)
{
    private readonly Upload _upload = new(options);

    /// <summary>The faces of a picture.</summary>
    public Task<IResult> ClassifyAsync(HttpRequest request, CancellationToken cancellationToken) => AskAsync(request, async image =>
    {
        var answer = await perception.ClassifyAsync(new Classify.Request { Image = image, Upright = true }, cancellationToken).ConfigureAwait(false);
        if (!answer.Success)
            return Refused(answer.Message);
        if (WantsPicture(request, otherwise: false))
            return Picture(answer.Annotated);
        return TypedResults.Text(PerceptionClient.Text(answer.Faces), "application/json");
    }, cancellationToken);

    /// <summary>What in a face speaks for a label.</summary>
    public Task<IResult> ExplainAsync(HttpRequest request, string? face, string? attribute, string? label, CancellationToken cancellationToken) => AskAsync(request, async image =>
    {
        var answer = await perception.ExplainAsync(
            new Explain.Request { Image = image, Upright = true, Face = face ?? "", Attribute = attribute ?? "", Label = label ?? "" }, cancellationToken).ConfigureAwait(false);
        if (!answer.Success)
            return Refused(answer.Message);
        if (WantsPicture(request, otherwise: true))
            return Picture(answer.Explanation);
        using var picture = BgrPicture.Of(answer.Explanation);
        return TypedResults.Json(new Explanation(
            answer.Face, answer.Attribute, answer.Label, answer.Probability, "data:image/png;base64," + Convert.ToBase64String(picture.ImEncode(".png"))));
    }, cancellationToken);

    private async Task<IResult> AskAsync(HttpRequest request, Func<Image, Task<IResult>> ask, CancellationToken cancellationToken)
    {
        try
        {
            using var picture = await _upload.ReadAsync(request, cancellationToken).ConfigureAwait(false);
            if (!perception.IsPresent)
            {
                return Problems.Of(StatusCodes.Status503ServiceUnavailable, "The node is not there",
                    $"The node {perception.NodeName} does not run, or is not configured; start it and ask again.");
            }

            using var memory = new UnmanagedMemory();
            return await ask(BgrPicture.Message(picture, memory)).ConfigureAwait(false);
        }
        catch (UploadException e)
        {
            return Problems.Of(e.Status, "The picture is not taken", e.Message);
        }
        catch (BadHttpRequestException e)
        {
            return Problems.Of(e.StatusCode, "The request is damaged", e.Message);
        }
        catch (OperationCanceledException) when (!request.HttpContext.RequestAborted.IsCancellationRequested || cancellationToken.IsCancellationRequested)
        {
            return Problems.Of(StatusCodes.Status504GatewayTimeout, "No answer in time",
                $"The node {perception.NodeName} has not answered within {options.Timeout.TotalSeconds:0} s; ask again, with a smaller picture where it is large.");
        }
    }

    // The node takes back what it cannot do with a sentence for people.
    private static ProblemHttpResult Refused(string message) => Problems.Of(StatusCodes.Status422UnprocessableEntity, "The node refuses", message);

    private static Results<ProblemHttpResult, FileContentHttpResult> Picture(Image image)
    {
        if (image.Data.Length == 0)
        {
            return Problems.Of(StatusCodes.Status403Forbidden, "No pictures are shown",
                "The node's parameter 'privacy' is no_images; ask for application/json.");
        }

        using var picture = BgrPicture.Of(image);
        return TypedResults.Bytes(picture.ImEncode(".png"), "image/png");
    }

    private static bool WantsPicture(HttpRequest request, bool otherwise)
    {
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted) || StringValues.IsNullOrEmpty(request.Headers.Accept))
            return otherwise;
        foreach (var type in accepted.OrderByDescending(type => type.Quality ?? 1))
        {
            if (type.MediaType == "application/json")
                return false;
            if (type.MediaType.StartsWith("image/", StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return otherwise;
    }

    /// <summary>What <c>/v1/explain</c> answers as JSON.</summary>
    /// <param name="Face">Id: f1 is the first from the left.</param>
    /// <param name="Attribute">What is explained.</param>
    /// <param name="Label">Of the attribute.</param>
    /// <param name="Probability">Of the label, from 0 to 1.</param>
    /// <param name="Picture">A PNG as a data URL.</param>
    internal sealed record Explanation(string Face, string Attribute, string Label, float Probability, string Picture);
}
