namespace rclcs.Tests.Support;

/// <summary>How long a test waits for what must come.</summary>
internal static class Within
{
    public static TimeSpan Time => TimeSpan.FromSeconds(60);
}
