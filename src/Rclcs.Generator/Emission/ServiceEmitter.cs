using rclcs.Generator.Parsing;

namespace rclcs.Generator.Emission;

/// <summary>Writes the C# class of a service, which holds those of its request and response.</summary>
internal static class ServiceEmitter
{
    /// <summary>The file of a service.</summary>
    public static string Emit(ServiceDefinition service, MessageCatalogue catalogue)
    {
        var description = TypeDescription.Of(service.Whole, catalogue);
        var source = new SourceWriter();
        source.Begin(service.Whole);
        source.Summary(service.Whole.Comment, otherwise: service.Whole.TypeName);
        source.Line($"public static partial class {CSharpType.Class(service)}");
        source.Open();
        MessageEmitter.EmitDescription(source, service.Whole, description);
        source.Line();
        MessageEmitter.EmitClass(source, service.Request, catalogue);
        source.Line();
        MessageEmitter.EmitClass(source, service.Response, catalogue);
        source.Line();
        EmitInterface(source, service, description);
        source.Close();
        return source.ToString();
    }

    private static void EmitInterface(SourceWriter source, ServiceDefinition service, TypeDescription description)
    {
        var whole = service.Whole;
        var name = $"global::{CSharpType.Namespace(whole.Package, whole.Folder)}.{CSharpType.Class(service)}";
        var member = $"{Runtime.ServiceRequest}<Response>.Service";
        source.Line($"public sealed partial class Request : {Runtime.ServiceRequest}<Response>");
        source.Open();
        foreach (var constant in new[] { "TypeName", "TypeHash", "Definition" })
            source.Line($"static string {member}{constant} => {name}.{constant};");

        source.Line($"static {Runtime.Utf8} {member}TypeDescription => \"\"\"{description.Json}\"\"\"u8;");
        source.Close();
    }
}
