using System.Reflection;
using Microsoft.CodeAnalysis;
using rclcs.Generator.Parsing;
using rclcs.Serialization;

namespace rclcs.Generator.Tests.RosInterfaces;

/// <summary>A set of interface files, compiled into this process.</summary>
internal sealed class GeneratedInterfaces
{
    private readonly Assembly _assembly;
    private readonly Dictionary<Type, MessageDefinition> _definitions = [];

    private GeneratedInterfaces(Assembly assembly, IEnumerable<MsgFile> files)
    {
        _assembly = assembly;
        foreach (var file in files)
        {
            var parsed = InterfaceFile.Create(file, new MsgOptions(), default);
            if (Path.GetExtension(file.Path) == ".msg")
            {
                Add(MessageParser.Parse(parsed, default));
            }
            else
            {
                var service = ServiceParser.Parse(parsed, default);
                Add(service.Request);
                Add(service.Response);
            }
        }
    }

    /// <summary>The messages, requests and responses.</summary>
    public IEnumerable<Type> Messages => _definitions.Keys;

    /// <summary>Generates and compiles; the test fails where generator or compiler complain.</summary>
    public static GeneratedInterfaces Compile(params MsgFile[] files)
    {
        var project = Generation.Project();
        var compilation = Generation.Compile(
            // That Rclcs holds some of these messages, too, is no mistake here.
            project.WithOptions(project.Options.WithSpecificDiagnosticOptions(
                [new("CS0436", ReportDiagnostic.Suppress)])),
            files);
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        Assert.That(result.Success, string.Join('\n', result.Diagnostics));
        return new GeneratedInterfaces(Assembly.Load(image.ToArray()), files);
    }

    /// <summary>The class of a type, for example <c>std_srvs/srv/SetBool_Request</c>.</summary>
    public Type Class(string typeName)
    {
        var parts = typeName.Split('/');
        return _assembly.GetType($"{parts[0]}.{parts[1]}.{parts[2].Replace('_', '+')}", throwOnError: true)!;
    }

    /// <summary>The fields of a message's class, and what the file says of them.</summary>
    public IEnumerable<(PropertyInfo Property, FieldType Type)> FieldsOf(IMessage message) =>
        message.GetType().GetProperties().Zip(_definitions[message.GetType()].Fields, (property, field) => (property, field.Type));

    private void Add(MessageDefinition message) => _definitions.Add(Class(message.TypeName), message);
}
