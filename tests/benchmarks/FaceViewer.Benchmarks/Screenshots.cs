using Microsoft.Playwright;

namespace FaceViewer.Benchmarks;

/// <summary>The pictures of the page that the README shows, of the replayed scene.</summary>
internal static class Screenshots
{
    public static async Task<int> RunAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        using var robot = await Robot.StartAsync();
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync(robot.Address!, 1280, 1080);
        await page.Locator("#explain").ClickAsync();
        await Task.Delay(TimeSpan.FromSeconds(20)); // Something for the timeline to show.
        await page.EvaluateAsync("window.scrollTo(0, 0)");
        await TakeAsync(page, folder, "viewer");
        var small = await browser.OpenAsync(robot.Address!, 320, 480);
        await Task.Delay(TimeSpan.FromSeconds(2));
        await TakeAsync(small, folder, "viewer_small");
        await page.Locator("#explain").ClickAsync();
        foreach (var mode in (string[])["blur_all", "blur_unknown"])
        {
            await page.Locator("[data-parameter=privacy]").SelectOptionAsync(mode);
            await Task.Delay(TimeSpan.FromSeconds(2));
            await page.Locator("#picture").ScreenshotAsync(new LocatorScreenshotOptions { Path = Path.Combine(folder, $"viewer_{mode}.jpg"), Type = ScreenshotType.Jpeg, Quality = 80 });
        }

        return 0;
    }

    private static async Task TakeAsync(IPage page, string folder, string name) => await page.ScreenshotAsync(
        new PageScreenshotOptions { Path = Path.Combine(folder, name + ".jpg"), Type = ScreenshotType.Jpeg, Quality = 80 });
}
