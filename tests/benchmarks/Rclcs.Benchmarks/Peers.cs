using System.Diagnostics;

namespace rclcs.Benchmarks;

/// <summary>Builds the programs in C and C++ that Rclcs is compared with.</summary>
internal static class Peers
{
    /// <summary>C on Debian's libddsc. Null, with a word on standard error, where that cannot be built.</summary>
    public static Client? BuildDdsc()
    {
        // Not the libddsc of a sourced ROS 2.
        var program = Build("ddsc", without: ["CMAKE_PREFIX_PATH", "LD_LIBRARY_PATH"]);
        return program is null ? null : new Client("C on libddsc", program);
    }

    /// <summary>C++ on rclcpp. Null without a sourced ROS 2.</summary>
    public static Client? BuildRclcpp()
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("AMENT_PREFIX_PATH")))
            return null;

        var program = Build("rclcpp", without: []);
        return program is null ? null : new Client("C++ on rclcpp", program);
    }

    private static string? Build(string name, string[] without)
    {
        var source = Path.Combine(AppContext.BaseDirectory, "peers", name);
        var build = Path.Combine(AppContext.BaseDirectory, "peers", "build", name);
        if (CMake(without, "-S", source, "-B", build) && CMake(without, "--build", build))
            return Path.Combine(build, name + "_peer");

        Console.Error.WriteLine($"{name} is left out: it could not be built. See the first lines of peers/{name}/CMakeLists.txt.");
        return null;
    }

    private static bool CMake(string[] without, params string[] args)
    {
        var start = new ProcessStartInfo("cmake", args) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in without)
            start.Environment.Remove(name);

        try
        {
            using var cmake = Process.Start(start)!;
            var errors = cmake.StandardError.ReadToEndAsync();
            cmake.StandardOutput.ReadToEnd();
            cmake.WaitForExit();
            if (cmake.ExitCode == 0)
                return true;

            Console.Error.Write(errors.Result);
            return false;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
