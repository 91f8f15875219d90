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

    [Test]
    public void What_a_user_can_put_right_is_said_in_the_exceptions_own_sentence()
    {
        foreach (var error in new Exception[]
        {
            new ImageException("No."), new ModelException("No."), new IOException("No."), new UnauthorizedAccessException("No."),
            new InvalidDataException("No."),
        })
        {
            Assert.That(VisionProgram.Describe(error), Is.EqualTo("No."));
        }

        Assert.That(VisionProgram.Describe(new InsufficientMemoryException()), Is.EqualTo("There is not enough memory."));
        Assert.That(VisionProgram.Describe(new DllNotFoundException("OpenCvSharpExtern")), Does.Contain("of OpenCV is missing"));
    }

    [Test]
    public void What_OpenCV_refuses_is_one_sentence()
    {
        var error = Assert.Catch(() =>
        {
            using var empty = new OpenCvSharp.Mat();
            using var destination = new OpenCvSharp.Mat();
            OpenCvSharp.Cv2.CvtColor(empty, destination, OpenCvSharp.ColorConversionCodes.BGR2GRAY);
        });

        Assert.That(VisionProgram.Describe(error!), Does.StartWith("OpenCV refuses: ").And.Not.Contain("\n"));
    }

    [Test]
    public void A_fault_of_the_programs_own_is_not_hidden() =>
        Assert.That(VisionProgram.Describe(new InvalidOperationException("No.")), Is.Null);

    private static int Run(params string[] args) =>
        VisionProgram.Run("program", "How to use it.", args, _ => throw new AssertionException("Not reached"));
}
