namespace FaceAttributes.Evaluation.Tests;

/// <summary>What <c>evaluate</c> says and does when it is called.</summary>
/// <param name="command">The command's name, as the first of the arguments.</param>
public abstract class CommandFixture(params string[] command)
{
    /// <summary>Calls it.</summary>
    protected (int Code, string Report, string Progress) Run(params string[] arguments)
    {
        using StringWriter output = new(), errors = new();
        var code = EvaluateCommand.Run([.. command, .. arguments], output, errors);
        return (code, output.ToString(), errors.ToString());
    }

    /// <summary>That it is refused with one sentence, behind what it has told of its progress.</summary>
    /// <param name="message">A regular expression for a part of it.</param>
    /// <param name="arguments">The command line.</param>
    protected void AssertRefused(string message, params string[] arguments)
    {
        var (code, report, errors) = Run(arguments);
        Assert.That(code, Is.EqualTo(1), errors);
        Assert.That(report, Is.Empty);
        Assert.That(errors.TrimEnd().Split('\n')[^1], Does.Match(message));
    }
}
