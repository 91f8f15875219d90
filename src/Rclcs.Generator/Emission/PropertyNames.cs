using rclcs.Generator.Parsing;

namespace rclcs.Generator.Emission;

/// <summary>
/// Gives every member of a generated class a name of its own. Constants keep their ROS names, fields become
/// PascalCase; a name that is taken (by the class itself, a constant, another field, what every class has) gets a
/// trailing underscore.
/// </summary>
internal static class PropertyNames
{
    /// <summary>Names of members that every generated class has, its own and those of <c>object</c>.</summary>
    public static IReadOnlyList<string> Reserved { get; } =
    [
        "TypeName", "TypeHash", "Definition", "Serialize", "Deserialize",
        "Equals", "GetHashCode", "GetType", "ToString", "ReferenceEquals", "MemberwiseClone", "Finalize",
    ];

    /// <summary>C# names of constants and fields, each in the order of the message.</summary>
    public static (List<string> Constants, List<string> Fields) Assign(MessageDefinition message)
    {
        var taken = new HashSet<string>(Reserved) { CSharpType.Class(message) };
        var constants = message.Constants.Select(constant => Take(constant.Name, taken)).ToList();
        var fields = message.Fields.Select(field => Take(ToPascalCase(field.Name), taken)).ToList();
        return (constants, fields);
    }

    private static string Take(string name, HashSet<string> taken)
    {
        while (!taken.Add(name))
            name += "_";

        return name;
    }

    private static string ToPascalCase(string name) =>
        string.Concat(name.Split('_').Select(part => char.ToUpperInvariant(part[0]) + part.Substring(1)));
}
