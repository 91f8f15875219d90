using System.Text.Json;
using Microsoft.Playwright;

namespace FaceViewer.Tests;

/// <summary>The page in a real Chromium.</summary>
public sealed class BrowserTests
{
    private const string Chromium = "/usr/bin/chromium";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // Where the camera's grey wall ends and the portrait begins in the row that no box or tag reaches, and what is drawn for each face.
    private const string LookAtFrames =
        """
        count => new Promise(resolve => {
          const canvas = document.getElementById('picture'), frames = [];
          const look = event => {
            const context = canvas.getContext('2d');
            const row = context.getImageData(0, 345, 400, 1).data;
            let edge = 0;
            while (edge < 400 && Math.abs(row[4 * edge] - 130) + Math.abs(row[4 * edge + 1] - 120) + Math.abs(row[4 * edge + 2] - 110) < 60) edge++;
            event.detail.faces.forEach(face => {
              const box = face.roi;
              const left = context.getImageData(box.x_offset, box.y_offset + (box.height >> 1), 1, 1).data;
              const middle = context.getImageData(box.x_offset + (box.width >> 1), box.y_offset + (box.height >> 1), 1, 1).data;
              frames.push({ second: parseInt(event.detail.stamp), edge: edge, center: box.x_offset + box.width / 2, width: box.width,
                left: Array.from(left), middle: Array.from(middle), emotion: face.emotion.label, delay: event.detail.delay });
            });
            if (frames.length >= count) { canvas.removeEventListener('shown', look); resolve(frames); }
          };
          canvas.addEventListener('shown', look);
        })
        """;

    private const string CountFrames = "window.frames_ = 0; document.getElementById('picture').addEventListener('shown', () => window.frames_++);";

    private readonly List<string> _errors = [];
    private Robot _robot = null!;
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;
    private IPage _page = null!;

    [OneTimeSetUp]
    public async Task StartBrowser()
    {
        if (!File.Exists(Chromium))
            Assert.Ignore("Chromium is not installed; ./test installs Debian's package chromium.");
        _robot = new Robot(new ViewerOptions { Port = 0 });
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium,
            Args = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    [OneTimeTearDown]
    public async Task StopBrowser()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        _robot?.Dispose();
    }

    [SetUp]
    public async Task OpenPage() => _page = await Open(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = 1280, Height = 900 } });

    [TearDown]
    public async Task ClosePage()
    {
        await _page.CloseAsync();
        Assert.That(_errors, Is.Empty, "errors on the console");
    }

    [Test]
    public async Task Boxes_sit_on_the_faces_of_the_picture_they_belong_to()
    {
        var frames = await Frames(_page, 12);
        foreach (var frame in frames.EnumerateArray())
        {
            var offset = 40 + Robot.OffsetOf(frame.GetProperty("second").GetInt32());
            Assert.That(frame.GetProperty("edge").GetInt32(), Is.EqualTo(offset).Within(3), "the picture is that of the stamp");
            Assert.That(frame.GetProperty("center").GetDouble(), Is.EqualTo(offset + 123).Within(20), "the box is that of the picture");
            var color = frame.GetProperty("left").EnumerateArray().Select(channel => channel.GetInt32()).ToArray();
            var expected = frame.GetProperty("emotion").GetString() switch
            {
                "happy" => (int[])[255, 225, 0, 255],
                "angry" => [255, 80, 80, 255],
                "sad" => [70, 150, 255, 255],
                "surprise" => [0, 235, 255, 255],
                _ => [90, 225, 90, 255],
            };
            Assert.That(color, Is.EqualTo(expected), "the box's edge has its emotion's colour");
            Assert.That(frame.GetProperty("middle").EnumerateArray().Take(3).Select(channel => channel.GetInt32()), Is.Not.EqualTo(expected.Take(3)));
        }

        await _page.Locator("[data-face]").First.WaitForAsync();
        Assert.That(await _page.Locator("[data-face]").First.InnerTextAsync(), Does.Contain("female").And.Contain("happy").And.Contain("%"));
    }

    [Test]
    public async Task A_parameter_that_is_changed_in_the_page_reaches_the_node_and_can_be_reset()
    {
        await _page.Locator("details[data-group=annotated] summary").ClickAsync();
        var input = _page.Locator("[data-parameter='annotated.jpeg_quality']");
        await Set(input, "61");
        Assert.That(_robot.Node.Parameters.Get<long>("annotated.jpeg_quality"), Is.EqualTo(61));
        await Expect(input, "max", "100");

        var refusal = _page.RunAndWaitForResponseAsync(() => input.FillAndLeaveAsync("400"), response => response.Request.Method == "PUT");
        Assert.That((await refusal).Status, Is.EqualTo(422));
        await _page.GetByText("1 to 100 is allowed").WaitForAsync();
        Assert.That(await input.InputValueAsync(), Is.EqualTo("61"));
        _errors.RemoveAll(error => error.Contains("422", StringComparison.Ordinal)); // The browser logs each answer above 400.

        await _page.RunAndWaitForResponseAsync(
            () => _page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Reset annotated.jpeg_quality" }).ClickAsync(),
            response => response.Request.Method == "PUT");
        Assert.That(_robot.Node.Parameters.Get<long>("annotated.jpeg_quality"), Is.EqualTo(80));
    }

    [Test]
    public async Task The_page_says_so_where_no_pictures_are_shown_and_goes_on_with_the_faces()
    {
        var privacy = _page.Locator("[data-parameter='privacy']");
        await Choose(privacy, "no_images");
        await _page.GetByText("The node shows no pictures").WaitForAsync();
        await _page.Locator("[data-face]").First.WaitForAsync();
        await Choose(privacy, "none");
        await _page.Locator("#notice").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Hidden });
    }

    [Test]
    public async Task A_picture_that_shows_more_than_privacy_allows_now_is_not_saved_any_more()
    {
        await Frames(_page, 2);
        await _page.Locator("#save").ClickAsync();
        await _page.Locator("#saving").WaitForAsync();
        Assert.That(_robot.Node.Parameters.Set("privacy", "blur_all").Successful);
        await _page.Locator("#saving").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Hidden });
    }

    [Test]
    public async Task The_page_recovers_when_the_node_is_started_anew()
    {
        _robot.StopNode();
        await _page.GetByText("is not there").WaitForAsync();
        _robot.StartNode();
        await _page.GetByText("/face_attributes is there").WaitForAsync();
        await Frames(_page, 2);
        _errors.RemoveAll(error => error.Contains("503", StringComparison.Ordinal));
    }

    [Test]
    public async Task It_fits_a_small_screen()
    {
        await _page.SetViewportSizeAsync(320, 480);
        await Frames(_page, 2);
        Assert.That(await _page.EvaluateAsync<int>("document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(320));
        var picture = await _page.Locator("#picture").BoundingBoxAsync();
        Assert.That((picture!.Width, picture.Y + picture.Height), Is.EqualTo((308f, 400f)).Using<(float, float)>((a, b) => a.Item1 > 290 && a.Item2 < 480));
    }

    [Test]
    public async Task The_picture_stands_still_and_goes_on_by_steps_with_the_keyboard_too()
    {
        await Frames(_page, 3);
        await _page.EvaluateAsync(CountFrames);
        await _page.Locator("#picture").FocusAsync();
        await _page.Keyboard.PressAsync("Space");
        Assert.That(await _page.Locator("#pause").GetAttributeAsync("aria-pressed"), Is.EqualTo("true"));
        var paused = await _page.EvaluateAsync<int>("window.frames_");
        await _page.Keyboard.PressAsync("ArrowLeft");
        await _page.Keyboard.PressAsync("ArrowRight");
        Assert.That(await _page.EvaluateAsync<int>("window.frames_"), Is.EqualTo(paused + 2));
        await _page.Locator("#pause").ClickAsync();
        await Frames(_page, 3);
    }

    [Test]
    public async Task A_picture_is_saved_only_after_the_notice()
    {
        await Frames(_page, 1);
        await _page.Locator("#save").ClickAsync();
        Assert.That(await _page.Locator("#saving").InnerTextAsync(), Does.Contain("Ask the people first"));
        await _page.Locator("#save-no").ClickAsync();
        Assert.That(await _page.Locator("#saving").IsVisibleAsync(), Is.False);
        await _page.Locator("#save").ClickAsync();
        var download = await _page.RunAndWaitForDownloadAsync(() => _page.Locator("#save-yes").ClickAsync());
        Assert.That(download.SuggestedFilename, Does.Match(@"^face_attributes_\d+\.\d+\.png$"));
        var path = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"{Guid.NewGuid()}.png");
        await download.SaveAsAsync(path);
        using (var picture = OpenCvSharp.Cv2.ImRead(path))
            Assert.That((picture.Width, picture.Height), Is.EqualTo((640, 480)));
        File.Delete(path);
    }

    [Test]
    public async Task What_the_network_looks_at_is_shown_on_demand()
    {
        await _page.Locator("#explain").ClickAsync();
        await _page.Locator("#explanation").WaitForAsync();

        // The next explanation may come while one is decoded. Waited for in the page: what Playwright 1.64.1 evaluates again and again, the page's policy forbids.
        await _page.EvaluateAsync(
            """
            async () => {
              while (document.getElementById('explanation').naturalWidth !== 768)
                await new Promise(requestAnimationFrame);
            }
            """).WaitAsync(Patience);
        await _page.Locator("#explain").ClickAsync();
        Assert.That(await _page.Locator("#explanation").IsVisibleAsync(), Is.False);
    }

    [Test]
    public async Task Every_control_has_a_name()
    {
        await _page.Locator("[data-parameter='privacy']").WaitForAsync();
        Assert.That(await _page.EvaluateAsync<int>(
            "Array.from(document.querySelectorAll('input, select')).filter(input => !input.labels.length || !input.labels[0].textContent.trim()).length"), Is.Zero);
        Assert.That(await _page.EvaluateAsync<int>("Array.from(document.querySelectorAll('button')).filter(button => !button.textContent.trim()).length"), Is.Zero);
    }

    [Test]
    public async Task A_browser_without_modules_runs_the_same_page()
    {
        await using var context = await _browser.NewContextAsync();
        await context.RouteAsync("**/main.js", route => route.FulfillAsync(new RouteFulfillOptions { ContentType = "text/javascript", Body = "" }));

        // What old browsers don't have either.
        await context.AddInitScriptAsync("delete window.createImageBitmap;");
        var page = Watch(await context.NewPageAsync());
        await page.GotoAsync(_robot.Address);
        Assert.That(await page.Locator("script[nomodule]").GetAttributeAsync("src"), Is.EqualTo("classic.js"));
        await page.AddScriptTagAsync(new PageAddScriptTagOptions { Url = "/classic.js" });
        await Frames(page, 3);
        await page.CloseAsync();
    }

    private async Task<IPage> Open(BrowserNewPageOptions options)
    {
        _errors.Clear();
        var page = Watch(await _browser.NewPageAsync(options));
        await page.GotoAsync(_robot.Address);
        return page;
    }

    /// <summary>The next frames that are shown.</summary>
    private static Task<JsonElement> Frames(IPage page, int count) => page.EvaluateAsync<JsonElement>(LookAtFrames, count).WaitAsync(Patience);

    private IPage Watch(IPage page)
    {
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                _errors.Add(message.Text);
        };
        page.PageError += (_, error) => _errors.Add(error);
        return page;
    }

    private async Task Set(ILocator input, string value) =>
        await _page.RunAndWaitForResponseAsync(() => input.FillAndLeaveAsync(value), response => response.Request.Method == "PUT" && response.Status == 204);

    private async Task Choose(ILocator select, string value) =>
        await _page.RunAndWaitForResponseAsync(() => select.SelectOptionAsync(value), response => response.Request.Method == "PUT" && response.Status == 204);

    private static async Task Expect(ILocator input, string attribute, string value) =>
        Assert.That(await input.GetAttributeAsync(attribute), Is.EqualTo(value));
}

/// <summary>What people do with a field.</summary>
internal static class Fields
{
    /// <summary>Writes into it and goes on to the next one.</summary>
    public static async Task FillAndLeaveAsync(this ILocator input, string value)
    {
        await input.FillAsync(value);
        await input.BlurAsync();
    }
}
