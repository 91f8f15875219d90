using Microsoft.CodeAnalysis;

namespace rclcs.Generator.Tests;

public sealed class DiagnosticTests
{
    private const string NeitherFieldNorConstant =
        "is neither a field ('type name [default]') nor a constant ('type NAME=value')";

    private const string LowerCase =
        "it must be lower-case letters, digits and single underscores, start with a letter and not end with an underscore";

    private const string UpperCase =
        "it must be capital letters, digits and single underscores, start with a letter and not end with an underscore";

    private const string Message = "it must be letters and digits, starting with a capital letter";
    private const string Unknown = "is neither among the project's .msg files nor in an assembly that it refers to";
    private const string OnlyPrimitives = "but only single numbers, bools and unbounded strings can be constants";

    [TestCase("int32", "RCLCS0001", "'int32' " + NeitherFieldNorConstant)]
    [TestCase("int32  # name", "RCLCS0001", "'int32' " + NeitherFieldNorConstant)]
    [TestCase("int23 x", "RCLCS0002",
        "'int23' is not a type: 'int23' is neither a primitive type nor a message name, " + Message)]
    [TestCase("int32[0] x", "RCLCS0002", "'int32[0]' is not a type: its size '0' must be a whole number from 1 to 2147483647")]
    [TestCase("int32[<=] x", "RCLCS0002", "'int32[<=]' is not a type: its size '' must be a whole number from 1 to 2147483647")]
    [TestCase("int32[-1] x", "RCLCS0002", "'int32[-1]' is not a type: its size '-1' must be a whole number from 1 to 2147483647")]
    [TestCase("int32] x", "RCLCS0002", "'int32]' is not a type: the '[' is missing")]
    [TestCase("int32[][] x", "RCLCS0002",
        "'int32[][]' is not a type: 'int32[]' is neither a primitive type nor a message name, " + Message)]
    [TestCase("string<=ten x", "RCLCS0002",
        "'string<=ten' is not a type: its size 'ten' must be a whole number from 1 to 2147483647")]
    [TestCase("int32<=10 x", "RCLCS0002",
        "'int32<=10' is not a type: only string and wstring take a bound behind the type's name")]
    [TestCase("a/b/c/D x", "RCLCS0002",
        "'a/b/c/D' is not a type: a message type is written 'Type', 'package/Type' or 'package/msg/Type'")]
    [TestCase("Bad_/Type x", "RCLCS0002", "'Bad_/Type' is not a type: 'Bad_' is not a package name, " + LowerCase)]
    [TestCase("Missing x", "RCLCS0003", "The message type 'test_pkg/msg/Missing' " + Unknown)]
    [TestCase("Header header", "RCLCS0003",
        "The message type 'test_pkg/msg/Header' " + Unknown + " (ROS 2 spells it std_msgs/Header)")]
    [TestCase("int32 Bad", "RCLCS0004", "'Bad' is not a field name: " + LowerCase)]
    [TestCase("int32 a__b", "RCLCS0004", "'a__b' is not a field name: " + LowerCase)]
    [TestCase("int32 ends_", "RCLCS0004", "'ends_' is not a field name: " + LowerCase)]
    [TestCase("int32 lower=1", "RCLCS0004", "'lower' is not a constant name: " + UpperCase)]
    [TestCase("int32[] X=[1]", "RCLCS0005", "The constant 'X' has the type 'int32[]', " + OnlyPrimitives)]
    [TestCase("std_msgs/Header X=1", "RCLCS0005", "The constant 'X' has the type 'std_msgs/Header', " + OnlyPrimitives)]
    [TestCase("int32 ok\nint8 ok", "RCLCS0006", "'ok' is already the name of another field of this message")]
    [TestCase("int32 A=1\nint8 A=2", "RCLCS0006", "'A' is already the name of another constant of this message")]
    [TestCase("uint8 x 256", "RCLCS0007",
        "'256' is not a value of type 'uint8': it must be a whole number from 0 to 255")]
    [TestCase("int8 X=-129", "RCLCS0007",
        "'-129' is not a value of type 'int8': it must be a whole number from -128 to 127")]
    [TestCase("int32 X=", "RCLCS0007",
        "'' is not a value of type 'int32': it must be a whole number from -2147483648 to 2147483647")]
    [TestCase("int32 x 1.5", "RCLCS0007",
        "'1.5' is not a value of type 'int32': it must be a whole number from -2147483648 to 2147483647")]
    [TestCase("uint64 x 18446744073709551616", "RCLCS0007",
        "'18446744073709551616' is not a value of type 'uint64': it must be a whole number from 0 to 18446744073709551615")]
    [TestCase("uint64 x 99999999999999999999999999999999999", "RCLCS0007",
        "'99999999999999999999999999999999999' is not a value of type 'uint64': it must be a whole number from 0 to 18446744073709551615")]
    [TestCase("int32 x 0x", "RCLCS0007",
        "'0x' is not a value of type 'int32': it must be a whole number from -2147483648 to 2147483647")]
    [TestCase("bool x yes", "RCLCS0007", "'yes' is not a value of type 'bool': it must be true, false, 1 or 0")]
    [TestCase("float32 x 1,5", "RCLCS0007",
        "'1,5' is not a value of type 'float32': it must be a number with '.' as the decimal point")]
    [TestCase("float32 x 1e39", "RCLCS0007", "'1e39' is not a value of type 'float32': it is too large")]
    [TestCase("string<=3 x four", "RCLCS0007",
        "'four' is not a value of type 'string<=3': it is longer than the 3 units that are allowed")]
    [TestCase("string x 'a'b'", "RCLCS0007",
        "''a'b'' is not a value of type 'string': within the text a ' is written \\'")]
    [TestCase("int32[2] x [1]", "RCLCS0007",
        "'[1]' is not a value of type 'int32[2]': it has 1 elements, but must have 2")]
    [TestCase("int32[<=2] x [1, 2, 3]", "RCLCS0007",
        "'[1, 2, 3]' is not a value of type 'int32[<=2]': it has 3 elements, but at most 2 are allowed")]
    [TestCase("int32[] x 1", "RCLCS0007",
        "'1' is not a value of type 'int32[]': the default of an array stands between '[' and ']'")]
    [TestCase("int32[] x [1,]", "RCLCS0007",
        "'[1,]' is not a value of type 'int32[]': it must be a whole number from -2147483648 to 2147483647")]
    [TestCase("string[] x [\"a]", "RCLCS0007",
        "'[\"a]' is not a value of type 'string[]': the closing \" of \"a is missing "
        + "(a # starts a comment even between quotes)")]
    [TestCase(" int32 x", "RCLCS0001", "' int32 x' " + NeitherFieldNorConstant + ": it begins with a blank, which ROS doesn't allow")]
    [TestCase("@optional int32 x", "RCLCS0001", "'@optional int32 x' " + NeitherFieldNorConstant
        + ": annotations like @optional, which the newest rosidl knows, are not supported; take it out")]
    [TestCase("time x", "RCLCS0002",
        "'time' is not a type: 'time' is a type of ROS 1, which is called builtin_interfaces/Time in ROS 2")]
    [TestCase("duration[] x", "RCLCS0002",
        "'duration[]' is not a type: 'duration' is a type of ROS 1, which is called builtin_interfaces/Duration in ROS 2")]
    [TestCase("std_msgs/Header x {}", "RCLCS0007",
        "'{}' is not a value of type 'std_msgs/Header': a message cannot have a default")]
    [TestCase("Bad x", "RCLCS0008", "The message 'test_pkg/msg/Bad' contains itself through 'x'")]
    public void A_bad_line_is_one_error_with_one_clear_sentence(string text, string id, string sentence)
    {
        var errors = Generation.Errors(new MsgFile("/ws/test_pkg/msg/Bad.msg", text));

        Assert.That(errors.Select(error => error.Id), Is.EqualTo(new[] { id }));
        Assert.That(errors[0].Severity, Is.EqualTo(DiagnosticSeverity.Error));
        Assert.That(errors[0].GetMessage(), Is.EqualTo(sentence));
    }

    [TestCase("int32 ok\n\nint32[]  x  [1, two]", 2, 12, 20)]
    [TestCase("# comment\nint32 Bad # why", 1, 6, 9)]
    [TestCase("int32 ok\r\nMissing\tx", 1, 0, 7)]
    [TestCase("string TEXT=ok\nuint8  X = 300", 1, 11, 14)]
    public void An_error_points_at_file_line_and_columns(string text, int line, int start, int end)
    {
        var errors = Generation.Errors(new MsgFile("/ws/test_pkg/msg/Bad.msg", text));

        Assert.That(errors, Has.Count.EqualTo(1));
        var position = errors[0].Location.GetLineSpan();
        Assert.That(position.Path, Is.EqualTo("/ws/test_pkg/msg/Bad.msg"));
        Assert.That(position.StartLinePosition.Line, Is.EqualTo(line));
        Assert.That(position.StartLinePosition.Character, Is.EqualTo(start));
        Assert.That(position.EndLinePosition.Character, Is.EqualTo(end));
    }

    [Test]
    public void Every_bad_line_of_a_file_is_reported()
    {
        var errors = Generation.Errors(new MsgFile("/ws/test_pkg/msg/Bad.msg", "int23 a\nint32 B\nint8 c 300"));

        Assert.That(errors.Select(error => error.Id), Is.EqualTo(new[] { "RCLCS0002", "RCLCS0004", "RCLCS0007" }));
    }

    [TestCase("/ws/Bad-Package/msg/Good.msg", null,
        "'Bad-Package' is not a package name: " + LowerCase + "; name it by RosPackage")]
    [TestCase("/ws/test_pkg/msg/Good.msg", "Bad",
        "'Bad' is not a package name: " + LowerCase + "; name it by RosPackage")]
    [TestCase("/ws/test_pkg/msg/bad_name.msg", null, "'bad_name' is not a message name: " + Message)]
    public void A_file_whose_name_or_package_ROS_does_not_allow_is_refused(string path, string? package, string sentence)
    {
        var errors = Generation.Errors(new MsgFile(path, "int32 x", package));

        Assert.That(errors.Select(error => error.Id), Is.EqualTo(new[] { "RCLCS0009" }));
        Assert.That(errors[0].GetMessage(), Is.EqualTo(sentence));
    }

    [Test]
    public void A_message_defined_twice_is_an_error_at_the_second_file()
    {
        var errors = Generation.Errors(
            new MsgFile("/a/test_pkg/msg/Twice.msg", "int32 x"), new MsgFile("/b/test_pkg/msg/Twice.msg", "int32 y"));

        Assert.That(errors.Select(error => error.Id), Is.EqualTo(new[] { "RCLCS0010" }));
        Assert.That(errors[0].Location.GetLineSpan().Path, Is.EqualTo("/b/test_pkg/msg/Twice.msg"));
        Assert.That(
            errors[0].GetMessage(),
            Is.EqualTo("'test_pkg/msg/Twice' is already defined by '/a/test_pkg/msg/Twice.msg'"));
    }

    [TestCase("int32 x", 0, "this file has none")]
    [TestCase("int32 x\n ---\n", 1, "' ---' is neither")]
    [TestCase("int32 x\n---\nint32 y\n---\n", 3, "this is one more")]
    public void A_service_without_one_line_between_request_and_response_is_refused(string text, int line, string sentence)
    {
        var errors = Generation.Errors(new MsgFile("/ws/test_pkg/srv/Bad.srv", text));

        Assert.That(errors.Select(error => error.Location.GetLineSpan().StartLinePosition.Line), Does.Contain(line));
        Assert.That(errors.Select(error => error.GetMessage()), Has.Some.Contain(sentence));
        Assert.That(errors.Select(error => error.Location.GetLineSpan().Path), Is.All.EqualTo("/ws/test_pkg/srv/Bad.srv"));
    }

    [Test]
    public void An_error_in_a_response_points_at_its_line_in_the_file()
    {
        var errors = Generation.Errors(
            new MsgFile("/ws/test_pkg/srv/Bad.srv", "int32 x\r\n---\r\nint32 x\r\nMissing y\r\nint23 z"));

        Assert.That(errors.Select(error => (error.Id, error.Location.GetLineSpan().StartLinePosition.Line)), Is.EqualTo(new[]
        {
            ("RCLCS0002", 4),
            ("RCLCS0003", 3),
        }));
    }

    [Test]
    public void A_service_defined_twice_is_an_error_at_the_second_file()
    {
        var errors = Generation.Errors(
            new MsgFile("/a/test_pkg/srv/Twice.srv", "---"), new MsgFile("/b/test_pkg/srv/Twice.srv", "---"));

        Assert.That(
            errors.Select(error => error.GetMessage()),
            Is.EqualTo(new[] { "'test_pkg/srv/Twice' is already defined by '/a/test_pkg/srv/Twice.srv'" }));
        Assert.That(errors[0].Location.GetLineSpan().Path, Is.EqualTo("/b/test_pkg/srv/Twice.srv"));
    }

    [Test]
    public void A_service_whose_name_ROS_does_not_allow_is_refused_once()
    {
        var errors = Generation.Errors(new MsgFile("/ws/test_pkg/srv/bad_name.srv", "---"));

        Assert.That(
            errors.Select(error => error.GetMessage()), Is.EqualTo(new[] { "'bad_name' is not a service name: " + Message }));
    }

    [Test]
    public void Messages_that_contain_each_other_are_an_error_in_each()
    {
        var errors = Generation.Errors(
            new MsgFile("/ws/test_pkg/msg/Egg.msg", "Hen[] hens"), new MsgFile("/ws/test_pkg/msg/Hen.msg", "Egg egg"));

        Assert.That(errors.Select(error => error.GetMessage()), Is.EquivalentTo(new[]
        {
            "The message 'test_pkg/msg/Egg' contains itself through 'hens'",
            "The message 'test_pkg/msg/Hen' contains itself through 'egg'",
        }));
    }

    [Test]
    public void An_error_in_one_file_brings_forth_none_in_the_others()
    {
        Generation.Driver(
                new MsgFile("/ws/test_pkg/msg/Broken.msg", "int32 good\nint23 bad"),
                new MsgFile("/ws/test_pkg/msg/User.msg", "Broken broken"))
            .RunGeneratorsAndUpdateCompilation(Generation.Project(), out var compilation, out var errors);

        Assert.That(errors.Select(error => error.Id), Is.EqualTo(new[] { "RCLCS0002" }));
        Assert.That(compilation.GetDiagnostics(), Is.Empty);
    }
}
