namespace rclcs.Tests.Support;

/// <summary>Which middleware the tests run on.</summary>
internal static class Middlewares
{
    public static bool IsRcl => Environment.GetEnvironmentVariable("RCLCS_MIDDLEWARE") == "rcl";
}
