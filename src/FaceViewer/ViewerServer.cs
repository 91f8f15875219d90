using System.Net;
using System.Threading.RateLimiting;
using FaceViewer.Access;
using FaceViewer.Rest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;
using Prometheus;

namespace FaceViewer;

/// <summary>The web server: the page, what it needs live, and the REST interface.</summary>
internal sealed class ViewerServer : IDisposable
{
    private const string Pictures = "pictures";

    // Pictures that are read and decoded at once, and those that wait for it: more are refused.
    private const int AtOnce = 4;
    private const int Waiting = 100;

    private readonly ViewerOptions _options;
    private readonly PerceptionClient _perception;
    private readonly WebApplication _app;
    private readonly CollectorRegistry _metrics = Metrics.NewCustomRegistry();
    private readonly CancellationTokenSource _end = new();

    /// <summary>Prepares everything; listens to nothing yet.</summary>
    /// <param name="options">Where, and with which limits.</param>
    /// <param name="perception">What is shown, and who is asked. Outlives this.</param>
    /// <param name="logger">Gets what the web server warns of.</param>
    public ViewerServer(ViewerOptions options, PerceptionClient perception, rclcs.Logger logger)
    {
        (_options, _perception) = (options, perception);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.AddProvider(new RosLoggerProvider(logger));
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.MaxBytes + 10_000; // A form has a little around the file.
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            kestrel.Limits.MaxConcurrentConnections = 1000;
            kestrel.Listen(options.Address, options.Port);
        });
        AddServices(builder.Services);
        _app = builder.Build();
        var guard = new AccessGuard(options);
        _app.Use(guard.InvokeAsync);
        _app.UseExceptionHandler();
        _app.UseStatusCodePages();
        _app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(15), KeepAliveTimeout = TimeSpan.FromSeconds(15) });
        ServePage();
        _app.UseRouting();
        _app.UseHttpMetrics(metrics => metrics.RequestCount.Registry = metrics.RequestDuration.Registry = metrics.InProgress.Registry = _metrics);
        _app.UseRateLimiter();
        _app.UseRequestTimeouts();
        MapEndpoints();
    }

    /// <summary>Where a browser finds the page, with the token where one is needed; known once the server has started.</summary>
    public string Address
    {
        get
        {
            var bound = new Uri(_app.Urls.First());
            var host = _options.Address.Equals(IPAddress.Any) || _options.Address.Equals(IPAddress.IPv6Any) ? Dns.GetHostName() : bound.Host;
            return $"http://{host}:{bound.Port}/" + (_options.Token.Length > 0 ? $"?token={Uri.EscapeDataString(_options.Token)}" : "");
        }
    }

    /// <summary>Begins to listen.</summary>
    /// <exception cref="IOException">The address or the port cannot be had.</exception>
    public void Start()
    {
        try
        {
            _app.StartAsync().GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException)
        {
            throw new IOException($"The viewer cannot listen at {_options.Address} port {_options.Port} ({e.Message}); choose another 'address' or 'port'.", e);
        }
    }

    /// <summary>Lets all go that are connected, and ends.</summary>
    public void Dispose()
    {
        _end.Cancel();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        _app.StopAsync(patience.Token).GetAwaiter().GetResult();
        ((IDisposable)_app).Dispose();
        _end.Dispose();
    }

    private void AddServices(IServiceCollection services)
    {
        services.AddRoutingCore();
        services.AddProblemDetails(problems => problems.CustomizeProblemDetails = problem => problem.ProblemDetails.Detail ??=
            $"{problem.HttpContext.Request.Method} is not possible so at this address ({problem.ProblemDetails.Title}); see /docs.");
        services.AddOpenApi(openApi => openApi.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "face_attributes";
            document.Info.Description = "Classifies faces in pictures, explains what the networks look at, and tells what the robot's camera sees. Nothing is kept.";
            document.Servers?.Clear();
            return Task.CompletedTask;
        }));
        services.AddRequestTimeouts(timeouts => timeouts.AddPolicy(Pictures, _options.Timeout));
        services.AddRateLimiter(limiter =>
        {
            limiter.AddPolicy(Pictures, context => RateLimitPartition.GetTokenBucketLimiter(context.Connection.RemoteIpAddress, _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = 5 * _options.MaxRequests,
                TokensPerPeriod = _options.MaxRequests,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            }));
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, bool>(context => HttpMethods.IsPost(context.Request.Method)
                ? RateLimitPartition.GetConcurrencyLimiter(true, _ => new ConcurrencyLimiterOptions { PermitLimit = AtOnce, QueueLimit = Waiting })
                : RateLimitPartition.GetNoLimiter(false));
            limiter.OnRejected = (rejected, _) =>
            {
                rejected.HttpContext.Response.Headers.RetryAfter = "1";
                return new ValueTask(Problems.WriteAsync(rejected.HttpContext, StatusCodes.Status429TooManyRequests, "Too many pictures",
                    $"One address may send {_options.MaxRequests} pictures a second, and {Waiting} may wait; try again in a second."));
            };
        });
    }

    private void ServePage()
    {
        var files = new PhysicalFileProvider(Path.Combine(AppContext.BaseDirectory, "page"));
        var types = new FileExtensionContentTypeProvider { Mappings = { [".js"] = "text/javascript" } };
        _app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
        _app.UseStaticFiles(new StaticFileOptions { FileProvider = files, ContentTypeProvider = types });
        _app.UseSwaggerUI(page =>
        {
            page.RoutePrefix = "docs";
            page.SwaggerEndpoint("/openapi/v1.json", "face_attributes");
            page.DocumentTitle = "face_attributes: REST";
        });
    }

    private void MapEndpoints()
    {
        var pictures = new PictureEndpoints(_perception, _options);
        var parameters = new ParameterEndpoints(_perception);
        var cards = new ModelCards(_perception);
        _app.MapOpenApi();
        _app.Map("/live", LiveAsync).ExcludeFromDescription();
        _app.MapGet("/classic.js", () => TypedResults.Text(ClassicScript.Text, "text/javascript")).ExcludeFromDescription();

        _app.MapPost("/v1/classify", pictures.ClassifyAsync).RequireRateLimiting(Pictures).WithTags("pictures")
            .WithSummary("The faces of a picture, as FaceAttributesArray in JSON; or the picture with them drawn in, where image/png is accepted rather.")
            .WithDescription($"Send a JPEG or PNG as the body, or as a file of a form. At most {_options.MaxBytes} bytes and {_options.MaxPixels} pixels. EXIF's orientation is honoured.")
            .Accepts<IFormFile>("image/jpeg", "image/png", "application/octet-stream", "multipart/form-data")
            .Produces<object>(200, "application/json", "image/png").AlsoProblems().WithRequestTimeout(Pictures);
        _app.MapPost("/v1/explain", pictures.ExplainAsync).RequireRateLimiting(Pictures).WithTags("pictures")
            .WithSummary("What in a face speaks for a label: face, guided back-propagation, gradient and Grad-CAM side by side, as PNG; or as JSON, where that is accepted rather.")
            .WithDescription("face: an id, f1 being the first from the left; the largest if left out. attribute: emotion or gender. label: the most probable one if left out.")
            .Accepts<IFormFile>("image/jpeg", "image/png", "application/octet-stream", "multipart/form-data")
            .Produces<object>(200, "image/png", "application/json").AlsoProblems().WithRequestTimeout(Pictures);
        _app.MapGet("/v1/faces", FacesAsync).WithTags("camera")
            .WithSummary("The faces of the camera's newest image, as FaceAttributesArray in JSON; where text/event-stream is accepted, those of each image as they come.")
            .Produces<object>(200, "application/json", "text/event-stream").AlsoProblems();
        _app.MapGet("/v1/explanation", ExplanationAsync).WithTags("camera")
            .WithSummary("What in the largest face before the camera, or in the one that the parameter explanation.face names, speaks for its label: the next picture of ~/explanation, as PNG.")
            .Produces<object>(200, "image/png").AlsoProblems();
        _app.MapGet("/v1/parameters", parameters.ListAsync).WithTags("node").WithSummary("The node's parameters, with their descriptions, ranges and values.")
            .Produces<ParameterEndpoints.ShownParameter[]>().AlsoProblems().WithRequestTimeout(Pictures);
        _app.MapPut("/v1/parameters/{name}", parameters.SetAsync).WithTags("node").WithSummary("Sets a parameter to the body's 'value'.")
            .Accepts<object>("application/json").Produces(204).AlsoProblems().WithRequestTimeout(Pictures);
        _app.MapGet("/v1/models", cards.ListAsync).WithTags("models").WithSummary("The networks that come with the package, their cards, and which of them the face node runs.")
            .Produces<ModelCards.Model[]>().AlsoProblems().WithRequestTimeout(Pictures);
        _app.MapGet("/v1/models/{name}", cards.Get).WithTags("models").WithSummary("A model's card, in Markdown.").Produces<string>(200, "text/markdown").AlsoProblems();
        _app.MapGet("/healthz", Health).WithTags("service").WithSummary("200 where the node is there, else 503.").Produces<object>().AlsoProblems();
        MapMetrics();
    }

    private void MapMetrics()
    {
        var factory = Metrics.WithCustomRegistry(_metrics);
        Gauge("face_viewer_pages", "Pages that are open", () => _perception.Hub.Count);
        Counter("face_viewer_pictures_received_total", "Pictures that came from the node", () => _perception.Pictures);
        Counter("face_viewer_pictures_dropped_total", "Pictures that were left out since a page was too slow", () => _perception.Hub.Dropped);
        Counter("face_viewer_faces_messages_received_total", "Messages with faces that came from the node", () => _perception.Messages);
        Gauge("face_viewer_faces_latency_seconds", "From the stamp of the last image to the arrival of its faces", () => _perception.Latency);
        Gauge("face_viewer_node_present", "Whether the node is there", () => _perception.IsPresent ? 1 : 0);
        DotNetStats.Register(_metrics);
        _app.MapMetrics("/metrics", _metrics).WithTags("service");

        void Gauge(string name, string help, Func<double> value)
        {
            var gauge = factory.CreateGauge(name, help);
            _metrics.AddBeforeCollectCallback(() => gauge.Set(value()));
        }

        void Counter(string name, string help, Func<double> value)
        {
            var counter = factory.CreateCounter(name, help);
            _metrics.AddBeforeCollectCallback(() => counter.IncTo(value()));
        }
    }

    private async Task LiveAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            await Problems.WriteAsync(context, StatusCodes.Status400BadRequest, "A web socket is needed", "The page opens /live as a web socket.").ConfigureAwait(false);
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync().ConfigureAwait(false);
        using var page = _perception.OpenPage();
        await _perception.Hub.ServeAsync(socket, _end.Token).ConfigureAwait(false);
    }

    private async Task<IResult> ExplanationAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _end.Token);
        patience.CancelAfter(TimeSpan.FromSeconds(10));
        try
        {
            return TypedResults.Bytes(await _perception.ExplanationAsync(patience.Token).ConfigureAwait(false), "image/png");
        }
        catch (OperationCanceledException)
        {
            return Problems.Of(StatusCodes.Status503ServiceUnavailable, "No explanation comes",
                $"No picture came from {_perception.NodeName} within 10 s; is there a face before the camera, is the parameter 'explanation.face' empty or its id, and does 'privacy' allow pictures?");
        }
    }

    private async Task<IResult> FacesAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.OrdinalIgnoreCase))
        {
            var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _end.Token);
            request.HttpContext.Response.RegisterForDispose(end);
            return TypedResults.ServerSentEvents(_perception.StreamAsync(end.Token), "faces");
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _end.Token);
        patience.CancelAfter(TimeSpan.FromSeconds(3));
        try
        {
            return TypedResults.Text(await _perception.LatestAsync(patience.Token).ConfigureAwait(false), "application/json");
        }
        catch (OperationCanceledException)
        {
            return Problems.Of(StatusCodes.Status503ServiceUnavailable, "No faces come",
                $"No message came from {_perception.NodeName} within 3 s; does the node run, and does its camera?");
        }
    }

    private IResult Health() => _perception.IsPresent
        ? TypedResults.Json(new { status = "ok", node = _perception.NodeName })
        : Problems.Of(StatusCodes.Status503ServiceUnavailable, "The node is not there", $"The node {_perception.NodeName} does not run, or is not configured.");
}

/// <summary>Extensions of how endpoints are described.</summary>
internal static class EndpointDescriptions
{
    /// <summary>Errors are problem details.</summary>
    public static RouteHandlerBuilder AlsoProblems(this RouteHandlerBuilder endpoint)
    {
        foreach (var status in (int[])[400, 413, 415, 422, 429, 503, 504])
            endpoint.ProducesProblem(status);
        return endpoint;
    }
}
