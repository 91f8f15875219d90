using System.Text.RegularExpressions;

namespace rclcs.Generator.Parsing;

/// <summary>The names that ROS 2 allows in interface files (docs.ros.org, "Interfaces", and REP-149 for packages).</summary>
internal static class Names
{
    public const string LowerCaseRule =
        "it must be lower-case letters, digits and single underscores, start with a letter and not end with an underscore";

    public const string MessageRule = "it must be letters and digits, starting with a capital letter";

    public const string ConstantRule =
        "it must be capital letters, digits and single underscores, start with a letter and not end with an underscore";

    private static readonly Regex LowerCase = new("^[a-z][a-z0-9]*(_[a-z0-9]+)*$");
    private static readonly Regex Message = new("^[A-Z][A-Za-z0-9]*$");
    private static readonly Regex Constant = new("^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$");

    public static bool IsPackage(string name) => LowerCase.IsMatch(name);

    public static bool IsField(string name) => LowerCase.IsMatch(name);

    public static bool IsMessage(string name) => Message.IsMatch(name);

    public static bool IsConstant(string name) => Constant.IsMatch(name);
}
