using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace FaceViewer.Access;

/// <summary>
/// Lets in who may see the pictures: nobody by a name that is not this machine's (DNS rebinding), no page of another origin, and
/// where a token is asked for, only who has it.
/// </summary>
/// <param name="options">Addresses, names and token.</param>
internal sealed class AccessGuard(ViewerOptions options)
{
    private const string Scheme = "Bearer ";

    private readonly HashSet<string> _hosts = new(
        [.. options.Hosts, .. IPAddress.IsLoopback(options.Address) ? [] : new[] { Dns.GetHostName(), Dns.GetHostName() + ".local" }, "localhost"],
        StringComparer.OrdinalIgnoreCase);

    private readonly byte[] _token = Encoding.UTF8.GetBytes(options.Token);

    // Of a port, since cookies are of a host.
    private string Cookie => $"face_viewer_{options.Port}";

    /// <summary>Runs in front of everything else.</summary>
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var (request, headers) = (context.Request, context.Response.Headers);
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-store";

        // The page of the REST interface is a library's, which has styles and scripts in its text.
        var inline = request.Path.StartsWithSegments("/docs") ? " 'unsafe-inline'" : "";
        headers.ContentSecurityPolicy =
            $"default-src 'self'{inline}; img-src 'self' blob: data:; connect-src 'self' ws://{request.Host} wss://{request.Host}; frame-ancestors 'none'; base-uri 'none'";
        if (!IsOurs(request.Host.Host))
        {
            return Problems.WriteAsync(context, StatusCodes.Status421MisdirectedRequest, "This is not the viewer's name",
                $"The viewer is not called '{request.Host.Host}' here; use its address, or add the name to the parameter 'hosts'.");
        }

        if (IsForeign(request))
        {
            return Problems.WriteAsync(context, StatusCodes.Status403Forbidden, "Another origin",
                "Pages of other origins must not read what the camera sees.");
        }

        if (_token.Length == 0)
            return next(context);
        if (request.Query.TryGetValue("token", out var given) && IsToken(given.ToString()))
        {
            context.Response.Cookies.Append(Cookie, options.Token, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/" });
            if (!HttpMethods.IsGet(request.Method) || context.WebSockets.IsWebSocketRequest || request.Path != "/")
                return next(context);
            context.Response.Redirect("/"); // The token need not stay in the page's address.
            return Task.CompletedTask;
        }

        if (IsToken(request.Cookies[Cookie])
            || (request.Headers.Authorization.ToString() is { } bearer && bearer.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && IsToken(bearer[Scheme.Length..])))
        {
            return next(context);
        }

        headers.WWWAuthenticate = Scheme.TrimEnd();
        return Problems.WriteAsync(context, StatusCodes.Status401Unauthorized, "A token is needed",
            "Open the address that the viewer printed at its start, or send its token as 'Authorization: Bearer TOKEN'.");
    }

    private static bool IsForeign(HttpRequest request)
    {
        // Before a proxy that speaks TLS the page is of https, and this is not.
        var origin = request.Headers.Origin.ToString();
        if (origin.Length > 0 && origin != $"http://{request.Host}" && origin != $"https://{request.Host}")
            return true;

        // Of newer browsers. Following a link from elsewhere is fine, taking a part of this into another page is not.
        return request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site" && request.Headers["Sec-Fetch-Mode"] != "navigate";
    }

    private bool IsOurs(string host)
    {
        if (!IPAddress.TryParse(host.Trim('[', ']'), out var address))
            return _hosts.Contains(host);
        return !IPAddress.IsLoopback(options.Address) || IPAddress.IsLoopback(address); // A number cannot be rebound.
    }

    private bool IsToken(string? given) => given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), _token);
}
