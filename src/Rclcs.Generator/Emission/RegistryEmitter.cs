using rclcs.Generator.Parsing;

namespace rclcs.Generator.Emission;

/// <summary>
/// Writes how to find all types of a project by their names in ROS 2, which programs that are compiled ahead of time can't do by
/// reflection.
/// </summary>
internal static class RegistryEmitter
{
    /// <summary>Name of the generated file.</summary>
    public const string FileName = "rclcs.KnownTypes.g.cs";

    /// <summary>The entry of a message.</summary>
    public static string[] Entries(MessageDefinition message) => [Message(message)];

    /// <summary>The entries of a service and its parts.</summary>
    public static string[] Entries(ServiceDefinition service)
    {
        var name = Name(service.Whole.Package, service.Whole.Folder, CSharpType.Class(service));
        return
        [
            $"\"{service.Request.TypeName}\" => {Runtime.KnownType}.OfMessage<{name}.Request>(),",
            $"\"{service.Response.TypeName}\" => {Runtime.KnownType}.OfMessage<{name}.Response>(),",
            $"\"{service.Whole.TypeName}\" => {Runtime.KnownType}.OfService<{name}.Request, {name}.Response>(),",
        ];
    }

    /// <summary>The file.</summary>
    public static string Emit(IEnumerable<string> entries)
    {
        var source = new SourceWriter();
        source.Begin("the project's interface files");
        source.Line("file static class KnownTypes");
        source.Open();
        source.Line("[global::System.Runtime.CompilerServices.ModuleInitializer]");
        source.Line($"internal static void Register() => {Runtime.KnownType}.Register(Find);");
        source.Line();
        source.Line($"private static {Runtime.KnownType}? Find(string name) => name switch");
        source.Open();
        foreach (var entry in entries)
            source.Line(entry);
        source.Line("_ => null,");
        source.Close(";");
        source.Close();
        return source.ToString();
    }

    private static string Message(MessageDefinition message) =>
        $"\"{message.TypeName}\" => {Runtime.KnownType}.OfMessage<{Name(message.Package, message.Folder, CSharpType.Class(message))}>(),";

    private static string Name(string package, string folder, string type) => $"global::{CSharpType.Namespace(package, folder)}.{type}";
}
