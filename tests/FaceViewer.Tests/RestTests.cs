using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using face_attributes.srv;
using OpenCvSharp;
using rclcs;
using rclcs.Tests.Support;
using TestSupport;

namespace FaceViewer.Tests;

/// <summary>The REST interface, as a program uses it.</summary>
public sealed class RestTests
{
    private Robot _robot = null!;

    private HttpClient Http => _robot.Http;

    [OneTimeSetUp]
    public void Start() => _robot = new Robot(new ViewerOptions { Port = 0, MaxRequests = 1000, MaxBytes = 2_000_000, MaxPixels = 1_000_000 });

    [OneTimeTearDown]
    public void Stop() => _robot.Dispose();

    [SetUp]
    public Task WaitForTheNode() => WaitForTheNode(Http);

    private static async Task WaitForTheNode(HttpClient http)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!(await http.GetAsync("/healthz", patience.Token)).IsSuccessStatusCode)
            await Task.Delay(20, patience.Token); // Discovery; health is what tells its end.
    }

    [Test]
    public async Task A_picture_is_classified_as_the_node_itself_does()
    {
        using var answer = await Post("/v1/classify", File.ReadAllBytes(Photographs.Astronaut), "image/png");
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var faces = await Json(answer);
        using var picture = Cv2.ImRead(Photographs.Astronaut);
        Assert.That(JsonSerializer.Serialize(faces), Is.EqualTo(JsonSerializer.Serialize(JsonDocument.Parse(PerceptionClient.Text(AskNode(picture))).RootElement)));
        var face = faces.GetProperty("faces").EnumerateArray().Single();
        Assert.That(face.GetProperty("id").GetString(), Is.EqualTo("f1"));
        Assert.That(face.GetProperty("emotion").GetProperty("label").GetString(), Is.EqualTo("happy"));
    }

    [Test]
    public async Task The_same_picture_comes_back_annotated_where_that_is_accepted_rather()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/classify") { Content = Form(File.ReadAllBytes(Photographs.GraceHopper)) };
        request.Headers.Accept.ParseAdd("image/png");
        using var answer = await Http.SendAsync(request);
        using var annotated = Cv2.ImDecode(await answer.Content.ReadAsByteArrayAsync(), ImreadModes.Color);
        using var original = Cv2.ImRead(Photographs.GraceHopper);
        Assert.That((annotated.Width, annotated.Height), Is.EqualTo((original.Width, original.Height)));
        Assert.That(Cv2.Norm(annotated, original), Is.GreaterThan(0));
    }

    [Test]
    public async Task A_picture_lies_as_its_EXIF_data_say()
    {
        using var upright = Cv2.ImRead(Photographs.Astronaut);
        using var sideways = new Mat();
        Cv2.Rotate(upright, sideways, RotateFlags.Rotate90Counterclockwise);
        var jpeg = sideways.ImEncode(".jpg", new ImageEncodingParam(ImwriteFlags.JpegQuality, 98));

        // APP1 with a big-endian TIFF directory of one entry: orientation, short, 1, 6 (to be turned clockwise).
        byte[] exif = [0xFF, 0xE1, 0, 34, .. "Exif\0\0MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0];
        using var answer = await Post("/v1/classify", [.. jpeg[..2], .. exif, .. jpeg[2..]], "image/jpeg");
        var faces = await Json(answer);
        var roi = faces.GetProperty("faces").EnumerateArray().Single().GetProperty("roi");
        Assert.That(roi.GetProperty("x_offset").GetInt32() + roi.GetProperty("width").GetInt32() / 2, Is.EqualTo(223).Within(25));
        Assert.That(roi.GetProperty("y_offset").GetInt32() + roi.GetProperty("height").GetInt32() / 2, Is.EqualTo(115).Within(25));
    }

    [Test]
    public async Task An_explanation_is_a_picture_or_JSON()
    {
        using var picture = await Post("/v1/explain?attribute=gender&label=male", File.ReadAllBytes(Photographs.Astronaut), "image/png");
        Assert.That(picture.Content.Headers.ContentType?.MediaType, Is.EqualTo("image/png"));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/explain") { Content = Form(File.ReadAllBytes(Photographs.Astronaut)) };
        request.Headers.Accept.ParseAdd("application/json");
        using var json = await Http.SendAsync(request);
        var explanation = await Json(json);
        Assert.That((explanation.GetProperty("face").GetString(), explanation.GetProperty("label").GetString()), Is.EqualTo(("f1", "happy")));
        using var unknown = await Post("/v1/explain?label=bored", File.ReadAllBytes(Photographs.Astronaut), "image/png");
        await ExpectProblem(unknown, 422, "'bored' is no label of emotion");
    }

    private static IEnumerable<TestCaseData> HostileUploads()
    {
        var png = File.ReadAllBytes(Photographs.Astronaut);
        var jpeg = File.ReadAllBytes(Photographs.GraceHopper);
        yield return Case("nothing", [], "image/png", 400);
        yield return Case("a text", "no picture"u8.ToArray(), "image/png", 422);
        yield return Case("a text that says so", "no picture"u8.ToArray(), "text/plain", 415);
        yield return Case("a PNG that is cut off", png[..^100], "image/png", 422);
        yield return Case("a JPEG that is cut off", jpeg[..^100], "image/jpeg", 422);
        yield return Case("the head of a PNG", png[..33], "image/png", 422);
        yield return Case("a PNG of 50000x50000", Png(50000, 50000), "image/png", 422);
        yield return Case("a PNG of 30000x2000", Png(30000, 2000), "image/png", 422);
        yield return Case("a PNG of no size", Png(0, 0), "image/png", 422);
        yield return Case("too many bytes", new byte[2_000_001], "application/octet-stream", 413);
        yield return Case("a form without a file", "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n--x--\r\n"u8.ToArray(), "multipart/form-data; boundary=x", 400);
        yield return Case("a form that ends early", "--x\r\nContent-Disposition: form-data; name=\"a\"; filename=\"b\"\r\n\r\n"u8.ToArray(), "multipart/form-data; boundary=x", 400);
        yield return Case("a form without a boundary", "--x--"u8.ToArray(), "multipart/form-data", 400);
        yield return Case("another form's boundary", "--y--"u8.ToArray(), "multipart/form-data; boundary=x", 400);

        static TestCaseData Case(string name, byte[] body, string type, int status) => new TestCaseData(body, type, status).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(HostileUploads))]
    public async Task What_is_no_picture_is_refused_with_a_problem(byte[] body, string type, int status)
    {
        using var answer = await Post("/v1/classify", body, type);
        await ExpectProblem(answer, status, "");
    }

    [Test]
    public async Task A_body_that_is_compressed_is_refused()
    {
        using var content = new ByteArrayContent([1, 2, 3]) { Headers = { ContentType = new MediaTypeHeaderValue("image/png"), ContentEncoding = { "gzip" } } };
        using var answer = await Http.PostAsync("/v1/classify", content);
        await ExpectProblem(answer, 415, "Content-Encoding");
    }

    [Test]
    public async Task The_faces_before_the_camera_come_once_or_as_events()
    {
        using var latest = await Http.GetAsync("/v1/faces");
        Assert.That((await Json(latest)).GetProperty("width").GetInt32(), Is.EqualTo(640));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/faces") { Headers = { Accept = { new MediaTypeWithQualityHeaderValue("text/event-stream") } } };
        using var stream = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await stream.Content.ReadAsStreamAsync());
        List<int> stamps = [];
        while (stamps.Count < 3)
        {
            var line = await reader.ReadLineAsync();
            if (line!.StartsWith("data: ", StringComparison.Ordinal))
                stamps.Add(JsonDocument.Parse(line[6..]).RootElement.GetProperty("header").GetProperty("stamp").GetProperty("sec").GetInt32());
        }

        Assert.That(stamps, Is.Ordered.And.Unique);
    }

    [Test]
    public async Task The_explanation_of_the_camera_comes_as_a_picture()
    {
        // What cannot be read is left out.
        using var publisher = _robot.Node.CreatePublisher<sensor_msgs.msg.Image>("~/explanation");
        var asked = Http.GetAsync("/v1/explanation");
        await publisher.WaitForSubscriptionsAsync(1).WaitAsync(TimeSpan.FromSeconds(20));
        publisher.Publish(new sensor_msgs.msg.Image());
        (await asked).Dispose();
        using var answer = await Http.GetAsync("/v1/explanation");
        using var picture = Cv2.ImDecode(await answer.Content.ReadAsByteArrayAsync(), ImreadModes.Color);
        Assert.That(picture.Width, Is.EqualTo(4 * 192));
    }

    [Test]
    public async Task Parameters_are_listed_with_what_they_allow_and_can_be_set()
    {
        using var list = await Http.GetAsync("/v1/parameters");
        var privacy = (await Json(list)).EnumerateArray().Single(parameter => parameter.GetProperty("name").GetString() == "privacy");
        Assert.That(privacy.GetProperty("allowed").EnumerateArray().Select(text => text.GetString()), Is.EqualTo((string[])["none", "blur_all", "blur_unknown", "no_images"]));
        using var set = await Put("annotated.jpeg_quality", """{"value": 55}""");
        Assert.That(set.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(_robot.Node.Parameters.Get<long>("annotated.jpeg_quality"), Is.EqualTo(55));
        using var refused = await Put("annotated.jpeg_quality", """{"value": 500}""");
        await ExpectProblem(refused, 422, "1 to 100 is allowed");
        using var wrong = await Put("annotated.jpeg_quality", """{"value": "much"}""");
        await ExpectProblem(wrong, 400, "is integer");
        using var nothing = await Put("models.names", """{"value": [null]}""");
        await ExpectProblem(nothing, 400, "string[]");
        using var empty = await Put("privacy", """{"value": null}""");
        await ExpectProblem(empty, 400, "string");
        using var unknown = await Put("smile", """{"value": 1}""");
        await ExpectProblem(unknown, 404, "no parameter 'smile'");
    }

    [Test]
    public async Task Models_health_metrics_and_the_document_are_there()
    {
        using var models = await Http.GetAsync("/v1/models");
        var running = (await Json(models)).EnumerateArray().Where(model => model.GetProperty("running").GetBoolean()).Select(model => model.GetProperty("name").GetString());
        Assert.That(running, Is.EquivalentTo((string[])["face", "ultraface"]));
        Assert.That(await Http.GetStringAsync("/v1/models/gender"), Does.StartWith("# "));
        Assert.That(await Http.GetStringAsync("/metrics"), Does.Contain("face_viewer_node_present 1").And.Contain("http_request_duration_seconds"));
        var document = JsonDocument.Parse(await Http.GetStringAsync("/openapi/v1.json")).RootElement;
        Assert.That(document.GetProperty("paths").EnumerateObject().Select(path => path.Name),
            Is.SupersetOf((string[])["/v1/classify", "/v1/explain", "/v1/faces", "/v1/explanation", "/v1/models", "/healthz"]));
        Assert.That(await Http.GetStringAsync("/docs/index.html"), Does.Contain("swagger"));
    }

    [TestCase("Host", "evil.example", 421)]
    [TestCase("Origin", "http://evil.example", 403)]
    [TestCase("Origin", "null", 403)]
    [TestCase("Sec-Fetch-Site", "cross-site", 403)]
    public async Task Other_origins_and_names_get_nothing(string header, string value, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models");
        request.Headers.TryAddWithoutValidation(header, value);
        using var answer = await Http.SendAsync(request);
        await ExpectProblem(answer, status, "");
    }

    [TestCase("https://robot.example", 200)]
    [TestCase("http://robot.example", 200)]
    [TestCase("https://evil.example", 403)]
    public async Task Behind_a_proxy_the_page_may_be_of_https(string origin, int status)
    {
        using var robot = new Robot(new ViewerOptions { Port = 0, Hosts = ["robot.example"] });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models/gender");
        request.Headers.Host = "robot.example";
        request.Headers.TryAddWithoutValidation("Origin", origin);
        using var answer = await robot.Http.SendAsync(request);
        Assert.That((int)answer.StatusCode, Is.EqualTo(status));
    }

    [TestCase("-p", "address:=127.0.0.1", false)]
    [TestCase("-p", "address:=0.0.0.0", true)]
    [TestCase("-p", "hosts:=[robot.example]", true)]
    public void Where_others_reach_it_a_token_is_asked_for(string option, string value, bool isAsked)
    {
        using var context = TestDomain.Join("--ros-args", option, value);
        using var node = Rclcs.CreateNode("face_viewer", context);
        Assert.That(ViewerOptions.Declare(node.Parameters).Token.Length > 0, Is.EqualTo(isAsked));
    }

    [Test]
    public async Task A_file_of_as_many_bytes_as_may_be_is_taken_in_a_form_too()
    {
        var picture = File.ReadAllBytes(Photographs.Astronaut);
        using var robot = new Robot(new ViewerOptions { Port = 0, MaxBytes = picture.Length });
        await WaitForTheNode(robot.Http);
        using var form = Form(picture);
        using var answer = await robot.Http.PostAsync("/v1/classify", form);
        Assert.That(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        using var larger = Form([.. picture, 0]);
        using var refused = await robot.Http.PostAsync("/v1/classify", larger);
        await ExpectProblem(refused, 413, "more than");
    }

    [Test]
    public async Task More_pictures_than_one_address_may_send_are_refused_until_a_second_has_passed()
    {
        using var robot = new Robot(new ViewerOptions { Port = 0, MaxRequests = 1 });
        await WaitForTheNode(robot.Http);
        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => robot.Http.PostAsync("/v1/classify", new ByteArrayContent([1]))));
        var refused = answers.First(answer => answer.StatusCode == HttpStatusCode.TooManyRequests);
        Assert.That(refused.Headers.RetryAfter?.ToString(), Is.EqualTo("1"));
        await ExpectProblem(refused, 429, "One address may send 1 pictures a second");
        Assert.That(answers.Count(answer => answer.StatusCode != HttpStatusCode.TooManyRequests), Is.GreaterThanOrEqualTo(5), "a few at once are taken");
    }

    [Test]
    public async Task A_node_that_does_not_answer_is_waited_for_no_longer_than_allowed()
    {
        using var robot = new Robot(new ViewerOptions { Port = 0, Node = "busy", Timeout = TimeSpan.FromSeconds(1) });
        using var busy = Rclcs.CreateNode("busy", robot.Node.Context);
        using var service = busy.CreateService<Classify.Request, Classify.Response>("~/classify", _ => new Classify.Response()); // nobody spins it
        await WaitForTheNode(robot.Http);
        using var form = Form(await File.ReadAllBytesAsync(Photographs.GraceHopper));
        using var answer = await robot.Http.PostAsync("/v1/classify", form);
        await ExpectProblem(answer, 504, "The node /busy has not answered within 1 s");
    }

    [Test]
    public async Task A_token_of_any_letters_is_in_the_address()
    {
        using var robot = new Robot(new ViewerOptions { Port = 0, Address = IPAddress.Any, Token = "a+b&c#d" });
        using var stranger = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{robot.Http.BaseAddress!.Port}") };
        using var page = await stranger.GetAsync(new Uri(robot.Address).PathAndQuery);
        Assert.That(page.IsSuccessStatusCode);
    }

    [Test]
    public async Task An_address_that_others_reach_asks_for_the_token()
    {
        using var robot = new Robot(new ViewerOptions { Port = 0, Address = IPAddress.Any, Token = "secret" });
        Assert.That(robot.Address, Does.EndWith("/?token=secret"));
        using var stranger = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{robot.Http.BaseAddress!.Port}") };
        using var refused = await stranger.GetAsync("/v1/models");
        await ExpectProblem(refused, 401, "token");
        using var page = await stranger.GetAsync("/?token=secret"); // Follows to the page, with a cookie.
        Assert.That(page.RequestMessage!.RequestUri!.Query, Is.Empty);
        using var cookie = await stranger.GetAsync("/v1/models");
        Assert.That(cookie.IsSuccessStatusCode);
        using var guesser = new HttpClient { BaseAddress = stranger.BaseAddress };
        guesser.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "guess");
        using var guessed = await guesser.GetAsync("/v1/models");
        await ExpectProblem(guessed, 401, "token");
        using var authorized = await robot.Http.GetAsync($"http://127.0.0.1:{robot.Http.BaseAddress.Port}/v1/models");
        Assert.That(authorized.IsSuccessStatusCode);
    }

    private face_attributes.msg.FaceAttributesArray AskNode(Mat picture)
    {
        using var client = _robot.Node.CreateClient<Classify.Request, Classify.Response>("~/classify");
        Assert.That(client.WaitForService(TimeSpan.FromSeconds(30)));
        using var memory = new rclcs.Serialization.UnmanagedMemory();
        return client.CallAsync(new Classify.Request { Image = BgrPicture.Message(picture, memory) }).Result.Faces;
    }

    private async Task<HttpResponseMessage> Post(string path, byte[] body, string type)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return await Http.PostAsync(path, content);
    }

    private async Task<HttpResponseMessage> Put(string name, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        return await Http.PutAsync($"/v1/parameters/{name}", content);
    }

    private static MultipartFormDataContent Form(byte[] file) => new() { { new ByteArrayContent(file), "image", "picture" } };

    private static async Task<JsonElement> Json(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That(answer.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }

    private static async Task ExpectProblem(HttpResponseMessage answer, int status, string named)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That((int)answer.StatusCode, Is.EqualTo(status), text);
        Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
        var problem = JsonDocument.Parse(text).RootElement;
        Assert.That(problem.GetProperty("status").GetInt32(), Is.EqualTo(status));
        Assert.That(problem.GetProperty("detail").GetString(), Does.Contain(named).And.Not.Contain("\n"));
    }

    /// <summary>A PNG that says to be so large, with nothing in it.</summary>
    private static byte[] Png(int width, int height)
    {
        var bytes = new byte[60_000];
        byte[] start = [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, 0, 0, 0, 13, .. "IHDR"u8];
        start.CopyTo(bytes, 0);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(16), width);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(20), height);
        (bytes[24], bytes[25]) = (8, 2);
        return bytes;
    }
}
