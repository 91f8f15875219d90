using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace FaceViewer.Access;

/// <summary>Errors as problem details (RFC 9457).</summary>
internal static class Problems
{
    /// <summary>Writes one as the answer.</summary>
    /// <param name="context">Of the request.</param>
    /// <param name="status">HTTP's status code.</param>
    /// <param name="title">What kind of error it is; the same each time.</param>
    /// <param name="detail">What is wrong here, and what to do.</param>
    public static Task WriteAsync(HttpContext context, int status, string title, string detail) => Of(status, title, detail).ExecuteAsync(context);

    /// <summary>One as a result.</summary>
    /// <inheritdoc cref="WriteAsync"/>
    public static ProblemHttpResult Of(int status, string title, string detail) =>
        TypedResults.Problem(new ProblemDetails { Status = status, Title = title, Detail = detail });
}
