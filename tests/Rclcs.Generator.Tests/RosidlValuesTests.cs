using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using rclcs.Generator.Parsing;

namespace rclcs.Generator.Tests;

/// <summary>Interface files mean what rosidl's own parser says, recorded in rosidl_values.json.</summary>
public sealed class RosidlValuesTests
{
    private static readonly JsonElement[] Rows = Load();

    private static readonly string[] Pieces =
    [
        " ", "\n", "\r", "\r\n", "\t", "\v", "\f", "\u001C", "\u0085", "\u2028", "\u2029", "\0", "\u0001", "\u00A0", "\uFEFF", "\uFFFE",
        "#", "# ", "=", "\"", "'", "\\", "\\\"", "\"\"\"", "[", "]", "[]", "[<=", "<=", "3", ",", "/", "//", "/*", "*/", "</summary>", "&", "]]>", "<![CDATA[",
        "{", "}", ";", "@", "---\n", "\n---\n", "int32 x\n", "string s ", "string S=", "float32 F=1e", "0x", "_", "-", "1e400", "nan", "Name y\n",
        "class", "\nint32 ", "é", "😀", "Name_Request r\n", "uint8[] ", "#region\n", "#if X\n", "$", "\\u2028", "%",
    ];

    [Test]
    public void Files_mean_what_rosidl_says() => Assert.Multiple(() =>
    {
        foreach (var row in Rows)
        {
            var isService = row.TryGetProperty("srv", out var text) || !row.TryGetProperty("msg", out text);
            var expected = row.TryGetProperty("ours", out var ours) ? ours : row.GetProperty("rosidl");
            Assert.That(Read(text.GetString()!, isService), Is.EqualTo(Show(expected)), JsonSerializer.Serialize(text));
        }
    });

    // Several hundred files in one project, each in a package of its own.
    [TestCase(0, 600)]
    public void Mutated_files_compile_or_have_an_error_at_file_and_line(int seed, int count) => Compile(seed, count);

    [Test]
    [Explicit("It takes minutes.")]
    public void Twenty_thousand_mutated_files_compile_or_have_an_error_at_file_and_line()
    {
        var compiled = Enumerable.Range(1, 20).Sum(seed => Compile(seed, 1000));
        TestContext.Out.WriteLine($"{compiled} files compile, {20_000 - compiled} have an error of ours.");
    }

    /// <summary>How many of some mutated files compile.</summary>
    private static int Compile(int seed, int count)
    {
        var random = new Random(seed);
        var files = Enumerable.Range(0, count).Select(i => Mutate($"p{i}", random)).ToArray();
        Generation.Driver(files).RunGeneratorsAndUpdateCompilation(Generation.Project(), out var compilation, out var errors);
        Assert.That(errors.Select(error => error.Id), Has.All.StartsWith("RCLCS0"));
        Assert.That(errors.Select(error => error.Location.GetLineSpan()), Has.All.Matches<FileLinePositionSpan>(place =>
            place.Path.EndsWith("Name.msg", StringComparison.Ordinal) || place.Path.EndsWith("Name.srv", StringComparison.Ordinal)));
        var wrong = errors.Select(error => error.Location.GetLineSpan().Path.Split('/')[0]).ToHashSet();
        var complaints = compilation.GetDiagnostics()
            .Where(diagnostic => diagnostic.Severity > DiagnosticSeverity.Hidden)
            .Select(diagnostic => (diagnostic, Package: diagnostic.Location.SourceTree is { } tree ? Path.GetFileName(tree.FilePath).Split('.')[0] : ""))
            .Where(complaint => !wrong.Contains(complaint.Package))
            .Select(complaint =>
                $"{JsonSerializer.Serialize(files.FirstOrDefault(file => file.RosPackage == complaint.Package)?.GetText().ToString())}: {complaint.diagnostic}");
        Assert.That(complaints, Is.Empty);
        Assert.That(wrong, Has.Count.InRange(1, count - 1));
        return count - wrong.Count;
    }

    private static MsgFile Mutate(string package, Random random)
    {
        var row = Rows[random.Next(Rows.Length)];
        var isService = row.TryGetProperty("srv", out var text) || !row.TryGetProperty("msg", out text);
        var result = new StringBuilder(text.GetString());
        if (random.Next(3) == 0)
            result.Insert(0, "# A comment\nint32 first 1 # one\n");

        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var at = random.Next(result.Length + 1);
            if (random.Next(4) == 0)
                result.Remove(at, Math.Min(random.Next(1, 4), result.Length - at));
            else
                result.Insert(at, Pieces[random.Next(Pieces.Length)]);
        }

        return new MsgFile($"{package}/Name.{(isService ? "srv" : "msg")}", result.ToString(), package);
    }

    private static string Read(string text, bool isService)
    {
        var file = new InterfaceFile($"pkg/Name.{(isService ? "srv" : "msg")}", "pkg", "Name", text.TrimStart('\uFEFF'));
        if (!isService)
        {
            var message = MessageParser.Parse(file, CancellationToken.None);
            return message.Problems.Count > 0 ? "refused" : Show(message);
        }

        var service = ServiceParser.Parse(file, CancellationToken.None);
        var isRefused = service.Messages.Any(message => message.Problems.Count > 0);
        return isRefused ? "refused" : $"{Show(service.Request)} --- {Show(service.Response)}";
    }

    private static string Show(MessageDefinition message) => string.Join("; ", message.Fields.Select(field => Show(field)).Concat(message.Constants.Select(constant =>
        $"{constant.Type.ToString().ToLowerInvariant()} {constant.Name}={Show(constant.Value)}")));

    private static string Show(Field field)
    {
        var type = field.Type;
        var element = type.Base == BaseType.Message
            ? type.MessageType.Replace("/msg/", "/", StringComparison.Ordinal)
            : type.Base.ToString().ToLowerInvariant() + (type.StringBound > 0 ? $"<={type.StringBound}" : "");
        var brackets = type.Multiplicity switch
        {
            Multiplicity.One => "",
            Multiplicity.Array => $"[{type.Capacity}]",
            Multiplicity.BoundedSequence => $"[<={type.Capacity}]",
            _ => "[]",
        };
        var values = field.Default is not { } given ? ""
            : type.Multiplicity == Multiplicity.One ? Show(given[0])
            : $"[{string.Join(", ", given.Select(value => Show(value)))}]";
        return $"{element}{brackets} {field.Name} {values}";
    }

    private static string Show(Value value) => value.Content switch
    {
        bool flag => flag ? "true" : "false",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        decimal number => number.ToString(CultureInfo.InvariantCulture),
        var text => JsonSerializer.Serialize((string)text),
    };

    private static string Show(JsonElement messages) => messages.ValueKind == JsonValueKind.Null
        ? "refused"
        : string.Join(" --- ", messages.EnumerateArray().Select(message => string.Join(
            "; ",
            message.GetProperty("fields").EnumerateArray()
                .Select(field => $"{field[0].GetString()} {field[1].GetString()} {Show(field[2], field[0].GetString()!)}")
                .Concat(message.GetProperty("constants").EnumerateArray()
                    .Select(constant => $"{constant[0].GetString()} {constant[1].GetString()}={Show(constant[2], constant[0].GetString()!)}")))));

    private static string Show(JsonElement value, string type) => value.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.Array => $"[{string.Join(", ", value.EnumerateArray().Select(element => Show(element, type)))}]",
        JsonValueKind.Number when type.StartsWith("float", StringComparison.Ordinal) => value.GetDouble().ToString("R", CultureInfo.InvariantCulture),
        JsonValueKind.String when type.StartsWith("float", StringComparison.Ordinal) => value.GetString() switch
        {
            "inf" => "Infinity",
            "-inf" => "-Infinity",
            _ => "NaN",
        },
        JsonValueKind.String => JsonSerializer.Serialize(value.GetString()),
        _ => value.GetRawText(),
    };

    private static JsonElement[] Load()
    {
        using var stream = typeof(RosidlValuesTests).Assembly.GetManifestResourceStream("rosidl_values.json")!;
        return [.. JsonDocument.Parse(stream).RootElement.GetProperty("rows").EnumerateArray()];
    }
}
