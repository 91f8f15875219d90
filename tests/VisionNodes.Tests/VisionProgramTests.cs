using System.Text;
using OpenCvSharp;
using rclcs;
using Vision.Imaging;
using Vision.Inference;

namespace VisionNodes.Tests;

public class VisionProgramTests
{
    private StringWriter _output = null!;
    private StringWriter _errors = null!;
    private (TextWriter Output, TextWriter Errors) _console;

    [SetUp]
    public void TakeConsole()
    {
        _console = (Console.Out, Console.Error);
        (_output, _errors) = (new StringWriter(), new StringWriter());
        Console.SetOut(_output);
        Console.SetError(_errors);
    }

    [TearDown]
    public void GiveConsoleBack()
    {
        Console.SetOut(_console.Output);
        Console.SetError(_console.Errors);
        _output.Dispose();
        _errors.Dispose();
    }

    [TestCase("--help")]
    [TestCase("-h")]
    public void Help_is_shown_and_nothing_else_is_done(string option)
    {
        Assert.That(Run(option, "--ros-args", "--no-such-option"), Is.Zero);
        Assert.That(_output.ToString(), Is.EqualTo("How to use it." + Environment.NewLine));
        Assert.That(_errors.ToString(), Is.Empty);
    }

    [TestCase("-p", "x:=1")]
    [TestCase("__node:=other")]
    [TestCase("--ros-args", "-p", "x:=1", "--", "--help")]
    public void Arguments_that_nobody_understands_are_refused_in_one_sentence(params string[] args)
    {
        Assert.That(Run(args), Is.EqualTo(1));
        Assert.That(_errors.ToString().TrimEnd(), Does.StartWith("program: '")
            .And.Contains("come after --ros-args; see program --help.").And.Not.Contain("\n"));
    }

    [TestCaseSource(nameof(Exceptions))]
    public void Each_exception_of_the_table_ends_the_program_with_one_sentence(Exception error)
    {
        Assert.That(VisionProgram.Run("program", "", [], _ => throw error), Is.EqualTo(1));
        Assert.That(_errors.ToString().TrimEnd(), Does.StartWith("program: ").And.Length.GreaterThan("program: No".Length)
            .And.Not.Contain("\n").And.Not.Contain("Exception"));
    }

    [Test]
    public void The_table_has_each_exception_and_no_other()
    {
        // Of those, one ends the program without a word and another is met by Rclcs itself: their tests are there.
        string[] elsewhere = ["NotInitializedException", "OperationCanceledException", "CdrException"];
        var rows = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "README.md"))
            .SkipWhile(line => !line.StartsWith("| exception", StringComparison.Ordinal)).Skip(2)
            .TakeWhile(line => line.StartsWith('|'));
        var named = rows.SelectMany(row => row.Split('|')[1].Split(',')).Select(name => name.Trim(' ', '`'));

        Assert.That(named, Is.EquivalentTo(Exceptions().Select(error => error.GetType().Name).Distinct().Concat(elsewhere)));
    }

    [Test]
    public void A_fault_of_the_programs_own_is_not_hidden() => Assert.That(
        () => VisionProgram.Run("program", "", [], _ => throw new InvalidOperationException("No.")),
        Throws.InvalidOperationException);

    [Test]
    public void A_console_that_takes_nothing_ends_no_program()
    {
        using var full = new FullConsole();
        Console.SetError(full);
        var code = VisionProgram.Run("program", "", [], context =>
        {
            using var node = Rclcs.CreateNode("node", context);
            node.Logger.Info("Hello.");
            return 7;
        });

        Assert.That((code, full.Lines), Is.EqualTo((7, 1)));
        Assert.That(VisionProgram.Run("program", "", [], _ => throw new RuntimeError("No.")), Is.EqualTo(1));
    }

    private static IEnumerable<Exception> Exceptions()
    {
        yield return new RosArgumentsException("No way.");
        yield return new InvalidNameException("No way.");
        yield return new ParameterException("No way.");
        yield return new RuntimeError("No way.");
        yield return new ModelException("No way.");
        yield return new IOException("No way.");
        yield return new UnauthorizedAccessException("No way.");
        yield return new InvalidDataException("No way.");
        yield return new ImageException("No way.");
        var missing = new DllNotFoundException("Unable to load shared library 'OpenCvSharpExtern' or one of its dependencies.");
        yield return missing;
        yield return new TypeInitializationException("OpenCvSharp.Internal.NativeMethods", missing);
        yield return new EntryPointNotFoundException("Unable to find an entry point named 'x' in shared library 'onnxruntime'.");
        yield return Catch(() => _ = new byte[Array.MaxLength / 2, Array.MaxLength / 2]);
        yield return Catch(() =>
        {
            using var empty = new Mat();
            Cv2.CvtColor(empty, empty, ColorConversionCodes.BGR2GRAY);
        });
    }

    // Of those that only the runtime or OpenCV can make.
    private static Exception Catch(Action action)
    {
        try
        {
            action();
        }
        catch (Exception error)
        {
            return error;
        }

        throw new AssertionException("Nothing was thrown.");
    }

    private static int Run(params string[] args) =>
        VisionProgram.Run("program", "How to use it.", args, _ => throw new AssertionException("Not reached"));

    private sealed class FullConsole : TextWriter
    {
        public int Lines { get; private set; }

        public override Encoding Encoding => Encoding.UTF8;

        public override void WriteLine(string? value)
        {
            Lines++;
            throw new IOException("No space left on device");
        }
    }
}
