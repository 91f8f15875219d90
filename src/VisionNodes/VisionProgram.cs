using OpenCvSharp;
using rclcs;
using Vision;
using Vision.Imaging;
using Vision.Inference;

namespace VisionNodes;

/// <summary>A program around a node that works on images: its command line, its end, and the sentence for what stands in its way.</summary>
public static class VisionProgram
{
    /// <summary>Runs it like <see cref="Rclcs.Run"/>, and prints help where that is asked for.</summary>
    /// <param name="name">Of the program.</param>
    /// <param name="help">What <c>--help</c> shows.</param>
    /// <param name="args">The command line. It has no arguments but <c>--help</c> and those for ROS; others are refused.</param>
    /// <param name="work">Gets the initialized context and returns the exit code.</param>
    /// <returns>
    /// What the work returned; 1 after a sentence on standard error; 0 after help, and where SIGINT or SIGTERM came before the
    /// work was ready for it.
    /// </returns>
    public static int Run(string name, string help, string[] args, Func<Context, int> work)
    {
        if (args is ["--help" or "-h", ..])
        {
            Console.WriteLine(help);
            return 0;
        }

        return Rclcs.Run(name, args, context => context.Arguments is [var other, ..]
            ? throw new RosArgumentsException(
                $"'{other}' is no argument of this program: those for ROS, such as -p, -r and --params-file, come after --ros-args; see {name} --help.")
            : work(context), Describe);
    }

    /// <summary>The sentence for what a user can put right; null for a fault of the program's own.</summary>
    public static string? Describe(Exception error) => NativeLibraries.DescribeMissing(error) ?? error switch
    {
        ImageException or ModelException or IOException or UnauthorizedAccessException or InvalidDataException => error.Message,
        OpenCVException refused => $"OpenCV refuses: {refused.ErrMsg}",
        OutOfMemoryException => "There is not enough memory.",
        _ => null,
    };
}
