using System.Text.Json;

namespace rclcs.Generator.Tests.RosInterfaces;

public sealed class InstalledInterfacesTests
{
    /// <summary>A package carries, beside its interface files, the hashes that ROS 2 computed when it was built.</summary>
    [Test]
    public void The_type_hashes_are_those_of_the_sourced_ROS_2()
    {
        var files = InterfaceSet.Installed.Files();
        var interfaces = GeneratedInterfaces.Compile(files);
        var published = files.SelectMany(PublishedHashes).Distinct().ToList();
        if (published.Count == 0)
            Assert.Ignore("The sourced ROS 2 is older than type hashes.");

        var ours = published.Select(type => (type.Name, interfaces.Class(type.Name).GetField("TypeHash")?.GetRawConstantValue()));

        Assert.That(ours, Is.EqualTo(published));
        TestContext.Out.WriteLine($"{published.Count} types compared");
    }

    /// <summary>The type and, of a service, request and response, which have classes; the hash of the event is part of the service's.</summary>
    private static IEnumerable<(string Name, object Hash)> PublishedHashes(MsgFile file)
    {
        var path = Path.ChangeExtension(file.Path, ".json");
        if (!File.Exists(path))
            return [];

        using var json = JsonDocument.Parse(File.ReadAllBytes(path));
        return [.. json.RootElement.GetProperty("type_hashes").EnumerateArray()
            .Select(type => (type.GetProperty("type_name").GetString()!, (object)type.GetProperty("hash_string").GetString()!))
            .Where(type => !type.Item1.EndsWith("_Event", StringComparison.Ordinal))];
    }
}
